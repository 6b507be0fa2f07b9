import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, person } from '../../../src/lib/core/actor.ts';
import { ENVIRONMENTS, type Environment } from '../../../src/lib/device/device.ts';
import { matches, questionOf, type Rule, type When } from '../../../src/lib/plan/policy/rule.ts';
import { BUILT_IN, FLOORS, RULE_ADVANCED, tableOf } from '../../../src/lib/plan/policy/table.ts';
import { type Policy, verdictOf } from '../../../src/lib/plan/policy/verdict.ts';
import { approvalNeeds, approverProblems } from '../../../src/lib/plan/policy.ts';
import type { Guard, Plan, Reach, Risk } from '../../../src/lib/plan/types.ts';
import { dns, on, planFor } from '../helpers.ts';

const bare = planFor({ dns: [{ servers: '1.1.1.1' }] }, { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } });
const [model] = bare.targets;
if (!model) throw new Error('no target');
const RISKS: readonly Risk[] = ['low', 'medium', 'high'];
const GUARDS: Readonly<Record<Guard['kind'], Guard>> = {
  none: { kind: 'none', why: 'a test' },
  armed: { kind: 'armed', token: '0123456789', triggers: ['job'], seconds: 300, warnings: [] },
};
const way = (verdict: Reach['verdict']): Reach => ({ transport: 'rest', verdict, why: 'a test' });

interface Case {
  readonly environment: Environment;
  readonly risk: Risk;
  readonly guard: Guard['kind'];
  readonly reach: Reach['verdict'];
  readonly lost: boolean;
  readonly devices: number;
}
const EASY: Case = { environment: 'lab', risk: 'low', guard: 'armed', reach: 'yes', lost: false, devices: 1 };

function planOf(changes: Partial<Case> = {}, recipe?: string): Plan {
  const { environment, risk, guard, reach, lost, devices } = { ...EASY, ...changes };
  const target = {
    ...model,
    environment,
    guard: GUARDS[guard],
    reach: [way('yes'), way(reach)],
    lost: lost ? [{ change: 0, why: 'gone' }] : [],
  };
  return {
    ...bare,
    risk,
    targets: Array.from({ length: devices }, () => target) as Plan['targets'],
    ...(recipe !== undefined && { recipe }),
  };
}

const CASES: readonly Case[] = ENVIRONMENTS.flatMap((environment) =>
  RISKS.flatMap((risk) =>
    (['none', 'armed'] as const).flatMap((guard) =>
      (['yes', 'no', 'unknown'] as const).flatMap((reach) =>
        [false, true].flatMap((lost) => [1, 12].map((devices) => ({ environment, risk, guard, reach, lost, devices }))),
      ),
    ),
  ),
);

const policy = (rules: readonly Rule[] = [], more: Partial<Policy> = {}): Policy => ({
  advancedWritesAtOnce: true,
  twoPersons: false,
  rules,
  topicOf: () => 'dns-ntp',
  ...more,
});
/** A configuration that would let anything through. */
const LAX: Rule = {
  name: 'anything-goes',
  when: {},
  needs: { approver: 'rule', terminal: false, typedName: false, twoPersons: false, approverKey: false },
};

describe('the default table', () => {
  test('every case', () => {
    for (const one of CASES) {
      const { environment, risk, guard, reach, lost, devices } = one;
      const careful = environment === 'prod' || risk === 'high' || reach === 'no';
      expect(verdictOf(planOf(one), policy()), JSON.stringify(one)).toStrictEqual({
        refused: [
          ...(environment === 'prod' && risk === 'high' && guard === 'none'
            ? ['a high-risk change to a prod router needs the guard on the router']
            : []),
          ...(reach === 'no' && guard === 'none' ? ['it cuts us off, and nothing on the router would undo it'] : []),
        ],
        ...(environment !== 'prod' && risk === 'low' && reach !== 'no' && !lost && devices === 1 && { atOnce: RULE_ADVANCED }),
        needs: { terminal: careful || environment === 'staging', typedName: careful, twoPersons: false, approverKey: false },
        rules: [],
      });
    }
  });

  test('every rule decides some case, and every floor holds one that a rule of the configuration lets go', () => {
    for (const rule of BUILT_IN.filter(({ name }) => name !== 'anything-else')) {
      const decided = CASES.filter((one) => {
        const plan = planOf(one);
        const [target] = plan.targets;
        return (
          target &&
          tableOf(policy()).find((row) =>
            matches(
              row,
              questionOf(plan, target, () => 'dns-ntp'),
            ),
          ) === rule
        );
      });
      expect(decided.length, rule.name).toBeGreaterThan(0);
    }
    for (const floor of FLOORS) {
      const held = CASES.some((one) => {
        const plan = planOf(one);
        const [target] = plan.targets;
        return (
          target &&
          FLOORS.filter((row) =>
            matches(
              row,
              questionOf(plan, target, () => 'dns-ntp'),
            ),
          ).includes(floor)
        );
      });
      expect(held, floor.name).toBe(true);
    }
  });

  test('the shorthands: nothing at once, and two persons everywhere', () => {
    for (const one of CASES) {
      expect(verdictOf(planOf(one), policy([], { advancedWritesAtOnce: false })).atOnce).toBeUndefined();
      expect(verdictOf(planOf(one), policy([LAX], { twoPersons: true })).needs.twoPersons).toBe(true);
    }
  });
});

