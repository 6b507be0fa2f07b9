import {
  type Change,
  type Guard,
  iso,
  type Outcome,
  type Plan,
  type PlanResult,
  type PlanView,
  type Step,
  type Unplanned,
} from '../lib/index.ts';
import type { CallJson, ChangeJson, DeviceJson, OutcomeJson, PlanJson, RolloutJson } from './plan-json-shape.ts';

/** The `data` of every verb that answers a plan. */
export const planResultJson = (
  { planned, view, unplanned }: PlanResult,
  options: { readonly calls: boolean },
): PlanJson | { readonly planned: false; readonly unplanned?: readonly Unplanned[] } =>
  planned && view
    ? { ...planJson(view, options), unplanned: unplanned ?? [] }
    : { planned: false, ...(unplanned !== undefined && { unplanned }) };

export function planJson(view: PlanView, options: { readonly calls: boolean }): PlanJson {
  const { plan, state, approval, decision, approvalNeeds } = view;
  const worst = worstTarget(view);
  return {
    planned: true,
    planId: plan.id,
    state,
    summary: plan.summary,
    recipe: plan.recipe ?? null,
    risk: plan.risk,
    reasons: plan.reasons,
    hash: plan.hash,
    author: plan.author,
    createdAt: iso(plan.createdAt),
    expiresAt: iso(plan.expiresAt),
    devices: plan.targets.map((target) => {
      const now = view.targets.find(({ deviceId }) => deviceId === target.deviceId);
      const { deviceId: id, deviceName: name, environment, version, guard, reach, checks } = target;
      return {
        id,
        name,
        environment,
        version,
        state: now?.state ?? state,
        guard: guard.kind === 'none' ? 'none' : 'armed',
        guardInfo: guardJson(guard),
        reach: reach.map(({ transport, verdict, why, rule }) => ({ transport, verdict, why, rule: rule ?? null })),
        checks,
        outcome: outcomeJson(now?.outcome),
      };
    }),
    changes: plan.targets.flatMap((target) => target.changes.map((change) => ({ device: target.deviceName, ...changeJson(change) }))),
    lost: plan.targets.flatMap((target, at) => target.lost.map(({ change, why }) => ({ change: change + changesBefore(view, at), why }))),
    checks: plan.checks,
    soakSeconds: plan.soakSeconds,
    rollout: rolloutJson(plan),
    approvalNeeds,
    approval: approval
      ? {
          by: approval.by,
          kind: approval.kind,
          rule: approval.rule ?? null,
          issuedAt: iso(approval.issuedAt),
          expiresAt: iso(approval.expiresAt),
          consumedAt: approval.consumedAt === undefined ? null : iso(approval.consumedAt),
        }
      : null,
    decision: decision ? { by: decision.by, at: iso(decision.at), reason: decision.reason } : null,
    outcome: outcomeJson(worst?.outcome),
    ...(options.calls ? { calls: callsOf(view) } : {}),
  };
}

const guardJson = (guard: Guard): DeviceJson['guardInfo'] =>
  guard.kind === 'none'
    ? { triggers: [], seconds: null, warnings: [], why: guard.why }
    : { triggers: guard.triggers, seconds: guard.seconds, warnings: guard.warnings, why: null };

function rolloutJson({ targets, rollout }: Plan): RolloutJson | null {
  if (!rollout) return null;
  const names = new Map(targets.map(({ deviceId, deviceName }) => [deviceId, deviceName]));
  return { ...rollout, waves: rollout.waves.map((wave) => wave.map((id) => names.get(id) ?? id)) };
}

/** A plan in a list: enough to choose one; `plan show` has the rest under the same names. */
export const lineJson = ({ plan, state }: PlanView): Readonly<Record<string, unknown>> => ({
  planId: plan.id,
  state,
  summary: plan.summary,
  risk: plan.risk,
  devices: plan.targets.map(({ deviceName }) => deviceName),
  author: plan.author,
  createdAt: iso(plan.createdAt),
  expiresAt: iso(plan.expiresAt),
});

const changesBefore = ({ plan }: PlanView, at: number): number =>
  plan.targets.slice(0, at).reduce((sum, { changes }) => sum + changes.length, 0);

/** The target whose end decides what the whole command reports. */
export function worstTarget(view: PlanView): PlanView['targets'][number] | undefined {
  const order = ['stuck', 'failed', 'rolled-back', 'stale'];
  const rank = ({ state }: PlanView['targets'][number]): number => (order.includes(state) ? order.indexOf(state) : order.length);
  return [...view.targets].sort((a, b) => rank(a) - rank(b))[0];
}

/** Whatever a plan holds of a secret stays out of what is printed. */
const masked = (values: Readonly<Record<string, string>> | null, secret: readonly string[]): Readonly<Record<string, string>> | null =>
  values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, secret.includes(name) ? '(secret)' : value]));

export function changeJson(change: Change): Omit<ChangeJson, 'device'> {
  const { verb, capability, menu, row, label, before, after, place, secret } = change;
  // A plan has no word of a secret that is set; that it is set is part of the difference.
  const set = after && Object.fromEntries(secret.map((name) => [name, '(secret)']));
  const now = after && { ...masked(after, secret), ...set };
  return { verb, capability, menu, row, label, before: masked(before, secret), after: now, place: place ?? null, secret };
}

function outcomeJson(outcome: Outcome | undefined): OutcomeJson | null {
  if (!outcome) return null;
  const { state, summary, code, hint, routerText, checks, left, drift, history = [], resolved, at } = outcome;
  return {
    state,
    summary,
    code: code ?? null,
    hint: hint ?? null,
    routerText: routerText ?? null,
    checks,
    left: left.map(changeJson),
    drift,
    history,
    resolved: resolved ? { ...resolved, at: iso(resolved.at) } : null,
    at: iso(at),
  };
}

/** The exact requests in the order in which they go out, and those that would undo them. */
export function callsOf({ plan }: PlanView): readonly CallJson[] {
  let first = 0;
  return plan.targets.flatMap((target): readonly CallJson[] => {
    const offset = first;
    first += target.changes.length;
    const of = (phase: CallJson['phase'], at: number, call: Step['call']): CallJson => {
      const secret = target.changes[at]?.secret ?? [];
      const shown = 'values' in call ? { ...call, values: masked(call.values, secret) ?? {} } : call;
      return { device: target.deviceName, change: at + offset, phase, call: shown };
    };
    const apply = target.steps.map(({ change, call }) => of('apply', change, call));
    const undo = target.undo.map((calls, change) => calls.map((call) => of('undo', change, call)));
    return [...apply, ...undo.reverse().flat()];
  });
}
