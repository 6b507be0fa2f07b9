import { describe, expect, test } from 'vitest';
import { matches, questionOf, type Rule, type When } from '../../../src/lib/plan/policy/rule.ts';
import { type Policy, verdictOf } from '../../../src/lib/plan/policy/verdict.ts';
import type { Plan, Target } from '../../../src/lib/plan/types.ts';
import { dns, on, planFor } from '../helpers.ts';

const bare = planFor({ dns: [{ servers: '1.1.1.1' }] }, { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } });
const [model] = bare.targets;
if (!model) throw new Error('no target');
const GUARDED: Target['guard'] = { kind: 'armed', token: '0123456789', triggers: ['job'], seconds: 300, warnings: [] };
const easy: Target = { ...model, guard: GUARDED, reach: [{ transport: 'rest', verdict: 'yes', why: 'a test' }] };
const planOf = (changes: Partial<Target> = {}, risk: Plan['risk'] = 'low'): Plan => ({ ...bare, risk, targets: [{ ...easy, ...changes }] });
const policy = (...rules: readonly Rule[]): Policy => ({ advancedWritesAtOnce: true, twoPersons: false, rules, topicOf: () => 'dns-ntp' });

const INSTALL: Target['steps'][number] = {
  change: 0,
  call: { verb: 'command', menu: '/system/package/update', command: 'install', values: {} },
};
const SET: Target['steps'][number] = { change: 0, call: { verb: 'set', menu: '/ip/dns', values: {} } };

describe('what cannot be undone by its nature', () => {
  test.each<[string, Target['steps'], boolean]>([
    ['a command', [INSTALL], true],
    ['a command among others', [SET, INSTALL, SET], true],
    ['none', [SET], false],
  ])('%s', (_name, steps, oneWay) => {
    const plan = planOf({ steps });
    const [target] = plan.targets;
    const asked = target && questionOf(plan, target, () => 'dns-ntp');
    expect(asked?.oneWay).toBe(oneWay);
    const rule = (when: When): boolean => asked !== undefined && matches({ name: 'x', when }, asked);
    expect([rule({ oneWay: true }), rule({ oneWay: false }), rule({})]).toEqual([oneWay, !oneWay, true]);
  });

  test('a prod router is upgraded without a guard, which could do nothing for it; anything else of high risk is not', () => {
    const prod = { environment: 'prod', guard: { kind: 'none', why: 'a test' } } as const;
    expect(verdictOf(planOf({ ...prod, steps: [INSTALL] }, 'high'), policy()).refused).toEqual([]);
    expect(verdictOf(planOf({ ...prod, steps: [SET] }, 'high'), policy()).refused).toHaveLength(1);
  });
});

describe('a plan without', () => {
  test('a recipe fits no rule that names one', () => {
    const recipes = (recipe: readonly string[]) => policy({ name: 'x', when: { recipe }, refuse: 'matched' });
    expect(verdictOf(planOf(), recipes(['a', 'undefined'])).refused).toEqual([]);
    expect(verdictOf({ ...planOf(), recipe: 'a' }, recipes(['a'])).refused).toEqual(['matched']);
  });

  test('routers is approved by no rule, and asks nothing', () => {
    expect(verdictOf({ risk: 'low', targets: [] }, policy())).toStrictEqual({
      refused: [],
      needs: { terminal: false, typedName: false, twoPersons: false, approverKey: false },
      rules: [],
    });
  });
});

describe('a rule of the configuration', () => {
  test('that lets it run at once and refuses it refuses it', () => {
    const verdict = verdictOf(planOf(), policy({ name: 'both', when: {}, needs: { approver: 'rule' }, refuse: 'not today' }));
    expect(verdict).toMatchObject({ refused: ['not today'] });
    expect(verdict).not.toHaveProperty('atOnce');
  });

  test('may ask for more than what is asked of all: two persons, a key', () => {
    for (const asks of [{ twoPersons: true }, { approverKey: true }]) {
      const { needs } = verdictOf(planOf({ environment: 'prod' }), policy({ name: 'x', when: {}, needs: asks }));
      expect(needs).toEqual({ terminal: true, typedName: true, twoPersons: false, approverKey: false, ...asks });
    }
  });

  test('that asks it of one router of a plan asks it of the plan', () => {
    const rule: Rule = { name: 'x', when: { environment: ['staging'] }, needs: { twoPersons: true, approverKey: true } };
    const targets: Plan['targets'] = [easy, { ...easy, environment: 'staging' }];
    expect(verdictOf({ ...bare, targets }, policy(rule))).toMatchObject({
      needs: { terminal: true, twoPersons: true, approverKey: true },
      rules: ['x'],
    });
  });

  test('that has a member without a value has left it out', () => {
    const needs = { terminal: undefined, typedName: undefined, approverKey: true } as unknown as NonNullable<Rule['needs']>;
    const plan = planOf({}, 'high');
    expect(verdictOf(plan, policy({ name: 'x', when: {}, needs })).needs).toMatchObject({ terminal: true, typedName: true });
  });

  test('that lets it run at once is named, and so is the one that says what a person needs; each once, a built-in one never', () => {
    const rules: readonly Rule[] = [
      { name: 'a', when: {}, needs: { approver: 'rule' } },
      { name: 'b', when: {}, needs: { approver: 'person' } },
      { name: 'c', when: {}, needs: { approver: 'person' } },
    ];
    expect(verdictOf(planOf(), policy(...rules)).rules).toEqual(['a', 'b']);
    expect(verdictOf({ ...bare, targets: [easy, easy] }, policy(...rules)).rules).toEqual(['a', 'b']);
    expect(verdictOf(planOf(), policy()).rules).toEqual([]);
  });
});
