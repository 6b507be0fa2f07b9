import type { Rule } from './rule.ts';

export const RULE_ADVANCED = 'advanced-writes-at-once';

/** The safe defaults, evaluated after the rules of the configuration, from top to bottom; the first that matches decides. */
export const BUILT_IN: readonly Rule[] = Object.freeze([
  { name: 'prod', when: { environment: ['prod'] }, needs: { approver: 'person', terminal: true, typedName: true } },
  { name: 'cut-off', when: { reach: ['no'] }, needs: { approver: 'person', terminal: true, typedName: true } },
  { name: 'high-risk', when: { risk: ['high'] }, needs: { approver: 'person', terminal: true, typedName: true } },
  // What it may not be for, the floors say: they hold for the rules of the configuration too.
  { name: RULE_ADVANCED, when: { environment: ['lab', 'staging'], risk: ['low'] }, needs: { approver: 'rule' } },
  { name: 'lab', when: { environment: ['lab'] }, needs: { approver: 'person', terminal: false, typedName: false } },
  { name: 'staging', when: { environment: ['staging'] }, needs: { approver: 'person', terminal: true, typedName: false } },
  { name: 'anything-else', when: {}, needs: { approver: 'person', terminal: true, typedName: true } },
]);

/** What no configuration lowers: every one that matches counts. Machines never approve, whatever stands here: see `approverProblems`. */
export const FLOORS: readonly Rule[] = Object.freeze([
  {
    name: 'prod-unguarded',
    when: { environment: ['prod'], risk: ['high'], guard: 'none', oneWay: false },
    refuse: 'a high-risk change to a prod router needs the guard on the router',
  },
  {
    name: 'cut-off-unguarded',
    when: { reach: ['no'], guard: 'none' },
    refuse: 'it cuts us off, and nothing on the router would undo it',
  },
  { name: 'prod-by-name', when: { environment: ['prod'] }, needs: { approver: 'person', terminal: true, typedName: true } },
  { name: 'cut-off-by-name', when: { reach: ['no'] }, needs: { approver: 'person', terminal: true, typedName: true } },
  {
    name: 'unguarded-by-name',
    when: { risk: ['high'], guard: 'none' },
    needs: { approver: 'person', terminal: true, typedName: true },
  },
  { name: 'risk-by-person', when: { risk: ['medium', 'high'] }, needs: { approver: 'person' } },
  { name: 'loss-by-person', when: { lost: true }, needs: { approver: 'person' } },
  { name: 'fleet-by-person', when: { devicesMoreThan: 1 }, needs: { approver: 'person' } },
]);

/** The settings of the policy; the defaults are the safe ones. */
export interface PolicySettings {
  /** Low-risk plans for one lab or staging router that allows advanced writes run at once, approved by that rule. */
  readonly advancedWritesAtOnce: boolean;
  /** The approver must be another person than the one behind the author. */
  readonly twoPersons: boolean;
  /** Rules of the configuration, before the built-in ones. */
  readonly rules: readonly Rule[];
}

/** The table in force, in the order in which it is read; the floors come on top of whatever it says. */
export const tableOf = ({ advancedWritesAtOnce, rules }: PolicySettings): readonly Rule[] => [
  ...rules,
  ...BUILT_IN.filter(({ name }) => advancedWritesAtOnce || name !== RULE_ADVANCED),
];

/** One rule as one sentence, for people: `prod: environment prod -> a person, at a terminal, with the name typed`. */
export function ruleText({ name, when, needs, refuse }: Rule): string {
  const conditions = Object.entries(when).map(
    ([key, value]) => `${WORDS[key] ?? key} ${Array.isArray(value) ? value.join(' or ') : value}`,
  );
  const asks = needs?.approver === 'rule' ? 'runs at once' : ['a person', ...askedText(needs ?? {})].join(', ');
  return `${name}: ${conditions.join(', ') || 'anything'} -> ${refuse === undefined ? asks : `refused: ${refuse}`}`;
}

const WORDS: Readonly<Record<string, string>> = { onlyTopics: 'only topics', devicesMoreThan: 'routers more than' };

function askedText({ terminal, typedName, twoPersons, approverKey }: NonNullable<Rule['needs']>): readonly string[] {
  const said: readonly (readonly [boolean | undefined, string, string])[] = [
    [terminal, 'at a terminal', 'with or without a terminal'],
    [typedName, 'with the name typed', 'without the name typed'],
    [twoPersons, 'another one than asked', 'the one who asked or another'],
    [approverKey, 'signed with an approver key', 'without an approver key'],
  ];
  return said.flatMap(([value, yes, no]) => (value === undefined ? [] : [value ? yes : no]));
}

/** The whole policy for people: the rules in their order, then what no configuration lowers. */
export const policyText = (settings: PolicySettings): readonly string[] => [
  'Approval, the first rule that matches decides',
  ...tableOf(settings).map((rule) => `  ${ruleText(rule)}`),
  ...(settings.twoPersons ? ['  twoPersons: anything -> another person than the one who asked'] : []),
  'At least, whatever the rules say',
  ...FLOORS.map((rule) => `  ${ruleText(rule)}`),
  '  programs: anything -> never approve',
];
