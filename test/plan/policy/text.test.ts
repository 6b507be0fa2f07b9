import { expect, test } from 'vitest';
import type { Rule } from '../../../src/lib/plan/policy/rule.ts';
import { BUILT_IN, FLOORS, type PolicySettings, policyText, RULE_ADVANCED, ruleText } from '../../../src/lib/plan/policy/table.ts';

test('a rule says itself in one sentence', () => {
  expect([...BUILT_IN, ...FLOORS].map(ruleText)).toMatchInlineSnapshot(`
    [
      "prod: environment prod -> a person, at a terminal, with the name typed",
      "cut-off: reach no -> a person, at a terminal, with the name typed",
      "high-risk: risk high -> a person, at a terminal, with the name typed",
      "advanced-writes-at-once: environment lab or staging, risk low -> runs at once",
      "lab: environment lab -> a person, with or without a terminal, without the name typed",
      "staging: environment staging -> a person, at a terminal, without the name typed",
      "anything-else: anything -> a person, at a terminal, with the name typed",
      "prod-unguarded: environment prod, risk high, guard none, oneWay false -> refused: a high-risk change to a prod router needs the guard on the router",
      "cut-off-unguarded: reach no, guard none -> refused: it cuts us off, and nothing on the router would undo it",
      "prod-by-name: environment prod -> a person, at a terminal, with the name typed",
      "cut-off-by-name: reach no -> a person, at a terminal, with the name typed",
      "unguarded-by-name: risk high, guard none -> a person, at a terminal, with the name typed",
      "risk-by-person: risk medium or high -> a person",
      "loss-by-person: lost true -> a person",
      "fleet-by-person: routers more than 1 -> a person",
    ]
  `);
});

test('each of them says who approves: a person, the one rule that lets changes run at once, or nobody', () => {
  const all = [...BUILT_IN, ...FLOORS].map(({ name, needs, refuse }) => [name, refuse === undefined ? needs?.approver : 'nobody']);
  const of = (whom: string) => all.flatMap(([name, approver]) => (approver === whom ? [name] : []));
  expect([of('rule'), of('nobody')]).toEqual([[RULE_ADVANCED], ['prod-unguarded', 'cut-off-unguarded']]);
  expect(of('person')).toHaveLength(all.length - 3);
});

test.each<[string, Rule]>([
  ['a: topics ip or dns -> a person', { name: 'a', when: { topics: ['ip', 'dns'] } }],
  ['b: only topics ip, recipe x -> a person', { name: 'b', when: { onlyTopics: ['ip'], recipe: ['x'] }, needs: {} }],
  [
    'c: anything -> a person, another one than asked, signed with an approver key',
    { name: 'c', when: {}, needs: { twoPersons: true, approverKey: true } },
  ],
  [
    'd: anything -> a person, the one who asked or another, without an approver key',
    { name: 'd', when: {}, needs: { twoPersons: false, approverKey: false } },
  ],
  ['e: oneWay true -> refused: not in June', { name: 'e', when: { oneWay: true }, refuse: 'not in June' }],
])('a rule of the configuration says itself: %s', (sentence, rule) => {
  expect(ruleText(rule)).toBe(sentence);
});

test('the whole policy: the rules in their order, then what holds whatever they say', () => {
  const settings: PolicySettings = {
    advancedWritesAtOnce: false,
    twoPersons: false,
    rules: [{ name: 'freeze', when: { environment: ['prod'] }, refuse: 'not in June' }],
  };
  const floors = FLOORS.map((rule) => `  ${ruleText(rule)}`);
  const lines = policyText(settings);
  expect(lines).toEqual([
    'Approval, the first rule that matches decides',
    '  freeze: environment prod -> refused: not in June',
    ...['prod', 'cut-off', 'high-risk', 'lab', 'staging', 'anything-else'].map((name) => expect.stringMatching(`^  ${name}: `)),
    'At least, whatever the rules say',
    ...floors,
    '  programs: anything -> never approve',
  ]);
  const at = lines.indexOf('At least, whatever the rules say');
  expect(policyText({ ...settings, twoPersons: true })).toEqual([
    ...lines.slice(0, at),
    '  twoPersons: anything -> another person than the one who asked',
    ...lines.slice(at),
  ]);
  expect(policyText({ ...settings, advancedWritesAtOnce: true })).toHaveLength(lines.length + 1);
});
