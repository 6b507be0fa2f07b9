import type { Actor } from '../core/actor.ts';
import { isMachine, personBehind, samePerson } from '../core/actor.ts';
import type { Allowance, Environment } from '../device/device.ts';
import { type Policy, verdictOf } from './policy/verdict.ts';
import type { Plan, Risk } from './types.ts';

export { RULE_ADVANCED } from './policy/table.ts';

/** How long a person's yes holds, in milliseconds. */
export const APPROVAL_LIFE = 15 * 60_000;
/** How long a plan may wait for one, in milliseconds. */
export const PLAN_LIFE = 24 * 60 * 60_000;
/** Forward writes stop this long (ms) after an apply began. */
export const EXECUTE_WITHIN = 60 * 60_000;

/** What of a router decides who may write to it. */
export interface Fence {
  readonly environment: Environment;
  readonly allow: readonly Allowance[];
  /** Environments this instance may touch. */
  readonly environments: readonly Environment[];
}

/** Allowances a change of this risk needs on the device, besides those its capabilities ask for. */
const neededFor = (risk: Risk): Allowance => (risk === 'high' ? 'professional-workflows' : 'advanced-writes');

/** Why these writes may not be planned or applied on this device; empty when they may. What policy says of the plan comes on top. */
export function fenced(fence: Fence, risk: Risk, asked: readonly Allowance[]): readonly string[] {
  const reasons: string[] = [];
  if (!fence.environments.includes(fence.environment)) reasons.push(`this instance does not touch ${fence.environment} routers`);
  for (const allowance of new Set([neededFor(risk), ...asked])) {
    const covered = allowance === 'advanced-writes' && fence.allow.includes('professional-workflows');
    if (!fence.allow.includes(allowance) && !covered) reasons.push(`the device does not allow ${allowance}`);
  }
  return reasons;
}

/** Does a named rule approve this plan by itself? Pure: evaluated when it is approved and again when it is applied. */
export function ruleFor(plan: Pick<Plan, 'risk' | 'targets' | 'recipe'>, fence: Fence, policy: Policy): string | undefined {
  if (!fence.allow.includes('advanced-writes')) return undefined;
  // The device's own environment counts, as it is today.
  const targets = plan.targets.map((target) => ({ ...target, environment: fence.environment }));
  return verdictOf({ ...plan, targets }, policy).atOnce;
}

/** What approving asks of a person. */
export interface ApprovalAsks {
  /** A name to be typed exactly, or null where a yes is enough: the router's, or `12 routers`. */
  readonly typedName: string | null;
  readonly terminal: boolean;
  readonly approverKey?: true;
  readonly because: readonly string[];
}

/** What approving this plan asks of a person, and why. */
export function approvalNeeds(plan: Pick<Plan, 'risk' | 'targets' | 'recipe'>, policy: Policy): ApprovalAsks {
  const { needs, rules } = verdictOf(plan, policy);
  const { targets, risk } = plan;
  const high = risk === 'high';
  const because: string[] = [];
  if (targets.some((target) => target.environment === 'prod')) because.push('it changes a prod router');
  if (high) because.push('its risk is high');
  if (targets.some((target) => target.reach.some(({ verdict }) => verdict === 'no'))) because.push('it may cut us off from the router');
  if (high && targets.some((target) => target.guard.kind === 'none')) because.push('the router will not undo it by itself');
  if (targets.some((target) => target.lost.length > 0)) because.push('part of it cannot be undone');
  if (needs.twoPersons) because.push('another person than the one who asked must approve');
  if (needs.approverKey) because.push('an approver key must sign');
  for (const rule of rules) because.push(`rule ${rule} of the configuration`);
  return {
    typedName: needs.typedName ? nameToType(targets) : null,
    terminal: needs.terminal,
    ...(needs.approverKey && { approverKey: true }),
    because,
  };
}

/** Many names are not read by whoever types them; their number is. */
const nameToType = (targets: Plan['targets']): string => {
  const [only] = targets;
  return only && targets.length === 1 ? only.deviceName : `${targets.length} routers`;
};

/** Why this actor may not approve this plan; empty when it may. */
export function approverProblems(plan: Plan, actor: Actor, policy: Policy, typedName: string | undefined): readonly string[] {
  const { refused, needs } = verdictOf(plan, policy);
  const expected = approvalNeeds(plan, policy).typedName;
  const problems: string[] = [...refused];
  if (isMachine(actor)) problems.push('only a person approves, never a program');
  if (!actor.roles.includes('approver')) problems.push('the role approver is missing');
  if (needs.twoPersons && samePerson(personBehind(actor), personBehind(plan.author)))
    problems.push('another person than the one who asked must approve');
  if (needs.terminal && !actor.terminal) problems.push('this approval needs a person at a terminal');
  if (expected !== null && typedName !== expected)
    problems.push(plan.targets.length === 1 ? 'the name of the device was not typed exactly' : `${expected} was not typed exactly`);
  return problems;
}
