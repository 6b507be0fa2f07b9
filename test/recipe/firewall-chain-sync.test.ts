import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../src/lib/client/types.ts';
import { acceptInput } from '../../src/lib/fleet/accept-input.ts';
import { inverse } from '../../src/lib/plan/inverse.ts';
import { type Menu, staticRows } from '../../src/lib/plan/menu.ts';
import { draftChanges } from '../../src/lib/plan/planner.ts';
import { menuAfter } from '../../src/lib/plan/sketch.ts';
import { firewallChainSync } from '../../src/lib/recipe/firewall-chain-sync.ts';
import { menusWith, VERSION } from '../plan/helpers.ts';

const PLACE = { version: VERSION, host: '192.0.2.1', port: 443, service: 'www-ssl' } as const;

/** What the recipe asks of a table, planned; with the table after each change. */
function sync(rows: readonly Row[], rules: readonly Row[], chain = 'input') {
  const menus = menusWith({ 'firewall-filter': rows });
  const menu = menus.get('firewall-filter');
  if (!menu) throw new Error('no menu');
  const input = acceptInput(firewallChainSync.id, firewallChainSync.input, { chain, rules: JSON.stringify(rules) });
  const { changes, lost } = draftChanges(menus, firewallChainSync.intents(input, { filter: menu.rows }, PLACE));
  const states: Menu[] = [menu];
  for (const change of changes) states.push(menuAfter(states.at(-1) ?? menu, change));
  return { menu, changes, lost, states, verbs: changes.map(({ verb, row }) => `${verb} ${row}`) };
}

const contents = (menu: Menu, chain = 'input'): readonly Row[] =>
  staticRows(menu)
    .map(({ content }) => content)
    .filter((content) => content['chain'] === chain);

/** A small world of packets, and rules that overlap in it. */
const PACKETS = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].flatMap((src) =>
  ['tcp', 'udp'].flatMap((protocol) => ['80', '443'].map((port) => ({ src, protocol, port }))),
);

/** Judged by the first rule that fits, as RouterOS does it; by none, the packet passes. */
function verdicts(rules: readonly Row[]): readonly string[] {
  return PACKETS.map(({ src, protocol, port }) => {
    const hit = rules.find(
      (rule) =>
        rule['disabled'] !== 'yes' &&
        (rule['src-address'] ?? src) === src &&
        (rule['protocol'] ?? protocol) === protocol &&
        (rule['dst-port'] ?? port) === port,
    );
    return hit?.['action'] ?? 'accept';
  });
}

const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const rule = fc
  .record({
    action: fc.constantFrom('accept', 'drop', 'reject'),
    'src-address': some(fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3')),
    protocol: some(fc.constantFrom('tcp', 'udp')),
    'dst-port': some(fc.constantFrom('80', '443')),
    comment: some(fc.constantFrom('a', 'b', 'c', 'd')),
    disabled: some(fc.constant('yes')),
  })
  .map((all): Row => {
    const { 'dst-port': port, ...rest } = all;
    const given = Object.entries(all.protocol === undefined ? rest : { ...rest, 'dst-port': port });
    return { chain: 'input', ...Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))) };
  });
const foreign = fc.constantFrom<Row>({ chain: 'forward', action: 'drop' }, { chain: 'forward', action: 'accept', comment: 'a' });
const table = fc.array(fc.oneof({ arbitrary: rule, weight: 4 }, { arbitrary: foreign, weight: 1 }), { maxLength: 9 });

/** Both at random, or the wanted rules made of those that are there: shuffled, some gone, some changed, some new. */
const cases = table.chain((rows) => {
  const ours = rows.filter((row) => row['chain'] === 'input');
  const other = fc.tuple(fc.shuffledSubarray(ours), fc.array(rule, { maxLength: 3 }), fc.nat(9)).map(([kept, fresh, at]) => {
    const wanted = [...kept.slice(0, at), ...fresh, ...kept.slice(at)];
    return wanted.length === 0 ? [{ chain: 'input', action: 'drop' }] : wanted;
  });
  const edited = fc.tuple(other, fc.nat(9), rule).map(([wanted, at, by]) => wanted.map((one, n) => (n === at ? { ...one, ...by } : one)));
  return fc.tuple(fc.constant(rows), fc.oneof(other, edited, fc.array(rule, { minLength: 1, maxLength: 9 })));
});

