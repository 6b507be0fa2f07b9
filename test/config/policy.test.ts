import { expect, test } from 'vitest';
import { describeConfig, loadConfig } from '../../src/lib/config/load.ts';
import { newHome, put, refusal } from './helpers.ts';

const yaml = (text: string) => {
  const home = newHome();
  return () => loadConfig({ env: { HOME: home }, file: put(home, 'c.yaml', text) });
};

test('a table in YAML: one value or a list, in its order', () => {
  const { policy } = yaml(`
policy:
  twoPersons: true
  rules:
    - name: firewall-signed
      when: { topics: firewall, environment: [staging, prod] }
      needs: { approverKey: true }
    - name: freeze
      refuse: not before the weekend
`)().config;
  expect(policy).toMatchObject({
    twoPersons: true,
    rules: [
      { name: 'firewall-signed', when: { topics: ['firewall'], environment: ['staging', 'prod'] }, needs: { approverKey: true } },
      { name: 'freeze', when: {}, refuse: 'not before the weekend' },
    ],
  });
});

test('the same in TOML, and as JSON in a variable', () => {
  const home = newHome();
  const file = put(home, 'c.toml', '[[policy.rules]]\nname = "a"\nrefuse = "no"\n[policy.rules.when]\nrisk = "high"\n');
  const expected = [{ name: 'a', when: { risk: ['high'] }, refuse: 'no' }];
  expect(loadConfig({ env: { HOME: home }, file }).config.policy.rules).toEqual(expected);
  const variable = JSON.stringify([{ name: 'a', when: { risk: 'high' }, refuse: 'no' }]);
  expect(loadConfig({ env: { HOME: home, ROUTEROS_MCP_POLICY_RULES: variable } }).config.policy.rules).toEqual(expected);
  expect(refusal(() => loadConfig({ env: { HOME: home, ROUTEROS_MCP_POLICY_RULES: '[{' } })).message).toContain('must be a list of rules');
});

const WRONG: readonly (readonly [string, string, string])[] = [
  ['a value', '- { name: night, when: { environment: prdo }, refuse: no no }', 'rule night: when.environment must be lab, staging or prod'],
  ['an empty list', '- { name: night, when: { risk: [] }, refuse: no no }', 'rule night: when.risk must be low, medium or high'],
  [
    'an unknown condition',
    '- { name: night, when: { env: prod }, refuse: no no }',
    'rule night has env in when, which is no part of a rule',
  ],
  ['an unknown member', '- { name: night, wen: {}, refuse: no no }', 'rule night has wen, which is no part of a rule'],
  ['nothing asked', '- { name: night }', 'rule night says neither needs nor refuse'],
  ['both', '- { name: night, refuse: no no, needs: { terminal: true } }', 'rule night says both needs and refuse'],
  ['empty needs', '- { name: night, needs: {} }', 'rule night: needs must ask something'],
  ['a typing error in needs', '- { name: night, needs: { approver: nobody } }', 'rule night: needs.approver must be rule or person'],
  ['two of one name', '- { name: night, refuse: a }\n    - { name: night, refuse: b }', 'rule night stands there twice'],
  ['no name', '- { refuse: a }', 'rule 1: name must be lower-case letters'],
  ['an empty reason', '- { name: night, refuse: " " }', 'rule night: refuse must be a reason'],
  ['no rule', '- 7', 'rule 1: it is no rule'],
];
test.each(WRONG)('%s is a mistake that names the rule', (_what, rule, said) => {
  expect(refusal(yaml(`policy:\n  rules:\n    ${rule}\n`)).message).toContain(said);
});

test('ids of keys are whole, and limits are numbers of things', () => {
  expect(refusal(yaml('policy:\n  approverKeys: [abc]\n')).message).toContain('policy.approverKeys');
  expect(refusal(yaml('policy:\n  openPlans: 0\n')).message).toContain('from 1 to 10000');
  expect(yaml(`policy:\n  approverKeys: [${'ab'.repeat(32)}]\n`)().config.policy.approverKeys).toEqual(['ab'.repeat(32)]);
});

test('config show has the rules as they are', () => {
  const rows = describeConfig(yaml('policy:\n  rules:\n    - { name: freeze, refuse: no no }\n')());
  expect(rows.find(({ key }) => key === 'policy.rules')).toMatchObject({
    value: ['{"name":"freeze","when":{},"refuse":"no no"}'],
    origin: 'file',
  });
});
