import type { Catalog } from '../capability/lookup.ts';
import type { Config } from '../config/schema.ts';
import { ConfigError, DeniedError, InputError } from '../core/errors.ts';
import type { Allowance, Device } from '../device/device.ts';
import { BUILT_IN, FLOORS } from '../plan/policy/table.ts';
import { type Policy, verdictOf } from '../plan/policy/verdict.ts';
import { type Fence, fenced } from '../plan/policy.ts';
import type { Plan, Risk } from '../plan/types.ts';
import { recipes } from '../recipe/index.ts';
import type { Context } from './context.ts';

/** What of a device and of this instance decides who may write. */
export const fenceOf = (context: Context, device: Device): Fence => ({
  environment: device.environment,
  allow: device.allow,
  environments: context.config.environments,
});

/** The policy of this instance. */
export const policyOf = ({ config, catalog }: Pick<Context, 'config' | 'catalog'>): Policy => ({
  ...config.policy,
  topicOf: (capability) => catalog.capability(capability).topic,
});

/** @throws DeniedError with every reason at once */
export function requireAllowed(context: Context, device: Device, risk: Risk, asks: readonly Allowance[]): void {
  const reasons = fenced(fenceOf(context, device), risk, asks);
  if (reasons.length === 0) return;
  throw new DeniedError(`Refused: ${reasons.join('; ')}.`, {
    hint: 'A person decides this when adding the device (--environment, --allow).',
    details: { risk, environment: device.environment, reasons },
  });
}

/**
 * What the policy forbids is neither planned, nor approved, nor applied: asked each time, for it may have changed.
 * @throws DeniedError with every reason at once
 */
export function requirePolicy(context: Context, plan: Pick<Plan, 'risk' | 'targets' | 'recipe'>): void {
  const { refused } = verdictOf(plan, policyOf(context));
  if (refused.length === 0) return;
  throw new DeniedError(`Policy refuses this plan: ${refused.join('; ')}.`, {
    hint: 'Plan a smaller change, or ask whoever keeps the policy: routeros-mcp config show.',
    details: { risk: plan.risk, environment: [...new Set(plan.targets.map((one) => one.environment))].join(', '), reasons: refused },
  });
}

/**
 * Rules that could never match, or that have the name of a built-in one, are mistakes: a refusal with a mistyped topic refuses nothing.
 * @throws ConfigError naming the rule
 */
export function requireSoundRules({ rules }: Config['policy'], catalog: Catalog): void {
  const topics = new Set(catalog.capabilities.map(({ topic }): string => topic));
  const known = new Set(recipes.map(({ id }) => id));
  const taken = new Set([...BUILT_IN, ...FLOORS].map(({ name }) => name));
  for (const { name, when } of rules) {
    const wrong = (what: string, hint: string): ConfigError =>
      new ConfigError(`policy.rules: rule ${name} ${what}.`, { hint, details: { key: 'policy.rules', rule: name } });
    if (taken.has(name)) throw wrong('has the name of a built-in rule', 'Give it another name.');
    if ([...(when.topics ?? []), ...(when.onlyTopics ?? [])].some((topic) => !topics.has(topic)))
      throw wrong('names a topic that is not in the catalog', `Topics are: ${[...topics].sort().join(', ')}.`);
    if ((when.recipe ?? []).some((recipe) => !known.has(recipe)))
      throw wrong('names a recipe that there is not', `Recipes are: ${[...known].sort().join(', ')}.`);
  }
}

export const nothingAsked = (): InputError => new InputError('Nothing was asked for.', { hint: 'Name at least one change.' });