describe('from any chain to any other', () => {
  test('the result is exact, other chains stay, a second plan is empty, and undo restores every row and place', () => {
    fc.assert(
      fc.property(cases, ([rows, wanted]) => {
        const { menu, states, changes } = sync(rows, wanted);
        const after = states.at(-1) ?? menu;
        expect(contents(after)).toEqual(wanted.map((row) => row));
        expect(contents(after, 'forward')).toEqual(contents(menu, 'forward'));
        const renamed = staticRows(after).map(({ content }) => content);
        expect(sync(renamed, wanted).changes).toEqual([]);
        const back = changes.toReversed().reduce((now, change) => menuAfter(now, inverse(change)), after);
        expect(staticRows(back).map(({ id, content }) => [id, content])).toEqual(staticRows(menu).map(({ id, content }) => [id, content]));
      }),
      { numRuns: 1_500 },
    );
  });

  test('after every step each packet meets the verdict of the old chain or that of the new one', () => {
    fc.assert(
      fc.property(cases, ([rows, wanted]) => {
        const { states } = sync(rows, wanted);
        const [old, then] = [verdicts(contents(states[0] ?? never())), verdicts(wanted)];
        for (const state of states) {
          const now = verdicts(contents(state));
          for (const [at, verdict] of now.entries()) expect([old[at], then[at]]).toContain(verdict);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('a last rule that drops the rest is in every state, and never is the chain empty', () => {
    const drop: Row = { chain: 'input', action: 'drop', comment: 'the rest' };
    fc.assert(
      fc.property(cases, fc.boolean(), ([rows, wanted], other) => {
        const { states } = sync([...rows, drop], [...wanted, other ? { ...drop, comment: 'all else', log: 'yes' } : drop]);
        for (const state of states) {
          const rules = contents(state);
          const last = rules.findLastIndex((one) => one['disabled'] !== 'yes');
          expect(
            rules.some((one, at) => at <= last && one['action'] === 'drop' && Object.keys(one).every((name) => !/address|port/.test(name))),
          ).toBe(true);
        }
      }),
    );
  });

  test('no move that could be saved: as many rules stay as rise in the order in which they are wanted', () => {
    const named = (at: number): Row => ({ chain: 'input', action: 'accept', comment: `rule ${at}` });
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }), (places) => {
        const { changes } = sync([0, 1, 2, 3, 4, 5, 6].map(named), places.map(named));
        expect(changes.every(({ verb }) => verb === 'move')).toBe(true);
        expect(changes.length).toBe(places.length - longestRise(places));
      }),
    );
  });
});

function never(): never {
  throw new Error('no state');
}

/** By trying all of them. */
const longestRise = (places: readonly number[]): number =>
  Math.max(
    ...Array.from({ length: 2 ** places.length }, (_, bits) => {
      const kept = places.filter((_place, at) => (bits >> at) % 2 === 1);
      return kept.every((place, at) => at === 0 || place > (kept[at - 1] ?? 0)) ? kept.length : 0;
    }),
  );

const ACCEPT: Row = { chain: 'input', action: 'accept', protocol: 'tcp', 'dst-port': '443', comment: 'web' };
const WIDER: Row = { chain: 'input', action: 'accept', protocol: 'tcp', comment: 'web' };
const ICMP: Row = { chain: 'input', action: 'accept', protocol: 'icmp' };
const DNS: Row = { chain: 'input', action: 'accept', protocol: 'udp', 'dst-port': '53' };
const LOG: Row = { chain: 'input', action: 'log' };
const DROP: Row = { chain: 'input', action: 'drop', comment: 'rest' };

describe('what stays the same rule', () => {
  test.each<readonly [string, readonly Row[], readonly Row[], readonly string[]]>([
    ['equal: nothing to do', [ACCEPT, ICMP, DROP], [ACCEPT, ICMP, DROP], []],
    ['one value, all else as it was: set', [ACCEPT, DROP], [{ ...ACCEPT, 'dst-port': '8443' }, DROP], ['set *1']],
    ['known by its comment: set', [ACCEPT, DROP], [{ ...ACCEPT, action: 'drop', 'dst-port': '1-9' }, DROP], ['set *1']],
    ['another note, and a new rule: set', [ACCEPT, DROP], [{ ...ACCEPT, comment: 'www' }, ICMP, DROP], ['set *1', 'add #0']],
    ['wider: set before what comes below', [ACCEPT, DROP], [WIDER, ICMP, DROP], ['set *1', 'add #0']],
    ['narrower: set after that', [ACCEPT, DROP], [{ ...ACCEPT, 'src-address': '192.0.2.1' }, ICMP, DROP], ['add #0', 'set *1']],
    [
      'other packets, and not alone: added, and the old one goes last',
      [ACCEPT, DROP],
      [{ ...ACCEPT, 'dst-port': '8443' }, ICMP, DROP],
      ['add #0', 'add #1', 'remove *1'],
    ],
    [
      'two that are for other packets: nothing is set, or one would be open before the other is there',
      [ACCEPT, DNS, DROP],
      [{ ...ACCEPT, 'dst-port': '8443' }, { ...DNS, 'dst-port': '54' }, DROP],
      ['add #0', 'add #1', 'remove *2', 'remove *1'],
    ],
    ['from the end to the top', [ACCEPT, ICMP, DROP], [DROP, ACCEPT, ICMP], ['move *3']],
    ['from the top to the end', [DROP, ACCEPT, ICMP], [ACCEPT, ICMP, DROP], ['move *1']],
    [
      'what is above the new place of a rule goes before the rule sinks',
      [ACCEPT, DROP, ICMP, LOG],
      [ICMP, LOG, ACCEPT],
      ['remove *2', 'move *1'],
    ],
    ['twice the same rule, because it is wanted twice', [ICMP, DROP], [ICMP, ICMP, DROP], ['add #0']],
    ['once the same rule, because it is wanted once', [ICMP, ICMP, DROP], [ICMP, DROP], ['remove *2']],
  ])('%s', (_, is, wanted, verbs) => {
    const { states, menu, verbs: seen } = sync(is, wanted);
    expect(seen).toEqual(verbs);
    expect(contents(states.at(-1) ?? menu).length).toBe(wanted.length);
  });

  test('the router’s own rules are neither counted nor an anchor', () => {
    const own: Row = { chain: 'input', action: 'accept', dynamic: 'true' };
    const { changes } = sync([own, DROP], [ICMP, DROP]);
    expect(changes).toMatchObject([{ verb: 'add', place: { to: '*2' } }]);
  });

  test('a rule with a field that nobody knows is not taken for another', () => {
    expect(() => sync([{ ...DROP, 'brand-new': 'x' }], [DROP])).toThrow(/does not know/);
  });
});
