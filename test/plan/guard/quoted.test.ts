import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canBeQuoted, quoted } from '../../../src/lib/plan/guard/quoted.ts';
import { consoleBench } from '../../simulator/console-bench.ts';

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '\\',
        '$',
        '?',
        '[',
        ']',
        '{',
        '}',
        '(',
        ')',
        ';',
        '\n',
        '\r',
        '\t',
        '#',
        ':',
        '/',
        'do={',
        '$(',
        '$[',
        '\\"',
        'é',
        '€',
        '🦆',
        ' ',
        '0A',
        'ret',
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join('')),
);

describe('a text in a script', () => {
  test('is data, whatever it says: the console reads back the same text', () => {
    const bench = consoleBench();
    fc.assert(
      fc.property(nasty.filter(canBeQuoted), (text) => {
        const line = `:put ${quoted(text)}; :put "END"`;
        expect(line).toMatch(/^[\x20-\x7e]*$/);
        const { output, error } = bench.run(line);
        expect(error).toBeUndefined();
        // The console prints every line end as two characters.
        expect(output).toBe(`${`${text}\n`.replace(/\r?\n/g, '\r\n')}END\r\n`);
      }),
      { numRuns: 400 },
    );
  });

  test('stays data when a line is quoted once more, to be checked', () => {
    const bench = consoleBench();
    fc.assert(
      fc.property(nasty.filter(canBeQuoted), (text) => {
        bench.state.tables.set('/log', []);
        const { error } = bench.run(`[:parse ${quoted(`:log info ${quoted(text)}`)}]`);
        expect(error).toBeUndefined();
        expect(bench.rows('/log').map((row) => row['message'])).toContain(text);
      }),
      { numRuns: 200 },
    );
  });

  test('is refused where it cannot be brought over whole', () => {
    expect([canBeQuoted('plain'), canBeQuoted('half \ud83e'), canBeQuoted('cut\0off')]).toEqual([true, false, false]);
  });
});
