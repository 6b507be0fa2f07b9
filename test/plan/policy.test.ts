import { describe, expect, test } from 'vitest';
import { type Actor, agent, person } from '../../src/lib/core/actor.ts';
import { ALLOWANCES, type Allowance, ENVIRONMENTS, type Environment } from '../../src/lib/device/device.ts';
import type { Policy } from '../../src/lib/plan/policy/verdict.ts';
import {
  APPROVAL_LIFE,
  approvalNeeds,
  approverProblems,
  EXECUTE_WITHIN,
  fenced,
  PLAN_LIFE,
  RULE_ADVANCED,
  ruleFor,
} from '../../src/lib/plan/policy.ts';
import type { Plan, Risk, Target } from '../../src/lib/plan/types.ts';
import { dns, on, planFor } from './helpers.ts';

const RISKS: readonly Risk[] = ['low', 'medium', 'high'];
const SAFE: Policy = { advancedWritesAtOnce: true, twoPersons: false, rules: [], topicOf: () => 'dns-ntp' };
const bare = planFor({ dns: [{ servers: '1.1.1.1' }] }, { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } });

function plan(environment: Environment, risk: Risk, more: { readonly lost?: boolean; readonly devices?: number } = {}): Plan {
  const targets = bare.targets.flatMap((target) =>
    Array.from({ length: more.devices ?? 1 }, () => ({ ...target, environment, lost: more.lost ? [{ change: 0, why: 'gone' }] : [] })),
  );
  return { ...bare, risk, targets };
}

const fence = (environment: Environment, allow: readonly Allowance[], environments: readonly Environment[] = ENVIRONMENTS) => ({
  environment,
  allow,
  environments,
});
const subsets: readonly (readonly Allowance[])[] = Array.from({ length: 2 ** ALLOWANCES.length }, (_, bits) =>
  ALLOWANCES.filter((_one, at) => (bits >> at) % 2 === 1),
);

test('the fence: every risk, environment and set of allowances', () => {
  for (const environment of ENVIRONMENTS) {
    for (const risk of RISKS) {
      for (const allow of subsets) {
        for (const asked of [[], ['firewall-writes']] as const) {
          const professional = allow.includes('professional-workflows');
          const enough = risk === 'high' ? professional : professional || allow.includes('advanced-writes');
          const special = asked.length === 0 || allow.includes('firewall-writes');
          const open = enough && special;
          expect(
            fenced(fence(environment, allow), risk, asked).length === 0,
            `${environment} ${risk} ${allow.join()} ${asked.join()}`,
          ).toBe(open);
        }
      }
    }
  }
});

test('the fence names every reason', () => {
  expect(fenced(fence('prod', [], ['lab']), 'high', ['firewall-writes', 'routing-writes'])).toEqual([
    'this instance does not touch prod routers',
    'the device does not allow professional-workflows',
    'the device does not allow firewall-writes',
    'the device does not allow routing-writes',
  ]);
});

test('the rule approves low risk, one device, lab or staging, where advanced writes are allowed and nothing is lost', () => {
  for (const environment of ENVIRONMENTS) {
    for (const risk of RISKS) {
      for (const allow of subsets) {
        for (const lost of [false, true]) {
          for (const devices of [1, 2]) {
            for (const advancedWritesAtOnce of [false, true]) {
              const rule = ruleFor(plan(environment, risk, { lost, devices }), fence(environment, allow), {
                ...SAFE,
                advancedWritesAtOnce,
              });
              const may =
                advancedWritesAtOnce &&
                risk === 'low' &&
                !lost &&
                devices === 1 &&
                environment !== 'prod' &&
                allow.includes('advanced-writes');
              expect(rule, `${environment} ${risk} ${allow.join()} ${lost} ${devices}`).toBe(may ? RULE_ADVANCED : undefined);
            }
          }
        }
      }
    }
  }
  expect(ruleFor({ risk: 'low', targets: [] }, fence('lab', ALLOWANCES), SAFE)).toBeUndefined();
});

test('what approving asks of a person', () => {
  const needs = (environment: Environment, risk: Risk, lost = false) => {
    const { typedName, terminal, because } = approvalNeeds(plan(environment, risk, { lost }), SAFE);
    return [typedName, terminal, because.length];
  };
  const table = ENVIRONMENTS.flatMap((environment) => RISKS.map((risk) => [environment, risk, ...needs(environment, risk)]));
  expect(table).toEqual([
    ['lab', 'low', null, false, 0],
    ['lab', 'medium', null, false, 0],
    ['lab', 'high', 'edge-1', true, 2],
    ['staging', 'low', null, true, 0],
    ['staging', 'medium', null, true, 0],
    ['staging', 'high', 'edge-1', true, 2],
    ['prod', 'low', 'edge-1', true, 1],
    ['prod', 'medium', 'edge-1', true, 1],
    ['prod', 'high', 'edge-1', true, 3],
  ]);
  expect(needs('lab', 'low', true)).toEqual([null, false, 1]);
});

test('a yes holds a quarter of an hour, a plan waits a day for one, and writes go out for an hour at most', () => {
  const minute = 60_000;
  expect([APPROVAL_LIFE / minute, PLAN_LIFE / minute, EXECUTE_WITHIN / minute]).toEqual([15, 24 * 60, 60]);
});

