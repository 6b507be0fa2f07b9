import { describe, expect, test } from 'vitest';
import { type Actor, agent, person } from '../../src/lib/core/actor.ts';
import { ALLOWANCES, type Allowance, ENVIRONMENTS, type Environment } from '../../src/lib/device/device.ts';
import type { Policy } from '../../src/lib/plan/policy/verdict.ts';
import { approvalNeeds, approverProblems, fenced, RULE_ADVANCED, ruleFor } from '../../src/lib/plan/policy.ts';
import type { Plan, Risk } from '../../src/lib/plan/types.ts';
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
