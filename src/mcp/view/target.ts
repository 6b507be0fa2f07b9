import { type Change, type Drift, iso, type Outcome, type PlanView, type Target } from '../../lib/index.ts';
import { quoted } from '../table.ts';
import { shortened } from './rows.ts';

type Data = Readonly<Record<string, unknown>>;

/** Members of a list that is not what was asked for. */
const MOST_LISTED = 8;
const MOST_DRIFT = 3;
const MOST_NOTES = 5;

/** Where one router of a plan stands: what undoes the change there, whether it can be reached afterwards, how it ended. */
export function targetData(view: PlanView, target: Target): Data {
  const stand = view.targets.find(({ deviceId }) => deviceId === target.deviceId);
  const wave = view.plan.rollout?.waves.findIndex((ids) => ids.includes(target.deviceId)) ?? -1;
  return {
    device: target.deviceName,
    environment: target.environment,
    version: target.version,
    state: stand?.state ?? view.state,
    ...(wave >= 0 && { wave: wave + 1 }),
    guard: guardData(target.guard),
    ...(target.reach.length > 0 && { reach: target.reach.map(reachData) }),
    ...(target.checks.length > 0 && { checks: target.checks.slice(0, MOST_LISTED).map((check) => shortened(check, 200)) }),
    ...(stand?.outcome && { outcome: outcomeData(stand.outcome) }),
  };
}

/** Without its token: that names the objects on the router, and is of no use to a reader. */
function guardData(guard: Target['guard']): Data {
  if (guard.kind === 'none') return { kind: 'none', why: guard.why };
  const { kind, triggers, seconds, warnings } = guard;
  return { kind, triggers, seconds, ...(warnings.length > 0 && { warnings }) };
}

const reachData = ({ transport, verdict, why, rule }: Target['reach'][number]): Data => ({
  transport,
  verdict,
  why,
  ...(rule !== undefined && { rule: shortened(rule, 200) }),
});

/** How it ended on one router; the router's own words stay a field of their own. */
const outcomeData = (outcome: Outcome): Data => ({
  summary: outcome.summary,
  ...(outcome.code !== undefined && { code: outcome.code }),
  ...(outcome.hint !== undefined && { hint: outcome.hint }),
  ...(outcome.routerText !== undefined && { router_text: shortened(outcome.routerText, 300) }),
  checks: outcome.checks.map(({ check, verdict, why }) => ({
    check: shortened(check, 200),
    verdict,
    ...(why !== undefined && { why: shortened(why, 200) }),
  })),
  ...(outcome.left.length > 0 && { left_total: outcome.left.length, left: outcome.left.slice(0, MOST_LISTED).map(leftRow) }),
  ...(outcome.drift.length > 0 && { drift_total: outcome.drift.length, drift: outcome.drift.slice(0, MOST_DRIFT).map(driftRow) }),
  ...(outcome.history && {
    history: outcome.history.slice(0, MOST_NOTES).map(({ by, action, time }) => ({
      by: shortened(by, 80),
      action: shortened(action, 120),
      time: shortened(time, 40),
    })),
  }),
  ...(outcome.resolved && {
    resolved: { by: outcome.resolved.by, at: iso(outcome.resolved.at), reason: shortened(outcome.resolved.reason, 200) },
  }),
  at: iso(outcome.at),
});

/** A change that is still on the router although it was to be undone. */
const leftRow = ({ verb, menu, row, label }: Change): Data => ({ verb, menu, row, label: shortened(label, 80) });

/** What was planned from, what is there now, what the plan wants: the fields that tell them apart. */
function driftRow({ capability, row, planned, now, wanted }: Drift): Data {
  const names = driftNames({ planned, now, wanted: wanted ?? null });
  const only = (content: Drift['now']): Data | null =>
    content && Object.fromEntries(names.flatMap((name) => (content[name] === undefined ? [] : [[name, shortened(content[name], 120)]])));
  return { capability, row, planned: only(planned), now: only(now), ...(wanted !== undefined && { wanted: only(wanted) }) };
}

function driftNames({ planned, now, wanted }: Required<Pick<Drift, 'planned' | 'now' | 'wanted'>>): readonly string[] {
  const names = [...new Set([planned, now, wanted].flatMap((content) => Object.keys(content ?? {})))];
  const wantsOther = (name: string): boolean => wanted?.[name] !== undefined && wanted[name] !== now?.[name];
  return names.filter((name) => planned?.[name] !== now?.[name] || wantsOther(name));
}

/** The same for the text block: a line for each field, every value quoted. */
export function driftLines({ plan, targets }: PlanView): readonly string[] {
  const lines = targets.flatMap(({ deviceId, outcome }) => {
    const device = plan.targets.find((target) => target.deviceId === deviceId)?.deviceName ?? '';
    return (outcome?.drift ?? []).flatMap((drift) => fieldLines(device, drift));
  });
  return lines.slice(0, MOST_LISTED);
}

function fieldLines(device: string, { capability, row, planned, now, wanted = null }: Drift): readonly string[] {
  const shown = (content: Drift['now'], name: string): string => {
    if (content === null) return '(no such row)';
    return content[name] === undefined ? '(not set)' : quoted(String(shortened(content[name], 120)));
  };
  return driftNames({ planned, now, wanted }).map((name) => {
    const wish = wanted?.[name] === undefined ? '' : `, wanted ${shown(wanted, name)}`;
    return `! ${device} ${capability}${row === '' ? '' : ` ${row}`} ${name}: planned from ${shown(planned, name)}, now ${shown(now, name)}${wish}`;
  });
}
