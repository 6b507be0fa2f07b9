import type { Environment } from '../../device/device.ts';
import type { Guard, Plan, Reach, Risk, Target } from '../types.ts';

/** Which plans a rule is for: all that is said must hold. What is left out holds for any; an empty `when` is for all plans. */
export interface When {
  readonly environment?: readonly Environment[];
  readonly risk?: readonly Risk[];
  /** Ids of recipes. The caller of a plan names its recipe itself: a reason to ask more, a weak one to ask less. */
  readonly recipe?: readonly string[];
  /** It touches at least one of these. */
  readonly topics?: readonly string[];
  /** It touches nothing but these. */
  readonly onlyTopics?: readonly string[];
  /** Part of it cannot be undone. */
  readonly lost?: boolean;
  readonly guard?: Guard['kind'];
  /** The worst that is foreseen of our ways to the router; one that nobody looked at is unknown. */
  readonly reach?: readonly Reach['verdict'][];
  readonly devicesMoreThan?: number;
  /** It cannot be undone by its nature, and a person consented to that when it was planned: an upgrade. */
  readonly oneWay?: boolean;
}

/** What approving asks. What a rule of the configuration leaves out is asked as the built-in rules ask it. */
export interface Asks {
  /** `rule`: where changes run at once, this rule is the approver. A person may approve all the same, as the next rule says. */
  readonly approver?: 'rule' | 'person';
  /** A terminal must be attached. */
  readonly terminal?: boolean;
  /** The name of the router, or `12 routers`, must be typed exactly. */
  readonly typedName?: boolean;
  /** Another person than the one who asked. */
  readonly twoPersons?: boolean;
  /** The person's own key, opened with a passphrase, must sign. */
  readonly approverKey?: boolean;
}

/** One line of the table: it asks, or it refuses and says why. */
export interface Rule {
  readonly name: string;
  readonly when: When;
  readonly needs?: Asks;
  readonly refuse?: string;
}

/** What a rule looks at: one router of a plan. */
export interface Question {
  readonly environment: Environment;
  readonly risk: Risk;
  readonly recipe: string | undefined;
  readonly topics: readonly string[];
  readonly lost: boolean;
  readonly guard: Guard['kind'];
  readonly reach: Reach['verdict'];
  readonly devices: number;
  readonly oneWay: boolean;
}

export const questionOf = (
  plan: Pick<Plan, 'risk' | 'targets' | 'recipe'>,
  target: Target,
  topicOf: (capability: string) => string,
): Question => ({
  environment: target.environment,
  risk: plan.risk,
  recipe: plan.recipe,
  topics: [...new Set(target.changes.map((change) => topicOf(change.capability)))],
  lost: target.lost.length > 0,
  guard: target.guard.kind,
  reach: worst(target.reach),
  devices: plan.targets.length,
  oneWay: target.steps.some(({ call }) => call.verb === 'command'),
});

/** One way that may be cut counts, whatever the others do. */
function worst(ways: readonly Reach[]): Reach['verdict'] {
  if (ways.some(({ verdict }) => verdict === 'no')) return 'no';
  return ways.length === 0 || ways.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'yes';
}

/** Is this rule for that router of that plan? */
export function matches({ when }: Rule, asked: Question): boolean {
  const { topics, onlyTopics } = when;
  const among = <Value>(wanted: readonly Value[] | undefined, value: Value): boolean => wanted === undefined || wanted.includes(value);
  return (
    among(when.environment, asked.environment) &&
    among(when.risk, asked.risk) &&
    among(when.recipe, asked.recipe) &&
    (topics === undefined || asked.topics.some((topic) => topics.includes(topic))) &&
    (onlyTopics === undefined || asked.topics.every((topic) => onlyTopics.includes(topic))) &&
    (when.lost === undefined || when.lost === asked.lost) &&
    (when.guard === undefined || when.guard === asked.guard) &&
    among(when.reach, asked.reach) &&
    (when.oneWay === undefined || when.oneWay === asked.oneWay) &&
    (when.devicesMoreThan === undefined || asked.devices > when.devicesMoreThan)
  );
}
