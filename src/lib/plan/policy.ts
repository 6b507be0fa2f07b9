import type { Actor } from '../core/actor.ts';
import { personBehind } from '../core/actor.ts';
import type { Allowance, Environment } from '../device/device.ts';
import type { Plan, Risk } from './types.ts';

/** The settings of the policy table; the defaults are the safe ones. */
export interface PolicySettings {
  /** Low-risk plans for one lab or staging router that allows advanced writes run at once, approved by that rule. */
  readonly advancedWritesAtOnce: boolean;
  /** The approver must be another person than the one behind the author. */
  readonly twoPersons: boolean;
}

/** How long a person's yes holds, in milliseconds. */
export const APPROVAL_LIFE = 15 * 60_000;
/** How long a plan may wait for one, in milliseconds. */
export const PLAN_LIFE = 24 * 60 * 60_000;
/** Forward writes stop this long (ms) after an apply began. */
export const EXECUTE_WITHIN = 60 * 60_000;

export const RULE_ADVANCED = 'advanced-writes-at-once';

/** What of a router decides who may write to it. */
export interface Fence {
  readonly environment: Environment;
  readonly allow: readonly Allowance[];
  /** Environments this instance may touch. */
  readonly environments: readonly Environment[];
}

/** Allowances a change of this risk needs on the device, besides those its capabilities ask for. */
const neededFor = (risk: Risk): Allowance => (risk === 'high' ? 'professional-workflows' : 'advanced-writes');

/** Why these writes may not be planned or applied here; empty when they may. */
export function fenced(fence: Fence, risk: Risk, asked: readonly Allowance[]): readonly string[] {
  const reasons: string[] = [];
  if (!fence.environments.includes(fence.environment)) reasons.push(`this instance does not touch ${fence.environment} routers`);
  for (const allowance of new Set([neededFor(risk), ...asked])) {
    const covered = allowance === 'advanced-writes' && fence.allow.includes('professional-workflows');
    if (!fence.allow.includes(allowance) && !covered) reasons.push(`the device does not allow ${allowance}`);
  }
  // Until undo can be armed on the router itself, nobody is locked out of production by us.
  if (risk === 'high' && fence.environment === 'prod')
    reasons.push('a high-risk change to a prod router needs the guard on the router, which is not built yet');
  return reasons;
}

/** Does a named rule approve this plan by itself? Pure: evaluated when it is approved and again when it is applied. */
export function ruleFor(plan: Pick<Plan, 'risk' | 'targets'>, fence: Fence, settings: PolicySettings): string | undefined {
  const [target] = plan.targets;
  const small = plan.targets.length === 1 && plan.risk === 'low' && (target?.lost.length ?? 1) === 0;
  const open = fence.environment !== 'prod' && fence.allow.includes('advanced-writes');
  return settings.advancedWritesAtOnce && small && open ? RULE_ADVANCED : undefined;
}

/** What approving asks of a person. */
export function approvalNeeds(plan: Pick<Plan, 'risk' | 'targets'>): {
  readonly typedName: string | null;
  readonly terminal: boolean;
  readonly because: readonly string[];
} {
  const prod = plan.targets.some((target) => target.environment === 'prod');
  const lab = plan.targets.every((target) => target.environment === 'lab');
  const high = plan.risk === 'high';
  const because: string[] = [];
  if (prod) because.push('it changes a prod router');
  if (high) because.push('its risk is high');
  if (plan.targets.some((target) => target.lost.length > 0)) because.push('part of it cannot be undone');
  return { typedName: prod || high ? (plan.targets[0]?.deviceName ?? null) : null, terminal: !lab || high, because };
}

/** Why this actor may not approve this plan; empty when it may. */
export function approverProblems(plan: Plan, actor: Actor, settings: PolicySettings, typedName: string | undefined): readonly string[] {
  const needs = approvalNeeds(plan);
  const problems: string[] = [];
  if (actor.origin === 'stdio' || actor.origin === 'http' || actor.origin === 'system' || actor.onBehalfOf !== undefined) {
    problems.push('only a person approves, never a program');
  }
  if (!actor.roles.includes('approver')) problems.push('the role approver is missing');
  if (settings.twoPersons && personBehind(actor) === personBehind(plan.author))
    problems.push('another person than the one who asked must approve');
  if (needs.terminal && !actor.terminal) problems.push('this approval needs a person at a terminal');
  if (needs.typedName !== null && typedName !== needs.typedName) problems.push('the name of the device was not typed exactly');
  return problems;
}
