import type { Capability, ChangeContext, Risk } from '../capability/define.ts';
import { fingerprint } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import type { Allowance, Device } from '../device/device.ts';
import { baseOf, type Critical } from './base.ts';
import { compile, inverse } from './inverse.ts';
import type { Menu } from './menu.ts';
import { requireAlone, wayBack } from './one-way.ts';
import type { Draft } from './planner.ts';
import { EXECUTE_WITHIN, PLAN_LIFE } from './policy.ts';
import { menuAfter, sketchOf } from './sketch.ts';
import type { Change, Guard, Plan, Target } from './types.ts';

const ORDER: readonly Risk[] = ['low', 'medium', 'high'];
/** The graver of two. */
export const worse = (a: Risk, b: Risk): Risk => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

export interface Judgement {
  readonly risk: Risk;
  readonly reasons: readonly string[];
  /** Allowances the touched capabilities ask of the device. */
  readonly asks: readonly Allowance[];
}

/**
 * Risk from what is touched, never from past success.
 * @param undoes the draft brings back what was there: that a new plan may not ask for it is said, and does not keep it away
 * @throws InputError when a capability refuses a change outright
 */
export function judge(menus: ReadonlyMap<string, Menu>, draft: Draft, context: Omit<ChangeContext, 'rows'>, undoes = false): Judgement {
  requireAlone(menus, draft.changes, undoes);
  let risk: Risk = draft.lost.length > 0 ? 'medium' : 'low';
  const reasons: string[] = draft.lost.length > 0 ? ['part of it cannot be undone'] : [];
  const asks = new Set<Allowance>();
  const now = new Map(menus);
  for (const change of draft.changes) {
    const menu = now.get(change.capability);
    if (!menu) continue;
    now.set(change.capability, menuAfter(menu, change));
    const { capability } = menu;
    const sketch = sketchOf(menu, change);
    const full = { ...context, rows: menu.rows.map((row) => row.item) };
    const consent = capability.consent?.(sketch);
    const accepted = consent !== undefined && (undoes || context.accepts?.includes(consent.to) === true);
    const refusal = capability.refuse?.(sketch, full) ?? (accepted ? undefined : consent?.why);
    if (accepted) reasons.push(`${change.verb} ${capability.id}: ${consent.why}`);
    if (refusal !== undefined && !undoes)
      throw new InputError(`${change.verb} ${capability.id} was refused: ${refusal}.`, { details: { capability: capability.id } });
    if (refusal !== undefined) reasons.push(`${change.verb} ${capability.id} brings back what a new plan may not ask for: ${refusal}`);
    // Nobody who approves it can see what it is.
    if (change.sealed) reasons.push(`${change.verb} ${capability.id} sets a secret`);
    const least = refusal === undefined && !change.sealed ? 'low' : 'medium';
    const program = runsProgram(change);
    if (program !== undefined) reasons.push(`${change.verb} ${capability.id} gives the router a program to run (${program})`);
    const own = accepted || program !== undefined ? 'high' : worse(capability.risk?.(sketch, full) ?? 'high', least);
    if (own !== 'low') reasons.push(`${change.verb} ${capability.id} is ${own} risk`);
    if (capability.fence) asks.add(capability.fence);
    risk = worse(risk, own);
  }
  return { risk, reasons: [...new Set(reasons)], asks: [...asks] };
}

/** Fields that hold a script: whoever writes one can do anything that the router can. */
const PROGRAMS = /(?:^|-)script$|^on-[a-z-]+$/;
const runsProgram = ({ after }: Change): string | undefined =>
  Object.entries(after ?? {}).find(([wire, value]) => value !== '' && PROGRAMS.test(wire))?.[0];

/** Of several routers: the gravest, and every reason once. Many at a time is more than one at a time. */
export function riskOf(judgements: readonly Judgement[]): Pick<Judgement, 'risk' | 'reasons'> {
  const risk = judgements.reduce<Risk>((sum, one) => worse(sum, one.risk), judgements.length > 1 ? 'medium' : 'low');
  const many = judgements.length > 1 ? [`it changes ${judgements.length} routers`] : [];
  return { risk, reasons: [...new Set([...many, ...judgements.flatMap(({ reasons }) => reasons)])] };
}

const NO_GUARD: Guard = Object.freeze({ kind: 'none', why: 'it was not probed' });

/** What a target carries besides its changes; all of it was found out on the router. */
export type Prospect = Partial<Pick<Target, 'guard' | 'reach' | 'checks'>> & {
  /** Rows that our way to the router hangs on: watched, not touched. */
  readonly critical?: readonly Critical[];
};

export function targetOf(device: Device, menus: ReadonlyMap<string, Menu>, draft: Draft, prospect: Prospect = {}): Target {
  const capabilityOf = (change: Change): Capability | undefined => menus.get(change.capability)?.capability;
  const calls = (change: Change, of: Change) => {
    const capability = capabilityOf(change);
    return capability ? compile(capability, of) : [];
  };
  return {
    deviceId: device.id,
    deviceName: device.name,
    environment: device.environment,
    hardwareId: device.facts.hardwareId,
    version: device.facts.version,
    base: baseOf(menus, draft.changes, prospect.critical),
    changes: draft.changes,
    steps: draft.changes.flatMap((change, index) => calls(change, change).map((call) => ({ change: index, call }))),
    undo: draft.changes.map((change) => calls(change, inverse(wayBack(capabilityOf(change), change)))),
    lost: draft.lost,
    guard: prospect.guard ?? NO_GUARD,
    reach: prospect.reach ?? [],
    checks: prospect.checks ?? [],
  };
}

export type PlanParts = Pick<Plan, 'id' | 'author' | 'summary' | 'risk' | 'reasons' | 'targets' | 'createdAt'> & {
  readonly recipe?: string;
} & Partial<Pick<Plan, 'checks' | 'soakSeconds' | 'rollout'>>;

/** The immutable document and its name. A different plan is a new plan. */
export function sealPlan(parts: PlanParts): Plan {
  const menus = [...new Set(parts.targets.flatMap((target) => target.changes.map((change) => change.menu)))].sort();
  const body = {
    format: 1 as const,
    checks: [],
    soakSeconds: 0,
    ...parts,
    blastRadius: { devices: parts.targets.length, changes: parts.targets.reduce((sum, target) => sum + target.changes.length, 0), menus },
    expiresAt: parts.createdAt + PLAN_LIFE,
    executeWithin: EXECUTE_WITHIN,
  };
  return deepFreeze({ ...body, hash: fingerprint(body) });
}

/** Does the document still carry its own name? */
export function isIntact(plan: Plan): boolean {
  const { hash, ...body } = plan;
  return fingerprint(body) === hash;
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
