import { describe, expect, test } from 'vitest';
import { plan as schema } from '../../src/lib/plan/file-schema.ts';
import { copyOf, fullPlan, type Path, withAt } from './documents.ts';

const document = copyOf(fullPlan());
/** Where the first thing is that is amiss; undefined where nothing is. */
const amiss = (value: unknown): string | undefined => schema.safeParse(value).error?.issues[0]?.path.join('.');

/** Every object of the document with its members; text under names of the router is data of its own. */
const DATA = ['before', 'after', 'content', 'values'];
function objects(value: unknown, path: Path = []): readonly [Path, Readonly<Record<string, unknown>>][] {
  if (typeof value !== 'object' || value === null) return [];
  const last = path.at(-1);
  if (typeof last === 'string' && DATA.includes(last)) return [];
  const inner = Object.entries(value).flatMap(([name, member]) => objects(member, [...path, Array.isArray(value) ? Number(name) : name]));
  return Array.isArray(value) ? inner : [[path, value as Readonly<Record<string, unknown>>], ...inner];
}
const OBJECTS = objects(document);
const MEMBERS = OBJECTS.flatMap(([path, object]) => Object.keys(object).map((name) => ({ path, name, verb: object['verb'] })));
type Member = (typeof MEMBERS)[number];
/** What may be left out: of the plan, of the objects under a name, of the requests of a verb. */
const OPTIONAL = ['recipe', 'rollout', 'author.onBehalfOf', 'sections.critical', 'reach.rule', 'changes.place', 'place.from', 'place.to'];
const OPTIONAL_IN_CALL = ['add.placeBefore', 'add.by', 'set.id', 'move.before'];
function isOptional({ path, name, verb }: Member): boolean {
  const owner = path.findLast((part) => typeof part === 'string' && part !== 'call');
  return OPTIONAL.includes(owner === undefined ? name : `${owner}.${name}`) || OPTIONAL_IN_CALL.includes(`${String(verb)}.${name}`);
}

test('a plan with everything a plan may have is one', () => {
  expect(schema.parse(document)).toEqual(document);
});

describe('each object', () => {
  test('has no member more: whoever adds one is not told that it counts', () => {
    for (const [path] of OBJECTS) expect(amiss(withAt(document, [...path, 'approved'], true)), path.join('.')).toBe(path.join('.'));
  });

  test('has no member less, but for those that may be left out', () => {
    for (const member of MEMBERS) {
      const { path, name } = member;
      const found = amiss(withAt(document, [...path, name], undefined));
      if (isOptional(member)) expect(found, `${path.join('.')}.${name}`).toBeUndefined();
      else expect(found, `${path.join('.')}.${name}`).toBe([...path, name].join('.'));
    }
  });

  test('has members of their kind', () => {
    for (const { path, name } of MEMBERS) {
      const at = [...path, name];
      expect(amiss(withAt(document, at, name !== 'critical')), at.join('.')).toBe(at.join('.'));
    }
  });
});

const HEX = '0123456789abcdef'.repeat(4);
const x = (count: number): string => 'x'.repeat(count);
const target = (...path: Path): Path => ['targets', 0, ...path];
const change = (...path: Path): Path => target('changes', 0, ...path);
const MENU: readonly [readonly unknown[], readonly unknown[]] = [
  ['/ip', '/ip/dns', '/interface/wifi-2ghz', '/ipv6/nd'],
  ['', '/', 'ip/dns', '/ip/', '//ip', '/IP', '/ip dns', ' /ip', '/ip ', '/ip\n', '/ip;', '/ip/*1'],
];
const COUNT: readonly [readonly unknown[], readonly unknown[]] = [
  [0, 1, 1_000],
  [-1, 0.5, '1', null],
];

