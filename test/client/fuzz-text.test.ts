import { describe, expect, test } from 'vitest';
import { readKnownHosts } from '../../src/lib/client/known-hosts.ts';
import { readSshConfig, sshHost } from '../../src/lib/client/ssh-config.ts';
import { readAsValue } from '../../src/lib/client/text/as-value.ts';
import { consoleRefusal } from '../../src/lib/client/text/console-error.ts';
import { readExport } from '../../src/lib/client/text/export.ts';
import { readPrintDetail } from '../../src/lib/client/text/print-detail.ts';
import { unquoteText } from '../../src/lib/client/text/quote.ts';
import { readSerialized } from '../../src/lib/client/text/serialized.ts';
import { readWords } from '../../src/lib/client/text/words.ts';
import { cleanText } from '../../src/lib/core/clean.ts';
import { FleetError } from '../../src/lib/core/errors.ts';
import { generator, mutated } from '../hostile-bytes.ts';

/** Inputs in all, shared by the parsers. */
const INPUTS = process.env['ROUTEROS_MCP_TEST_LONG'] === '1' ? 1_000_000 : 100_000;

const SEEDS = [
  '# 2025-02-01 06:02:17 by RouterOS 7.18\n# model = x\n/ip firewall filter\nadd action=accept comment="a \\"b\\"\\\n    \\_c" .x=1 !y\nset [ find default-name=ether1 ] mtu=1500\n#error exporting "/x" (timeout)\n',
  'Flags: X - DISABLED, I - INVALID; D - DYNAMIC \n 0  D ;;; a comment\n      chain=forward action=passthrough \n\n*1B XI name="a b" list=a,\n   b time=2026-03-14 09:26:53\n     source=\n       :log info\n',
  '                  uptime: 3h5m54s\n       version: 7.18.2 (stable)\n   servers: 1.1.1.1\n            8.8.8.8\n',
  '.id=*1;address=10.0.0.1/24;flags=x;y;.id=*2;comment=a=b;c\r\n',
  '[{".id":"*1","disabled":false,"bytes":18446744073709551615,"list":["a","b"],"x":{"y":null}}]',
  'bad command name foo (line 1 column 2)\npassword="hunter2" failure: no',
  'Host a *.b !c\n HostName %h.x\n ProxyJump u@[::1]:22,b\nMatch all\n Port 7',
  '|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-rsa AAAA\n@revoked a,b ssh-ed25519 AAAAC3Nz\n',
].map((text) => Buffer.from(text));

/** Every name and text in what was read is fit for a terminal. */
const isClean = (rows: readonly Readonly<Record<string, string>>[]): boolean =>
  rows.every((row) =>
    Object.entries(row).every(([name, value]) => typeof value === 'string' && cleanText(name) === name && cleanText(value) === value),
  );

const PARSERS: readonly (readonly [string, (bytes: Buffer, text: string) => boolean])[] = [
  ['an export', (_, text) => isClean(readExport(text).lines.map(({ props }) => props))],
  ['print detail', (_, text) => isClean(readPrintDetail(text).rows)],
  ['as-value', (_, text) => isClean(readAsValue(text))],
  ['serialized values', (bytes) => isClean(readSerialized(bytes) ?? [])],
  ['the words of a line', (_, text) => isClean(readWords(text).words.map(({ value }) => ({ value })))],
  ['the inside of quotes', (_, text) => typeof unquoteText(text).text === 'string'],
  ['a refusal', (_, text) => [undefined, true].includes(isError(consoleRefusal(text, 'x', (words) => words)))],
  ['an SSH configuration', (_, text) => typeof sshHost(readSshConfig(text), 'a').host === 'string'],
  ['known hosts', (_, text) => readKnownHosts(text).unread >= 0],
];

const isError = (value: unknown): boolean | undefined => (value === undefined ? undefined : value instanceof FleetError);

describe('whatever bytes come, they are read or counted', () => {
  const each = Math.ceil(INPUTS / PARSERS.length);
  test.each(PARSERS)(`%s, ${each} times`, (_name, read) => {
    const random = generator(7);
    for (let nth = 0; nth < each; nth += 1) {
      const bytes = mutated(random, SEEDS);
      let fine = false;
      try {
        fine = read(bytes, bytes.toString('utf8'));
      } catch (thrown) {
        throw new Error(`input ${JSON.stringify(bytes.toString('latin1'))}`, { cause: thrown });
      }
      if (!fine) expect.fail(`not fit to be shown: ${JSON.stringify(bytes.toString('latin1'))}`);
    }
  });
});

/** Texts that make a careless pattern walk the same way again and again. */
const LONG: readonly (readonly [string, (length: number) => string])[] = [
  ['backslashes', (length) => '\\'.repeat(length)],
  ['an open quote', (length) => `add a="${'x\\"'.repeat(length / 3)}`],
  ['open brackets', (length) => `set ${'[ find '.repeat(length / 7)}`],
  ['spaces', (length) => `/x\nadd a=b${' '.repeat(length)}c`],
  ['continued lines', (length) => 'a\\\n'.repeat(length / 3)],
  ['dots', (length) => `/x\nadd ${'a.'.repeat(length / 2)}b=1`],
  ['flags', (length) => `Flags: X - DISABLED\n 0 ${'X '.repeat(length / 2)}`],
  ['numbers', (length) => ' 0\n'.repeat(length / 3)],
  ['comments', (length) => ` 0 ;;; a\n${'   ;;; b\n'.repeat(length / 9)}`],
  ['names and no values', (length) => ' 0  a=\n   b=\n'.repeat(length / 13)],
  [
    'deeper and deeper',
    (length) => ` 0 x\n${Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth + 3)}a=`).join('\n')}${' '.repeat(length)}`,
  ],
  ['words', (length) => ` 0 a=1${' 2'.repeat(length / 2)}`],
  ['members', (length) => `.id=*1;a=1${';2'.repeat(length / 2)}`],
  ['nested JSON', (length) => `[{"a":${'['.repeat(length / 2)}${']'.repeat(length / 2)}}]`],
  ['an open JSON string', (length) => `[{"a":"${'\\"'.repeat(length / 2)}`],
  ['escapes', (length) => '\u001b['.repeat(length / 2)],
  ['stars', (length) => `Host ${'*a'.repeat(2_000)}\n${'x'.repeat(length)}`],
];

describe('a text ten times as long takes about ten times as long, never a hundred times', () => {
  // Square time would be minutes here, and cubic time for ever: the time-out of the test is the limit.
  test.each(LONG)('%s', (_name, text) => {
    const long = text(600_000);
    for (const [, read] of PARSERS) read(Buffer.from(long), long);
  });
});
