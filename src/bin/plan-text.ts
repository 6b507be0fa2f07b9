import { cleanText, iso, oneLine, type PlanView } from '../lib/index.ts';
import type { Io, Style } from './io.ts';
import { alike, namesOf } from './plan-alike.ts';
import { diffText, whole } from './plan-diff-text.ts';
import { endsText } from './plan-end-text.ts';
import { callsOf } from './plan-json.ts';
import { mannerRows } from './plan-manner-text.ts';
import { sheet } from './text-table.ts';

const RISK: Readonly<Record<PlanView['plan']['risk'], Style>> = { low: 'green', medium: 'yellow', high: 'red' };

/** A plan for the person who decides about it: from the same frozen data that will be sent. */
export function planText(io: Io, view: PlanView, options: { readonly calls: boolean }): string {
  const parts = [
    header(io, view),
    diffText(io, view),
    lost(io, view),
    options.calls ? calls(io, view) : '',
    endsText(io, view),
    next(io, view),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function header(io: Io, view: PlanView): string {
  const { plan, state, approval, decision } = view;
  const kinds = alike(plan.targets, ({ environment, version }) => `${environment}, RouterOS ${version}`);
  const rows: (readonly [string, string])[] = [
    ['plan', plan.id],
    ['summary', plan.summary],
    ['state', state],
    ['routers', kinds.map((group) => `${namesOf(group)} (${group[0].environment}, RouterOS ${group[0].version})`).join('; ')],
    ['author', plan.author.onBehalfOf ? `${plan.author.id} for ${plan.author.onBehalfOf}` : plan.author.id],
    ['made', `${iso(plan.createdAt)}, expires ${iso(plan.expiresAt)}`],
    ...mannerRows(plan),
    ['hash', plan.hash],
  ];
  if (approval)
    rows.push(['approved', `by ${approval.rule ?? approval.by} at ${iso(approval.issuedAt)}, until ${iso(approval.expiresAt)}`]);
  if (decision) rows.push(['rejected', `by ${decision.by} at ${iso(decision.at)}: ${decision.reason}`]);
  const risk = io.paint(RISK[plan.risk], plan.risk);
  const why = plan.reasons.map((reason) => `  ${oneLine(reason)}`);
  return [sheet(io, rows), `${io.paint('dim', 'risk')}${io.plain ? '\t' : '      '}${risk}`, ...why].join('\n');
}

function lost(io: Io, { plan }: PlanView): string {
  const several = plan.targets.length > 1;
  const said = plan.targets.flatMap(({ deviceName, changes, lost: gone }) =>
    gone.map(({ change, why }) => ({
      deviceName,
      text: `${changes[change]?.menu ?? ''} ${whole(changes[change]?.label ?? '')}: ${oneLine(why)}`,
    })),
  );
  const lines = alike(said, ({ text }) => text).map((group) => `  ${several ? `${whole(namesOf(group))}: ` : ''}${group[0].text}`);
  return lines.length === 0 ? '' : [io.paint('bold', 'Cannot be undone'), ...lines].join('\n');
}

function calls(io: Io, view: PlanView): string {
  const all = callsOf(view);
  const lines = (phase: 'apply' | 'undo'): readonly string[] =>
    all.filter((one) => one.phase === phase).map(({ device, call }) => `  ${device}  ${cleanText(JSON.stringify(call))}`);
  return [io.paint('bold', 'Requests, in order'), ...lines('apply'), io.paint('bold', 'If it fails'), ...lines('undo')].join('\n');
}

/** What a person can do with it now. */
function next(io: Io, view: PlanView): string {
  const { plan, state, approvalNeeds, runs } = view;
  const say = (text: string): string => `${io.paint('bold', 'Next')} ${text}`;
  const { typedName, because } = approvalNeeds;
  const why = because.length === 0 ? '' : ` (${because.join(', ')})`;
  switch (state) {
    case 'review':
      return say(`routeros-mcp plan approve ${plan.id}${typedName === null ? '' : `, and type ${typedName}`}${why}`);
    case 'approved':
      return say(`routeros-mcp plan apply ${plan.id}`);
    case 'executing':
    case 'rolling-back':
      return say(`routeros-mcp job show ${runs.at(-1)?.id ?? 'ID'}, or call it off: routeros-mcp plan cancel ${plan.id}`);
    case 'paused':
      return say(`go on: routeros-mcp plan resume ${plan.id}, or call it off: routeros-mcp plan cancel ${plan.id}`);
    case 'completed':
    case 'partial':
      return say(`to undo it: routeros-mcp plan rollback ${plan.id}`);
    case 'stale':
    case 'expired':
      return say('make the plan again');
    case 'stuck':
      return stuckText(view, say);
    default:
      return '';
  }
}

/** The way out, for each router that nobody has closed yet. */
function stuckText({ plan, targets }: PlanView, say: (text: string) => string): string {
  const open = targets.filter(({ state, outcome }) => state === 'stuck' && outcome?.resolved === undefined);
  const lines = open.map(({ deviceId }) => {
    const name = plan.targets.find((target) => target.deviceId === deviceId)?.deviceName;
    const which = plan.targets.length > 1 && name !== undefined ? ` --device ${whole(name)}` : '';
    return `  routeros-mcp plan resolve ${plan.id} --as pre|post|accept --reason "what you saw"${which}`;
  });
  return lines.length === 0 ? '' : [say('a person looks at the router, then says how it stands:'), ...lines].join('\n');
}