describe('what no configuration lowers', () => {
  test('every case, under rules that would let anything through', () => {
    for (const one of CASES) {
      const { environment, risk, guard, reach, lost, devices } = one;
      const verdict = verdictOf(planOf(one), policy([LAX]));
      const why = JSON.stringify(one);
      const byName = environment === 'prod' || reach === 'no' || (risk === 'high' && guard === 'none');
      if (byName) expect(verdict.needs, why).toMatchObject({ terminal: true, typedName: true });
      expect(verdict.refused.length > 0, why).toBe(guard === 'none' && ((environment === 'prod' && risk === 'high') || reach === 'no'));
      const small = environment !== 'prod' && risk === 'low' && reach !== 'no' && !lost && devices === 1;
      expect(verdict.atOnce, why).toBe(small ? LAX.name : undefined);
    }
  });

  test('for any table: prod by a person who types the name, and no machine ever', () => {
    const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
    const asks = fc.record({
      approver: maybe(fc.constantFrom('rule', 'person')),
      terminal: maybe(fc.boolean()),
      typedName: maybe(fc.boolean()),
      twoPersons: maybe(fc.boolean()),
      approverKey: maybe(fc.boolean()),
    });
    const when = fc.record({
      environment: maybe(fc.subarray([...ENVIRONMENTS])),
      risk: maybe(fc.subarray([...RISKS])),
      lost: maybe(fc.boolean()),
    });
    const rule = fc.record({ when, needs: asks }).map(
      ({ when: conditions, needs }): Rule => ({
        name: 'r',
        when: present(conditions) as When,
        needs: present(needs) as NonNullable<Rule['needs']>,
      }),
    );
    const roles = ['admin', 'approver'] as const;
    const machines = [
      { ...agent('m', 'ann', 'stdio'), roles, terminal: true },
      { ...person('ann', 'cli', true), onBehalfOf: 'user:ann' },
    ];
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), fc.constantFrom(...CASES), (rules, one) => {
        const verdict = verdictOf(planOf(one), policy(rules));
        if (one.environment === 'prod') {
          expect(verdict.needs).toMatchObject({ terminal: true, typedName: true });
          expect(verdict.atOnce).toBeUndefined();
        }
        for (const machine of machines)
          expect(approverProblems(planOf(one), machine, policy(rules), 'edge-1')).toContain('only a person approves, never a program');
      }),
      { numRuns: 500 },
    );
  });
});

const present = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));

