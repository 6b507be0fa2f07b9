import { describe, expect, test } from 'vitest';
import type { Row, WriteCall } from '../../../src/lib/client/types.ts';
import {
  addLine,
  findNew,
  firstThere,
  holds,
  holdsAll,
  holdsOne,
  mustBeThere,
  printAlike,
  writeLine,
} from '../../../src/lib/plan/guard/expressions.ts';

const MENU = '/ip/firewall/filter';
const set = (values: Row): WriteCall => ({ verb: 'set', menu: MENU, id: '*1', values });

/** Which rows the router itself is to choose from: every one is compared by its content after that, so that only the text shows it. */
const chosen = (...contents: readonly Row[]): string | undefined => /:foreach i in=(\[.*?\]) do=/.exec(findNew(MENU, contents, 0))?.[1];

describe('the rows to look at', () => {
  test.each<[readonly Row[], string]>([
    [[{ comment: 'a' }], '[/ip/firewall/filter/find where comment="a"]'],
    [
      [{ bridge: 'b', interface: 'i', chain: 'c', comment: 'k', list: 'l', name: 'n', address: '192.0.2.1' }],
      '[/ip/firewall/filter/find where name="n" and list="l" and comment="k" and chain="c" and interface="i" and bridge="b"]',
    ],
    [[{ comment: 'say "hi"' }], String.raw`[/ip/firewall/filter/find where comment="say \"hi\""]`],
    [[{ address: '192.0.2.1', disabled: 'no' }], '[/ip/firewall/filter/find]'],
    [[{ comment: '', chain: 'c' }], '[/ip/firewall/filter/find where chain="c"]'],
    [
      [
        { chain: 'c', comment: 'b' },
        { chain: 'c', comment: 'a' },
      ],
      '[/ip/firewall/filter/find where chain="c"]',
    ],
    [[{ comment: 'b' }, {}], '[/ip/firewall/filter/find]'],
    [[{}, { comment: 'b' }], '[/ip/firewall/filter/find]'],
    [[{}], '[/ip/firewall/filter/find]'],
    [[], '[/ip/firewall/filter/find]'],
  ])('with the contents %j are %s', (contents, rows) => {
    expect(chosen(...contents)).toBe(rows);
    expect(printAlike(MENU, contents, 'mark')).toContain(`:foreach i in=${rows} do=`);
  });
});

describe('a question about a row', () => {
  test('names it, or none in a menu that has but one', () => {
    expect(holds('/ip/dns', '', 'servers', '192.0.2.1')).toBe('[$same [/ip/dns/get servers] "192.0.2.1"]');
    expect(holds(MENU, '*1', 'comment', 'a')).toBe('[$same [/ip/firewall/filter/get *1 comment] "a"]');
  });

  test('asks for all fields of one content, and for one content of several', () => {
    const [a, b] = [holds(MENU, '$i', 'comment', 'a'), holds(MENU, '$i', 'chain', 'b')];
    expect(holdsAll(MENU, '$i', { comment: 'a', chain: 'b' })).toBe(`${a} and ${b}`);
    expect(holdsOne(MENU, '$i', [{ comment: 'a', chain: 'b' }, { chain: 'b' }])).toBe(`(${a} and ${b}) or (${b})`);
  });

  test('is whether it is there', () => {
    expect(mustBeThere(MENU, '*1')).toBe(':local q [/ip/firewall/filter/get *1]');
    expect(firstThere(MENU, ['*1', '$row2'])).toBe(
      [
        ':do { :local q [/ip/firewall/filter/get *1]; :set p *1 } on-error={ ',
        ':do { :local q [/ip/firewall/filter/get $row2]; :set p $row2 } on-error={  } }',
      ].join(''),
    );
    expect(firstThere(MENU, [])).toBe('');
  });
});

describe('a write as a line', () => {
  test.each<[WriteCall, string, string | undefined]>([
    [set({ comment: 'a "b"', '!log': '' }), '*1', String.raw`/ip/firewall/filter/set *1 comment="a \"b\"" !log`],
    [set({ comment: 'a' }), '$row2', '/ip/firewall/filter/set $row2 comment="a"'],
    [{ verb: 'set', menu: '/ip/dns', values: { servers: '' } }, '', '/ip/dns/set servers=""'],
    [set({}), '*1', undefined],
    [{ verb: 'unset', menu: MENU, id: '*1', field: 'log' }, '*1', '/ip/firewall/filter/unset *1 value-name=log'],
    [{ verb: 'unset', menu: '/ip/dns', id: '', field: 'log' }, '', '/ip/dns/unset value-name=log'],
    [{ verb: 'remove', menu: MENU, id: '*1' }, '*1', undefined],
    [{ verb: 'move', menu: MENU, id: '*1' }, '*1', undefined],
  ])('%j on the row %j', (call, row, line) => {
    expect(writeLine(call, row)).toBe(line);
  });

  test('adds a row at the end, or before another', () => {
    expect(addLine(MENU, { chain: 'c', comment: 'a' })).toBe('[/ip/firewall/filter/add chain="c" comment="a"]');
    expect(addLine(MENU, { chain: 'c' }, '$p')).toBe('[/ip/firewall/filter/add chain="c" place-before=$p]');
  });
});
