import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText } from '../../src/lib/core/clean.ts';
import { deviceName } from '../../src/lib/device/device.ts';
import { INVENTORY_FORMATS, type Inventory, LIMITS } from '../../src/lib/device/inventory/types.ts';
import { generator, mutated } from '../hostile-bytes.ts';
import { read } from './inventory-rig.ts';

const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';
/** Texts in all, for each of the four ways of reading. */
const INPUTS = LONG ? 100_000 : 4_000;

const SEEDS = [
  'name,ip,user,env,tag:site,allow,ssh_port,via,password_env\nedge-1,192.0.2.1,fleet,lab,riga,"advanced-writes, routing-writes",22,ops@b:22,PW\r\n"edge ""2""";x\n',
  '\ufeffhostname;ip;role\n# c\nedge-1;192.0.2.1;"a;b\nc"\n',
  'name\turl\nedge-1\thttps://192.0.2.1:8443\n',
  '[{"name":"edge-1","ip":"192.0.2.1","tags":{"site":"riga"},"allow":["advanced-writes"],"password":{"env":"PW"},"via":["b"]}]',
  '{"results":[{"name":"a","primary_ip":{"address":"192.0.2.1/24"},"site":{"slug":"s"},"role":null,"custom_fields":{"x":{"secret":1}}}]}',
  'Host a *.b !c\n HostName %h.x\n ProxyJump u@[::1]:22,b\nHost b\n ProxyJump a\nMatch all\n Port 7\n',
].map((text) => Buffer.from(text));

/** What holds of every answer: names, addresses and texts are fit to be used and shown; problems are whole and few. */
function isFit({ entries, problems }: Inventory): boolean {
  return (
    entries.length <= LIMITS.entries &&
    problems.length <= LIMITS.problems + 1 &&
    entries.every(
      (entry) =>
        deviceName.safeParse(entry.name).success &&
        /^https?:\/\/[^/@?#]+$/.test(entry.address) &&
        entry.line > 0 &&
        [...Object.entries(entry.tags).flat(), ...(entry.via ?? []), entry.username ?? ''].every((text) => cleanText(text) === text),
    ) &&
    problems.every(({ problem, hint }) => problem.length > 0 && problem.length < 400 && hint.length > 0 && cleanText(problem) === problem)
  );
}

const ways = [undefined, ...INVENTORY_FORMATS];

describe('whatever text comes, it is read or told', () => {
  test.each(ways)(`mutated bytes, as %s, ${INPUTS} times`, (format) => {
    const random = generator(11);
    for (let nth = 0; nth < INPUTS; nth += 1) {
      const text = mutated(random, SEEDS).toString('utf8');
      let fit = false;
      try {
        fit = isFit(read(text, { format }));
      } catch (thrown) {
        throw new Error(`input ${JSON.stringify(text)}`, { cause: thrown });
      }
      if (!fit) expect.fail(`not fit: ${JSON.stringify(text)}`);
    }
  });

  test(`generated texts, ${INPUTS} times`, () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('name', 'ip', 'edge-1', '192.0.2.1', '"', '""', ',', '\n', 'tag:x', 'Host a'),
    );
    const text = fc.oneof(
      fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 6 }).map((rows) => rows.map((row) => row.join(',')).join('\n')),
      fc
        .array(fc.dictionary(fc.oneof(cell, fc.constantFrom('password', 'tags', 'via', 'primary_ip')), fc.jsonValue()))
        .map((list) => JSON.stringify(list)),
      fc.json(),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...ways), (given, format) => isFit(read(given, { format }))),
      { numRuns: INPUTS, seed: 7 },
    );
  });

  test('what was written by the rules is read as it was meant', () => {
    const tag = fc.string({ unit: fc.constantFrom(...'aé",;\'# =x'), minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== '');
    const table = fc.array(tag, { minLength: 1, maxLength: 20 });
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), (notes, cut, end) => {
        const rows = notes.map((note, at) => [`r${at}`, `10.0.0.${at}`, quoted(note)].join(cut));
        const { entries, problems } = read([['name', 'ip', 'tag:note'].join(cut), ...rows].join(end), { format: 'csv' });
        expect(problems).toEqual([]);
        expect(entries.map(({ tags }) => tags['note'])).toEqual(notes.map((note) => note.trim()));
      }),
      { numRuns: LONG ? 20_000 : 500, seed: 7 },
    );
  });
});

/** Texts that make a careless reader walk the same way again and again. */
const HEAVY: readonly (readonly [string, (length: number) => string])[] = [
  ['cells', (length) => `name,ip\n${','.repeat(length)}`],
  ['names of columns', (length) => 'a,'.repeat(length / 2)],
  ['quotes', (length) => `name,ip\n${'"'.repeat(length)}`],
  ['pairs of quotes', (length) => `name,ip\n${'"",'.repeat(length / 3)}`],
  ['an open quote on every line', (length) => `name,ip\n${'x,"\n'.repeat(length / 4)}`],
  ['no separator after the first line', (length) => `name,ip\n${'abcdefgh\n'.repeat(length / 9)}`],
  ['empty lines', (length) => `name,ip\n${'\n'.repeat(length)}x`],
  ['spaces', (length) => `name,ip\n${' '.repeat(length)}x`],
  ['comments', (length) => `name,ip\n${'#\n'.repeat(length / 2)}`],
  ['brackets', (length) => '['.repeat(length)],
  ['lists in a list', (length) => `[${'[],'.repeat(length / 3)}[]]`],
  ['objects', (length) => `[${'{},'.repeat(length / 3)}{}]`],
  ['members', (length) => `[{${Array.from({ length: length / 10 }, (_, at) => `"${at}":1`).join(',')}}]`],
  ['escapes', (length) => `["${'\\n'.repeat(length / 2)}"]`],
  ['an open text', (length) => `["${'\\"'.repeat(length / 2)}`],
  ['digits', (length) => `[${'1'.repeat(length)}]`],
  ['hosts', (length) => 'Host a\n'.repeat(length / 7)],
  ['other hosts', (length) => Array.from({ length: length / 12 }, (_, at) => `Host h${at}\n`).join('')],
  ['as many hosts as may be', () => Array.from({ length: 999 }, (_, at) => `Host h${at} *\n ProxyJump h${at + 1}\n`).join('')],
  [
    'settings',
    (length) =>
      `${Array.from({ length: 999 }, (_, at) => `Host h${at}\n`).join('')}Host *\n${'User x\n'.repeat(Math.min(length, 240_000) / 7)}`,
  ],
  ['jump hosts', (length) => `Host ${Array.from({ length: 400 }, (_, at) => `h${at}`).join(' ')}\n ProxyJump ${'a,'.repeat(length / 2)}`],
  [
    'long patterns',
    () => `Host ${Array.from({ length: 600 }, (_, at) => `h${at}`).join(' ')}\n${`Host ${'*h'.repeat(2_000)}\n`.repeat(100)}`,
  ],
  ['stars', (length) => `Host ${'*a'.repeat(length / 2)}\n`],
  ['equal signs', (length) => `Host${'='.repeat(length)}`],
];

describe('the longest text there may be is read in seconds', () => {
  // Square time would be hours here: the time-out of the test is the limit.
  test.each(HEAVY)('%s', { timeout: 30_000 }, (_name, text) => {
    const long = text(LONG ? LIMITS.text - 1_000 : 600_000);
    for (const format of ways) expect(isFit(read(long, { format }))).toBe(true);
  });
});