describe('rules of the configuration', () => {
  const plan = planOf({ environment: 'staging' }, 'dns-ntp-rollout');

  test('the first that matches decides', () => {
    const first: Rule = { name: 'a', when: { risk: ['low'] }, needs: { approverKey: true } };
    const second: Rule = { name: 'b', when: {}, refuse: 'not today' };
    expect(verdictOf(plan, policy([first, second]))).toMatchObject({ refused: [], needs: { approverKey: true }, rules: ['a'] });
    expect(verdictOf(plan, policy([second, first]))).toMatchObject({ refused: ['not today'] });
  });

  test('what a rule leaves out is asked as the built-in rules ask it', () => {
    const rules: readonly Rule[] = [{ name: 'signed', when: {}, needs: { approverKey: true } }];
    for (const one of CASES) {
      const { needs } = verdictOf(planOf(one), policy());
      expect(verdictOf(planOf(one), policy(rules)).needs).toEqual({ ...needs, approverKey: true });
      expect(verdictOf(planOf(one), policy(rules)).atOnce).toBeUndefined();
    }
  });

  test('a rule that approves at once leaves what a person needs to the next', () => {
    const rules: readonly Rule[] = [
      { name: 'dns-at-once', when: { recipe: ['dns-ntp-rollout'] }, needs: { approver: 'rule' } },
      { name: 'nothing-else', when: {}, refuse: 'only DNS here' },
    ];
    const verdict = verdictOf(plan, policy(rules, { advancedWritesAtOnce: false }));
    expect(verdict).toMatchObject({ refused: [], atOnce: 'dns-at-once', needs: { terminal: true, typedName: false } });
    expect(verdictOf(planOf(), policy(rules)).refused).toEqual(['only DNS here']);
  });

  const MATCHING: readonly (readonly [string, When, Partial<Case>, Partial<Case>])[] = [
    ['environment', { environment: ['staging', 'prod'] }, { environment: 'prod' }, { environment: 'lab' }],
    ['risk', { risk: ['medium'] }, { risk: 'medium' }, { risk: 'low' }],
    ['lost', { lost: true }, { lost: true }, { lost: false }],
    ['not lost', { lost: false }, { lost: false }, { lost: true }],
    ['guard', { guard: 'none' }, { guard: 'none' }, { guard: 'armed' }],
    ['reach', { reach: ['no', 'unknown'] }, { reach: 'unknown' }, { reach: 'yes' }],
    ['devices', { devicesMoreThan: 1 }, { devices: 2 }, { devices: 1 }],
  ];
  test.each(MATCHING)('when: %s', (_name, when, yes, no) => {
    const rules: readonly Rule[] = [{ name: 'x', when, refuse: 'matched' }];
    expect(verdictOf(planOf(yes), policy(rules)).refused).toContain('matched');
    expect(verdictOf(planOf(no), policy(rules)).refused).not.toContain('matched');
  });

  test('when: recipe and topics; one of several topics, or nothing but these', () => {
    const refused = (when: When, topics: readonly string[], recipe?: string): boolean => {
      const several = planOf({}, recipe);
      const targets = several.targets.map((target) => ({
        ...target,
        changes: topics.map((capability) => ({ ...(target.changes[0] as Plan['targets'][number]['changes'][number]), capability })),
      }));
      return (
        verdictOf({ ...several, targets }, policy([{ name: 'x', when, refuse: 'matched' }], { topicOf: (id) => id })).refused.length > 0
      );
    };
    expect([refused({ recipe: ['a'] }, ['ip'], 'a'), refused({ recipe: ['a'] }, ['ip'], 'b'), refused({ recipe: ['a'] }, ['ip'])]).toEqual([
      true,
      false,
      false,
    ]);
    expect([refused({ topics: ['firewall'] }, ['ip', 'firewall']), refused({ topics: ['firewall'] }, ['ip'])]).toEqual([true, false]);
    expect([refused({ onlyTopics: ['ip'] }, ['ip', 'firewall']), refused({ onlyTopics: ['ip'] }, ['ip'])]).toEqual([false, true]);
  });

  test('a plan of several routers asks the strictest of all', () => {
    const [lab] = planOf().targets;
    const [prod] = planOf({ environment: 'prod' }).targets;
    const both = { ...planOf(), targets: [lab, prod] as Plan['targets'] };
    expect(verdictOf(both, policy()).needs).toMatchObject({ terminal: true, typedName: true });
    const rules: readonly Rule[] = [{ name: 'x', when: { environment: ['prod'] }, refuse: 'frozen' }];
    expect(verdictOf(both, policy(rules)).refused).toEqual(['frozen']);
  });

  test('a way that nobody looked at is unknown, and the worst way counts', () => {
    const [target] = planOf().targets;
    if (!target) throw new Error('no target');
    const reach = (ways: readonly Reach[]) => questionOf(planOf(), { ...target, reach: ways }, () => '').reach;
    expect([reach([]), reach([way('yes')]), reach([way('yes'), way('unknown')]), reach([way('unknown'), way('no')])]).toEqual([
      'unknown',
      'yes',
      'unknown',
      'no',
    ]);
  });
});

test('what is typed: the name of the one router, or how many there are', () => {
  const ann = person('ann', 'cli', true);
  const prod = planOf({ environment: 'prod' });
  const many = planOf({ environment: 'prod', devices: 12 });
  expect([approvalNeeds(prod, policy()).typedName, approvalNeeds(many, policy()).typedName]).toEqual(['edge-1', '12 routers']);
  expect(approverProblems(many, ann, policy(), '12 routers')).toEqual([]);
  for (const typed of [undefined, 'edge-1', '12', '12 router', '12 Routers', '11 routers'])
    expect(approverProblems(many, ann, policy(), typed)).toEqual(['12 routers was not typed exactly']);
});

test('two persons are two, however their ids are written', () => {
  const two = policy([], { twoPersons: true });
  const asked = { ...planOf(), author: { id: 'agent:m', onBehalfOf: 'user:Ann', origin: 'stdio' } };
  for (const name of ['ann', 'ANN', 'a\u200bnn', 'ａｎｎ'])
    expect(approverProblems(asked, person(name, 'cli', true), two, undefined), name).toEqual([
      'another person than the one who asked must approve',
    ]);
  expect(approverProblems(asked, person('ben', 'cli', true), two, undefined)).toEqual([]);
});
