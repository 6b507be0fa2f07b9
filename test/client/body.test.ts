import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBody } from '../../src/lib/client/body.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { lineTo, readDns, refusal } from './rig.ts';
import { httpServer } from './servers.ts';

/** The rows that a router's bytes come to, through the whole client. */
async function rowsOf(body: string | Uint8Array): Promise<readonly Row[]> {
  await using server = await httpServer(() => ({ status: 200, body }));
  await using line = lineTo(server.url);
  return await line.link.read(readDns);
}

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('text as routers have it', () => {
  test('UTF-8 is read as it is', async () => {
    expect(await rowsOf('[{".id":"*1","comment":"Büro — 東京 🚀"}]')).toEqual([{ '.id': '*1', comment: 'Büro — 東京 🚀' }]);
  });

  test('what is no UTF-8 is read as Windows wrote it, and the fields that had it are named', async () => {
    const rows = await rowsOf(latin('[{".id":"*1","comment":"B\xfcro \x96 50\x80","name":"plain"}]'));
    expect(rows).toEqual([{ '.id': '*1', comment: 'Büro – 50€', name: 'plain', '.lossy': 'comment' }]);
  });

  test('control characters that JSON forbids inside a string', async () => {
    const rows = await rowsOf('[{".id":"*1","debug-info":"a\u0001b\tc\nd\u001fe","name":"x\\"y\\\\"}]');
    expect(rows).toEqual([{ '.id': '*1', 'debug-info': 'ab\tc\nde', name: 'x"y\\', '.lossy': 'debug-info' }]);
  });

  test('white space around them stays white space', async () => {
    expect(await rowsOf('\r\n[\n\t{"a":"x\u0001",\r\n"b":"y"}\n]\n')).toEqual([{ a: 'x', b: 'y', '.lossy': 'a' }]);
  });

  test('both at once', async () => {
    const rows = await rowsOf(latin('[{".id":"*1","comment":"\xe9\x01"}]'));
    expect(rows).toEqual([{ '.id': '*1', comment: 'é', '.lossy': 'comment' }]);
  });

  test.each([
    ['a colour', 'a\\u001b[31mred\\u001b[0m', 'ared'],
    ['a window title', '\\u001b]0;evil\\u0007x', 'x'],
    ['a terminal answer', '\\u001bP$q\\u001b\\\\x', 'x'],
    ['an 8-bit introducer', '\\u009b2Jx', 'x'],
    ['text from right to left', 'abc\\u202edef', 'abcdef'],
    ['isolates', '\\u2066x\\u2069', 'x'],
    ['nothing to see', 'a\\u200bb\\ufeffc\\u2060', 'abc'],
    ['tags', 'x\\udb40\\udc41', 'x'],
    ['half a character', 'a\\ud800b', 'ab'],
    ['a bell and a backspace', 'a\\u0007b\\u0008', 'ab'],
  ])('hostile text is cleaned and named: %s', async (_name, escaped, clean) => {
    expect(await rowsOf(`[{".id":"*1","name":"ok","comment":"${escaped}"}]`)).toEqual([
      { '.id': '*1', name: 'ok', comment: clean, '.lossy': 'comment' },
    ]);
  });

  test('a hostile name of a field is cleaned wherever it is written', async () => {
    const [row] = await rowsOf('[{".id":"*1","na\\u001b[31mme\\u202e":"x\\u0007"}]');
    expect(row).toEqual({ '.id': '*1', name: 'x', '.lossy': 'name' });
  });

  test('line feeds and tabs are text', async () => {
    expect(await rowsOf('[{"source":"a\\r\\n\\tb"}]')).toEqual([{ source: 'a\r\n\tb' }]);
  });
});