describe('each value', () => {
  test.each<[string, Path, readonly unknown[], readonly unknown[]]>([
    ['text of a router', change('label'), ['', x(65_535)], [x(65_536)]],
    ['an id', change('row'), ['', '#0', '*1', x(65_535)], [x(65_536)]],
    ['a sentence of ours', target('lost', 0, 'why'), ['', x(2_000)], [x(2_001)]],
    ['why there is no guard', ['targets', 1, 'guard', 'why'], ['', x(2_000)], [x(2_001)]],
    ['a menu', change('menu'), ...MENU],
    ['a menu that is written', target('steps', 0, 'call', 'menu'), ...MENU],
    ['a capability', change('capability'), ['a', '0', 'ip-dns', `a${x(63)}`], ['', '-a', 'A', 'a_b', ' a', 'a ', 'a/b', `a${x(64)}`]],
    ['a digest', ['hash'], [HEX], ['', HEX.slice(1), `${HEX}0`, ` ${HEX.slice(1)}`, `${HEX.slice(1)}g`, HEX.toUpperCase()]],
    [
      'the id of a plan',
      ['id'],
      ['pln_0123456789abcdez'],
      ['', 'pln_', 'pln_0123456789abcde', 'pln_0123456789abcdezz', 'xpln_0123456789abcdez', 'pln_0123456789ABCDEZ', 'pln-0123456789abcdez'],
    ],
    ['the token of a guard', target('guard', 'token'), [HEX.slice(0, 10)], [HEX.slice(0, 9), HEX.slice(0, 11), 'g123456789', ' 123456789']],
    ['how long a guard waits', target('guard', 'seconds'), [1, 86_400], [0, 86_401, 1.5]],
    ['what starts a guard', target('guard', 'triggers'), [[], ['job'], ['scheduler'], ['startup']], ['job']],
    ['each of what starts a guard', target('guard', 'triggers', 0), ['job', 'scheduler', 'startup'], ['', 'cron']],
    ['what is done to a row', change('verb'), ['add', 'set', 'remove', 'move'], ['', 'command']],
    ['text that was there', change('before'), [null, {}, { a: x(65_535) }, { [x(200)]: '' }], [[], 'a']],
    ['a place', change('place', 'to'), [null, '*1'], [7]],
    ['secrets, of which there are none', change('secret'), [[]], [['password']]],
    ['a way', target('reach', 0, 'transport'), ['rest', 'ssh'], ['', 'telnet']],
    ['what is foreseen of it', target('reach', 0, 'verdict'), ['yes', 'no', 'unknown'], ['', 'maybe']],
    ['the risk', ['risk'], ['low', 'medium', 'high'], ['', 'none']],
    ['an environment', target('environment'), ['lab', 'staging', 'prod'], ['', 'test']],
    ['the id of a router', target('deviceId'), ['d', x(64)], ['', x(65)]],
    ['the name of a router', target('deviceName'), ['edge-1'], ['', '-edge', 'edge 1']],
    ['the box', target('hardwareId'), ['h', x(200)], ['', x(201)]],
    ['a version', target('version'), ['', x(64)], [x(65)]],
    ['what is changed', target('changes'), [], [[], null]],
    ['which change a request belongs to', target('steps', 0, 'change'), ...COUNT],
    ['which change cannot be undone', target('lost', 0, 'change'), ...COUNT],
    ['routers', ['targets'], [], [[]]],
    ['waves', ['rollout', 'waves'], [[['d1', 'd2']], [['d1'], ['d2']]], [[]]],
    ['a wave', ['rollout', 'waves', 0], [['d1']], [[]]],
    ['routers at a time', ['rollout', 'parallel'], [1, 25], [0, 26, 1.5]],
    ['a pause', ['rollout', 'pauseSeconds'], [0, 3_600], [-1, 3_601, 0.5]],
    ['a budget', ['rollout', 'budget'], ...COUNT],
    ['what becomes of the others', ['rollout', 'onStop'], ['keep', 'roll-back-wave', 'roll-back-all'], ['', 'stop']],
    ['how long it is watched', ['soakSeconds'], [0, 3_600], [-1, 3_601, 0.5]],
    ['a time', ['createdAt'], [0, 1_800_000_000_000], [-1, 0.5, '2027']],
    ['how long it may take', ['executeWithin'], ...COUNT],
    ['how many', ['blastRadius', 'devices'], ...COUNT],
    ['the form', ['format'], [1], [0, 2, '1']],
  ])('%s', (_name, path, good, bad) => {
    for (const value of good) expect(amiss(withAt(document, path, value)), JSON.stringify(value)).toBeUndefined();
    for (const value of bad) expect(amiss(withAt(document, path, value)), JSON.stringify(value)).toBe(path.join('.'));
  });

  test('a request that is none of ours is refused, and a name that no field has', () => {
    const call = target('steps', 0, 'call');
    for (const verb of ['run', 'read', '']) expect(amiss(withAt(document, [...call, 'verb'], verb))).toBe([...call, 'verb'].join('.'));
    const long = change('before', x(201));
    expect(amiss(withAt(document, long, 'y'))).toBe(long.join('.'));
  });
});
