import { type Change, iso, type Outcome, type PlanResult, type PlanView, type Step } from '../lib/index.ts';

/**
 * A plan as `--json` prints it. Scripts build on this shape: fields are added, never renamed or taken away.
 * Times are ISO 8601; `null` means there is none (yet).
 */
export interface PlanJson {
  readonly planned: true;
  readonly planId: string;
  readonly state: PlanView['state'];
  readonly summary: string;
  readonly recipe: string | null;
  readonly risk: PlanView['plan']['risk'];
  readonly reasons: readonly string[];
  /** SHA-256 of the whole plan: what is approved. */
  readonly hash: string;
  readonly author: PlanView['plan']['author'];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly devices: readonly DeviceJson[];
  readonly changes: readonly ChangeJson[];
  /** What cannot be undone; `change` counts from 0 in `changes`. */
  readonly lost: readonly { readonly change: number; readonly why: string }[];
  readonly approvalNeeds: PlanView['approvalNeeds'];
  readonly approval: ApprovalJson | null;
  readonly decision: { readonly by: string; readonly at: string; readonly reason: string } | null;
  /** How it ended, of the router that ended worst; `devices` has one for each. */
  readonly outcome: OutcomeJson | null;
  /** With `--calls` only. */
  readonly calls?: readonly CallJson[];
}

export interface DeviceJson {
  readonly id: string;
  readonly name: string;
  readonly environment: string;
  readonly version: string;
  readonly state: string;
  /** What undoes the change on the router itself when we are cut off. */
  readonly guard: string;
  readonly outcome: OutcomeJson | null;
}

export interface ChangeJson {
  readonly device: string;
  readonly verb: Change['verb'];
  readonly capability: string;
  readonly menu: string;
  readonly row: string;
  readonly label: string;
  /** Fields under their RouterOS names; secret ones read `(secret)`. */
  readonly before: Readonly<Record<string, string>> | null;
  readonly after: Readonly<Record<string, string>> | null;
  readonly place: Change['place'] | null;
  readonly secret: readonly string[];
}

export interface OutcomeJson extends Omit<Outcome, 'at' | 'code' | 'hint' | 'routerText' | 'left'> {
  readonly code: string | null;
  readonly hint: string | null;
  /** The router's own words, cleaned: data. */
  readonly routerText: string | null;
  readonly left: readonly Omit<ChangeJson, 'device'>[];
  readonly at: string;
}

interface ApprovalJson {
  readonly by: string;
  readonly kind: string;
  readonly rule: string | null;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly consumedAt: string | null;
}

interface CallJson {
  readonly device: string;
  /** Counts from 0 in `changes`. */
  readonly change: number;
  readonly phase: 'apply' | 'undo';
  readonly call: Step['call'];
}

/** The `data` of every verb that answers a plan. */
export const planResultJson = (result: PlanResult, options: { readonly calls: boolean }): PlanJson | { readonly planned: false } =>
  result.planned && result.view ? planJson(result.view, options) : { planned: false };

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
      const { deviceId: id, deviceName: name, environment, version, guard } = target;
      return {
        id,
        name,
        environment,
        version,
        state: now?.state ?? state,
        guard: guard.kind === 'none' ? 'none' : 'armed',
        outcome: outcomeJson(now?.outcome),
      };
    }),
    changes: plan.targets.flatMap((target) => target.changes.map((change) => ({ device: target.deviceName, ...changeJson(change) }))),
    lost: plan.targets.flatMap((target, at) => target.lost.map(({ change, why }) => ({ change: change + changesBefore(view, at), why }))),
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
  return { verb, capability, menu, row, label, before: masked(before, secret), after: masked(after, secret), place: place ?? null, secret };
}

function outcomeJson(outcome: Outcome | undefined): OutcomeJson | null {
  if (!outcome) return null;
  const { state, summary, code, hint, routerText, checks, left, drift, at } = outcome;
  return {
    state,
    summary,
    code: code ?? null,
    hint: hint ?? null,
    routerText: routerText ?? null,
    checks,
    left: left.map(changeJson),
    drift,
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
