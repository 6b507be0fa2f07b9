import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consoleLine } from '../../src/lib/client/ssh-commands.ts';
import { quoteText, unquoteText } from '../../src/lib/client/text/quote.ts';
import { readWords } from '../../src/lib/client/text/words.ts';
import { cleanText } from '../../src/lib/core/clean.ts';

const MARKER = 'MK-END-0123456789abcdef';
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'\\"$?\r\n\t[]{};= a') }),
);

describe('quoting', () => {
  test('names what has a name, and writes other controls in hex', () => {
    expect(quoteText('a\\b"c$d?e\r\n\t\u0001\u007f')).toBe('"a\\\\b\\"c\\$d\\?e\\r\\n\\t\\01\\7F"');
    expect(quoteText('')).toBe('""');
    expect(() => quoteText('\ud800')).toThrow('half a character');
  });

  test('and unquoting give every text back', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const quoted = quoteText(text);
        expect(quoted).toMatch(/^"(?:[^"\\$?\u0000-\u001f\u007f]|\\(?:[\\"$?nrt]|[0-9A-F]{2}))*"$/);
        expect(unquoteText(quoted.slice(1, -1))).toEqual({ text, exact: true });
      }),
      { numRuns: 5_000 },
    );
  });

  test('makes one word of a line, whatever stands around it', () => {
    fc.assert(
      fc.property(anyText, anyText, (first, second) => {
        const { words, problem } = readWords(`add a=${quoteText(first)} b=${quoteText(second)} c`);
        expect(problem).toBeUndefined();
        expect(words.map(({ name, value }) => [name, value])).toEqual([
          ['add', ''],
          ['a', cleanText(first)],
          ['b', cleanText(second)],
          ['c', ''],
        ]);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('a command line', () => {
  test('has one of these forms, and no other', () => {
    const line = (command: Parameters<typeof consoleLine>[0]) => consoleLine(command, MARKER).replace(`; :put "${MARKER}"`, '');
    const read = {
      kind: 'read',
      menu: '/ip/address',
      where: { disabled: 'false', interface: 'ether1', mtu: '1500', '.id': '*1B' },
    } as const;
    expect(line({ ...read, form: 'json' })).toBe(
      ':put [:serialize to=json value=[/ip/address/print detail as-value where disabled=no interface="ether1" mtu=1500 .id=*1B]]',
    );
    expect(line({ ...read, form: 'text' })).toBe(
      '/ip/address/print detail show-ids without-paging where disabled=no interface="ether1" mtu=1500 .id=*1B',
    );
    expect(line({ kind: 'read', menu: '/ip/dns', form: 'json-one' })).toBe(':put [:serialize to=json value=[/ip/dns/print as-value]]');
    expect(line({ kind: 'read', menu: '/ip/dns', form: 'as-value-one' })).toBe(':put [/ip/dns/print as-value]');
    expect(line({ kind: 'export', style: 'compact', sensitive: 'hide' })).toBe('/export hide-sensitive');
    expect(line({ kind: 'export', style: 'terse', sensitive: 'show', menu: '/ip/firewall' })).toBe(
      '/ip/firewall/export terse show-sensitive',
    );
  });

  test('has no free tail: a menu or field that is more than words is refused', () => {
    const bad = ['', '/', 'ip', '/ip/', '/ip address', '/ip;/x', '/ip/[x]', '/ip\n/x', '/ip/"x"', '/$x', '//x', '/ip/../x', '/é'];
    for (const menu of bad) {
      expect(() => consoleLine({ kind: 'read', form: 'json', menu }, MARKER)).toThrow('no menu');
      if (menu !== '/') expect(() => consoleLine({ kind: 'export', style: 'terse', sensitive: 'hide', menu }, MARKER)).toThrow('no menu');
    }
    for (const field of ['', 'a b', 'a=b', 'a]', '$a', '.x', 'a\n', 'A', '!a']) {
      expect(() => consoleLine({ kind: 'read', form: 'json', menu: '/x', where: { [field]: '1' } }, MARKER)).toThrow('no field');
    }
    for (const marker of ['', 'x', 'MK-END-1"; /system/reboot; :put "', 'MK-END-0123456789ABCDEF']) {
      expect(() => consoleLine({ kind: 'read', form: 'json', menu: '/x' }, marker)).toThrow('marker');
    }
  });

  test('is one line, whatever a value holds, and nothing in it is outside quotes', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const line = consoleLine({ kind: 'read', form: 'json', menu: '/x', where: { comment: value } }, MARKER);
        expect(line).not.toMatch(/[\r\n\u0000]/);
        const outside = line.replaceAll(/"(?:[^"\\]|\\.)*"/g, 'Q');
        expect(outside).toMatch(
          /^:put \[:serialize to=json value=\[\/x\/print detail as-value where comment=(?:Q|yes|no|\d+|\*[0-9A-F]+)\]\]; :put Q$/,
        );
      }),
      { numRuns: 5_000 },
    );
  });
});