describe('why it is asked, when one router of several is the reason', () => {
  const easy: Partial<Target> = {
    environment: 'lab',
    guard: { kind: 'armed', token: '0123456789', triggers: ['job'], seconds: 300, warnings: [] },
    reach: [{ transport: 'rest', verdict: 'yes', why: 'a test' }],
    lost: [],
  };
  const because = (worse: Partial<Target>, risk: Risk = 'low', policy: Policy = SAFE) => {
    const targets = bare.targets.flatMap((target) => [
      { ...target, ...easy },
      { ...target, ...easy, ...worse },
    ]);
    return approvalNeeds({ risk, targets }, policy).because;
  };
  const ways = (...verdicts: readonly Target['reach'][number]['verdict'][]): Partial<Target> => ({
    reach: verdicts.map((verdict) => ({ transport: 'rest', verdict, why: 'a test' })),
  });
  const BARE: Partial<Target> = { guard: { kind: 'none', why: 'a test' } };

  test.each<[string, Partial<Target>, Risk, readonly string[]]>([
    ['nothing', {}, 'low', []],
    ['prod', { environment: 'prod' }, 'low', ['it changes a prod router']],
    ['risk', {}, 'high', ['its risk is high']],
    ['a way that is cut, beside one that stays', ways('yes', 'no'), 'low', ['it may cut us off from the router']],
    ['a way that nobody can tell of', ways('yes', 'unknown'), 'low', []],
    ['no guard', BARE, 'high', ['its risk is high', 'the router will not undo it by itself']],
    ['no guard where little can go wrong', BARE, 'medium', []],
    ['what is lost', { lost: [{ change: 0, why: 'gone' }] }, 'low', ['part of it cannot be undone']],
  ])('%s', (_name, worse, risk, reasons) => {
    expect(because(worse, risk)).toEqual(reasons);
  });

  test('what the configuration asks for more, and by which rule', () => {
    expect(because({}, 'low', { ...SAFE, twoPersons: true })).toEqual(['another person than the one who asked must approve']);
    const rules = [{ name: 'signed', when: {}, needs: { approverKey: true } }];
    expect(because({}, 'low', { ...SAFE, rules })).toEqual(['an approver key must sign', 'rule signed of the configuration']);
  });

  test('an approver key is asked for where a rule says so, and else not spoken of', () => {
    const rules = [{ name: 'signed', when: {}, needs: { approverKey: true } }];
    const { because: _because, ...asks } = approvalNeeds(plan('lab', 'low'), { ...SAFE, rules });
    expect(asks).toStrictEqual({ typedName: null, terminal: false, approverKey: true });
    expect(approvalNeeds(plan('lab', 'low'), SAFE)).toStrictEqual({ typedName: null, terminal: false, because: [] });
  });
});

describe('who may approve', () => {
  const ann = person('ann', 'cli', true);
  const ben = person('ben', 'tui', true);
  const problems = (actor: Actor, one: Plan = plan('lab', 'low'), settings = SAFE, typed?: string) =>
    approverProblems(one, actor, settings, typed);

  test('the one whose agent asked may; with two persons asked for, only another', () => {
    expect(problems(ann)).toEqual([]);
    const two = { ...SAFE, twoPersons: true };
    expect(problems(ann, plan('lab', 'low'), two)).toEqual(['another person than the one who asked must approve']);
    expect(problems(ben, plan('lab', 'low'), two)).toEqual([]);
    expect(problems(ann, { ...plan('lab', 'low'), author: { id: 'user:ann', origin: 'cli' } }, two)).toHaveLength(1);
  });

  test('an agent never does, whatever roles and terminals it claims', () => {
    const roles = ['admin', 'approver'] as const;
    const claims: readonly Actor[] = [
      { ...agent('helper', 'ben', 'stdio'), roles, terminal: true },
      { ...agent('helper', 'ben', 'http'), roles, terminal: true },
      { id: 'user:ben', origin: 'stdio', roles, terminal: true },
      { id: 'user:ben', origin: 'http', roles, terminal: true },
      { id: 'system', origin: 'system', roles, terminal: true },
      { id: 'agent:helper', onBehalfOf: 'user:ben', origin: 'cli', roles, terminal: true },
    ];
    for (const settings of [SAFE, { ...SAFE, twoPersons: true }])
      for (const actor of claims)
        expect(problems(actor, plan('lab', 'low'), settings), actor.id).toContain('only a person approves, never a program');
  });

  test('nobody, what policy refuses', () => {
    const rules = [{ name: 'freeze', when: {}, refuse: 'nothing is changed this week' }];
    expect(problems(ann, plan('lab', 'low'), { ...SAFE, rules })).toEqual(['nothing is changed this week']);
  });

  test('the role, the terminal, and the name typed exactly', () => {
    expect(problems({ ...ann, roles: ['admin'] })).toEqual(['the role approver is missing']);
    const script = person('ann', 'library', false);
    expect(problems(script)).toEqual([]);
    for (const one of [plan('staging', 'low'), plan('lab', 'high'), plan('prod', 'low')])
      expect(problems(script, one, SAFE, 'edge-1')).toEqual(['this approval needs a person at a terminal']);
    for (const typed of [undefined, '', 'edge-2', 'EDGE-1', 'edge-1 '])
      expect(problems(ann, plan('prod', 'low'), SAFE, typed)).toEqual(['the name of the device was not typed exactly']);
    expect(problems(ann, plan('prod', 'low'), SAFE, 'edge-1')).toEqual([]);
  });
});
