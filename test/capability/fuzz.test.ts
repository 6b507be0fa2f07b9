import { expect, test } from 'vitest';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import { readDuration, writeDuration } from '../../src/lib/capability/duration.ts';
import type { Field } from '../../src/lib/capability/field.ts';
import { readBody } from '../../src/lib/client/body.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { readFacts } from '../../src/lib/insight/facts.ts';
import { generator } from '../hostile-bytes.ts';
import { catalog } from '../laws/subjects.ts';

/** R8: whatever a router sends, each reader answers in its own way, and never by throwing or by not coming back. */

const INPUTS = process.env['ROUTEROS_MCP_TEST_LONG'] === '1' ? 1_000_000 : 60_000;

const VALUES = [
  '1w2d3h4m5s',
  '1d02:03:04.5',
  '1w1d00:00:00',
  '4ms482us',
  'true',
  'yes',
  'local,telnet,!ftp,read,write',
  '192.0.2.1/24',
  '!10.0.0.0-10.0.0.9',
  '2001:db8::1/64',
  '22,8000-8080',
  '48:A9:8A:10:20:00',
  '18446744073709551615',
  '0x1F',
  'auto',
  'unlimited',
  '10M/20M',
  '-65dBm@6Mbps',
  '2026-03-14 09:26:53',
  'established,related',
  'a,b,,c',
  '*1B',
];
const KNOBS = '\\"\'[]{}():;,.#$!*?% \t\r\n\u001b\u0000azAZ09_-|@/=\u202e\u00e9';

function mutated(random: (below: number) => number, seeds: readonly string[]): string {
  let text = seeds[random(seeds.length)] ?? '';
  for (let left = random(5); left > 0; left -= 1) {
    const at = random(text.length + 1);
    const knob = KNOBS[random(KNOBS.length)] ?? '';
    const kind = random(4);
    if (kind === 0) text = text.slice(0, at) + knob + text.slice(at);
    else if (kind === 1) text = text.slice(0, at) + text.slice(at + 1 + random(4));
    else if (kind === 2) text = text.slice(0, at) + text.slice(random(at + 1));
    else text = text.slice(0, at) + knob.repeat(1 + random(40)) + text.slice(at);
  }
  return text;
}

/** One of each kind that the catalog has, by what it allows. */
const kinds: readonly Field[] = [
  ...new Map(
    catalog.capabilities
      .flatMap(({ fields }) => Object.values(fields))
      .map((field) => [`${field.kind.shape.name} ${field.kind.allowed}`, field]),
  ).values(),
];

test('every kind reads any text or says that it does not; what it reads, it writes and reads again as the same', () => {
  const random = generator(7);
  expect(kinds.length).toBeGreaterThan(20);
  let read = 0;
  for (let nth = 0; nth < INPUTS; nth += 1) {
    const { kind } = kinds[nth % kinds.length] ?? kinds[0] ?? { kind: undefined };
    if (!kind) throw new Error('no kinds');
    const text = mutated(random, VALUES);
    const value = kind.decode(text);
    if (value === undefined) continue;
    read += 1;
    const written = kind.encode(value);
    expect(kind.encode(kind.decode(written)), `${kind.allowed}: ${JSON.stringify(text)}`).toBe(written);
  }
  expect(read).toBeGreaterThan(INPUTS / 20);
});

test('durations: a number of seconds, written and read again as the same, or nothing', () => {
  const random = generator(11);
  for (let nth = 0; nth < INPUTS; nth += 1) {
    const seconds = readDuration(mutated(random, VALUES.slice(0, 4)));
    if (seconds === undefined) continue;
    expect(seconds).toBeGreaterThanOrEqual(0);
    expect(readDuration(writeDuration(seconds))).toBe(seconds);
  }
});

const BODIES = [
  '[{".id":"*1","name":"a\\nb","disabled":"false"},{".id":"*2","x":"y"}]',
  '{"error":400,"message":"Bad Request","detail":"no such command"}',
  '{"cpu-load":"12","version":"7.20.6 (stable)","uptime":"1w2d3h"}',
  '[]',
  '{"ret":"*1B"}',
  '<html><head><title>RouterOS</title></head></html>',
];

test('REST bodies: rows of text, a refusal, or nothing of RouterOS; and every capability makes something of every row', () => {
  const random = generator(13);
  const seen = { rows: 0, refusal: 0, other: 0 };
  for (let nth = 0; nth < INPUTS; nth += 1) {
    const bytes = Buffer.from(mutated(random, BODIES), random(3) === 0 ? 'latin1' : 'utf8');
    const body = readBody(bytes);
    seen[body.kind] += 1;
    if (body.kind !== 'rows') continue;
    const capability = catalog.capabilities[nth % catalog.capabilities.length];
    for (const row of body.rows) {
      expect(Object.values(row).every((value) => typeof value === 'string')).toBe(true);
      if (capability) expect(decodeRow(capability, row, '7.20.8').dynamic).toBeTypeOf('boolean');
    }
  }
  expect(Math.min(seen.rows, seen.refusal, seen.other)).toBeGreaterThan(INPUTS / 200);
});

test('facts of a box that answers nonsense: facts, or a sentence that it is no router', async () => {
  const random = generator(17);
  for (let nth = 0; nth < Math.min(INPUTS, 3_000); nth += 1) {
    const reader = {
      read: async (): Promise<readonly Row[]> => {
        const body = readBody(Buffer.from(mutated(random, BODIES)));
        return body.kind === 'rows' ? body.rows : [];
      },
    };
    const end = await readFacts(reader, 0).then(
      (facts) => facts.version,
      (thrown: { readonly code?: string }) => thrown.code,
    );
    expect(end).toBeTypeOf('string');
  }
});