describe('values that are no text', () => {
  test('counters of 64 bits keep every digit', async () => {
    expect(await rowsOf('[{"rx-byte":"18446744073709551615"}]')).toEqual([{ 'rx-byte': '18446744073709551615' }]);
  });

  test('numbers, truth and nothing read as JSON writes them', async () => {
    expect(await rowsOf('[{"a":12,"b":-1.5,"c":true,"d":null,"e":["x"],"f":{"g":1}}]')).toEqual([
      { a: '12', b: '-1.5', c: 'true', d: '', e: '["x"]', f: '{"g":1}' },
    ]);
  });

  test('a bare number that cannot be held is not passed off as the router’s', async () => {
    const [row] = await rowsOf('[{"rx-byte":18446744073709551615,"tx-byte":42}]');
    expect(row).toMatchObject({ 'tx-byte': '42', '.lossy': 'rx-byte' });
  });

  test('of a name that comes twice the last one stands', async () => {
    expect(await rowsOf('[{"a":"1","a":"2"}]')).toEqual([{ a: '2' }]);
  });

  test('a name that JavaScript knows is a name', async () => {
    const [row] = await rowsOf('[{"constructor":"x","toString":"y"}]');
    expect(row).toEqual({ constructor: 'x', toString: 'y' });
  });

  test('a field called error holds text, and is no refusal', async () => {
    expect(await rowsOf('[{"error":"none"}]')).toEqual([{ error: 'none' }]);
    expect(await rowsOf('{"error":"none"}')).toEqual([{ error: 'none' }]);
  });
});

describe('bodies that are none', () => {
  test('an empty one is no rows', async () => {
    expect(await rowsOf('')).toEqual([]);
  });

  test.each([
    ['a list of numbers', '[1,2]'],
    ['a list with one stranger', '[{".id":"*1"},"x"]'],
    ['a list of lists', '[[]]'],
    ['a number', '42'],
    ['a text', '"hello"'],
    ['null', 'null'],
    ['a page', '<!doctype html><title>Router</title>'],
    ['half a list', '[{".id":"*1"},{"na'],
    ['two lists', '[][]'],
    ['bytes', Buffer.from([0, 255, 254, 1])],
  ])('%s', async (_name, body) => {
    const error = await refusal(rowsOf(body));
    expect(error).toMatchObject({ code: 'NOT_A_ROUTER', retryable: false, details: { status: 200, call: 'read /ip/dns' } });
  });

  test('a body that does not end is not taken', async () => {
    let sent = 0;
    await using server = await httpServer((_asked, _nth, socket) => {
      // By hand, since the server's own answer would wait for its end.
      socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[');
      const chunk = `{"name":"${'x'.repeat(65_000)}"},`;
      const more = (): void => {
        while (!socket.destroyed && socket.write(chunk)) sent += chunk.length;
        if (!socket.destroyed) socket.once('drain', more);
      };
      more();
      return 'silent';
    });
    await using line = lineTo(server.url, { most: 1_000_000 });
    const error = await refusal(line.link.read(readDns));
    expect(error).toMatchObject({ code: 'UNREACHABLE', retryable: false, message: "The router's answer is larger than what is taken." });
    expect(server.connections).toBe(1);
    expect(sent).toBeGreaterThan(900_000);
  });
});

test('whatever the bytes, there is an answer and it is clean', () => {
  const hostile = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('\u001b[2J', '\u202e', '18446744073709551615'));
  const rows = fc.array(fc.dictionary(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), value), { maxLength: 5 });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        rows.map((list) => Buffer.from(JSON.stringify(list))),
      ),
      (bytes) => {
        const body = readBody(bytes);
        if (body.kind !== 'rows') return;
        for (const row of body.rows) expect(JSON.stringify(Object.entries(row).flat()).replaceAll('\\n', '')).not.toMatch(hostile);
      },
    ),
    { numRuns: 2_000 },
  );
});

describe('a megabyte of odd text does not exhaust anything', () => {
  const million = 'x'.repeat(1_000_000);
  test.each([
    ['a control character at its end', `[{"a":"${million}\u0001"}]`, { kind: 'rows', rows: [{ a: million, '.lossy': 'a' }] }],
    ['torn', `[{"a":"${million}`, { kind: 'other' }],
    ['torn, full of quotes', `[{"a":"${'\\"'.repeat(500_000)}`, { kind: 'other' }],
    ['torn after an escape', `[{"a":"${'\\"'.repeat(500_000)}\\`, { kind: 'other' }],
    ['full of quotes', `[{"a":"${'\\"'.repeat(500_000)}\u0001"}]`, { kind: 'rows', rows: [{ a: '"'.repeat(500_000), '.lossy': 'a' }] }],
    ['nothing but quotes', '"'.repeat(1_000_001), { kind: 'other' }],
    ['nothing but brackets', '['.repeat(1_000_000), { kind: 'other' }],
  ])('%s', (_name, body, read) => {
    expect(readBody(Buffer.from(body))).toEqual(read);
  });
});

test('an escaped control character is one, too', async () => {
  expect(await rowsOf('[{"a":"x\\\u0001y\\\nz"}]')).toEqual([{ a: 'xy\nz', '.lossy': 'a' }]);
});
