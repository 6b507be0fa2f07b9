import type { Plan } from '../types.ts';
import { matches, type Question, questionOf, type Rule } from './rule.ts';
import { BUILT_IN, FLOORS, type PolicySettings, tableOf } from './table.ts';

/** The settings, and what they need to know of the catalog. */
export interface Policy extends PolicySettings {
  /** The topic of a capability, by its id. */
  topicOf(capability: string): string;
}

export interface Needs {
  readonly terminal: boolean;
  readonly typedName: boolean;
  readonly twoPersons: boolean;
  readonly approverKey: boolean;
}

/** What policy says of a plan. */
export interface Verdict {
  /** Why it may be neither made, approved nor applied; empty when it may. */
  readonly refused: readonly string[];
  /** The rule that approves it by itself where changes run at once. */
  readonly atOnce?: string;
  /** What a person's approval needs. */
  readonly needs: Needs;
  /** Rules of the configuration that had a say, by name. */
  readonly rules: readonly string[];
}

/** The strictest over all routers of the plan. Pure: asked when it is made, approved and applied. */
export function verdictOf(plan: Pick<Plan, 'risk' | 'targets' | 'recipe'>, policy: Policy): Verdict {
  const verdicts = plan.targets.map((target) => judge(questionOf(plan, target, policy.topicOf), policy));
  const [only] = verdicts;
  return {
    refused: [...new Set(verdicts.flatMap(({ refused }) => refused))],
    ...(verdicts.length === 1 && only?.atOnce !== undefined && { atOnce: only.atOnce }),
    needs: strictest(verdicts.map(({ needs }) => needs)),
    rules: [...new Set(verdicts.flatMap(({ rules }) => rules))],
  };
}

/** One router: the first rule decides, the floors are added. */
function judge(asked: Question, policy: Policy): Verdict {
  const fitting = tableOf(policy).filter((rule) => matches(rule, asked));
  const [first] = fitting;
  const asking = fitting.find(isForPersons);
  const floors = FLOORS.filter((rule) => matches(rule, asked));
  const refused = [first, ...floors].flatMap((rule) => rule?.refuse ?? []);
  const atOnce = first?.needs?.approver === 'rule' && !floors.some(isForPersons) && refused.length === 0 ? first.name : undefined;
  const unsaid = BUILT_IN.find((rule) => isForPersons(rule) && matches(rule, asked));
  const own = { ...unsaid?.needs, ...said(asking) };
  const needs = strictest([filled(own), ...floors.map(({ needs = {} }) => filled(needs))]);
  return {
    refused,
    ...(atOnce !== undefined && { atOnce }),
    needs: { ...needs, twoPersons: needs.twoPersons || policy.twoPersons },
    rules: [...new Set([first, asking])].flatMap((rule) => (rule && policy.rules.includes(rule) ? rule.name : [])),
  };
}

/** A rule that leaves the approver out means a person. */
const isForPersons = ({ needs }: Rule): boolean => needs !== undefined && needs.approver !== 'rule';

const said = (rule: Rule | undefined): NonNullable<Rule['needs']> =>
  Object.fromEntries(Object.entries(rule?.needs ?? {}).filter(([, value]) => value !== undefined));

const filled = ({ terminal = false, typedName = false, twoPersons = false, approverKey = false }: NonNullable<Rule['needs']>): Needs => ({
  terminal,
  typedName,
  twoPersons,
  approverKey,
});

const strictest = (all: readonly Needs[]): Needs => ({
  terminal: all.some(({ terminal }) => terminal),
  typedName: all.some(({ typedName }) => typedName),
  twoPersons: all.some(({ twoPersons }) => twoPersons),
  approverKey: all.some(({ approverKey }) => approverKey),
});
