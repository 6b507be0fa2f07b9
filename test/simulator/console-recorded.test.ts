import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readScript } from '../../src/simulator/console/compile.ts';
import { grammarOf } from '../../src/simulator/console/grammar.ts';
import { consoleBench } from './console-bench.ts';
import { readJson, recordedData } from './support.ts';

/** Replays what `:parse` and `:typeof` said on real routers. The recordings lie beside the checkout, not in it. */
const replay = (name: string, title: string, run: (file: string) => void): void => {
  const file = recordedData(name);
  test.skipIf(file === undefined)(file === undefined ? `${title} (skipped: no ${name} beside the checkout)` : title, () => run(file ?? ''));
};

const core = consoleBench('chr_7.24');
const quoted = (text: string): string =>
  `"${text
    .replace(/["\\$]/g, '\\$&')
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')}"`;
const parsed = (script: string): string => core.say(`:put [:parse ${quoted(script)}]`);
const typed = (text: string): string => core.say(`:put ([:typeof ${text}] . " " . [:tostr ${text}])`).trimEnd();

interface Tally {
  agree: number;
  readonly differ: string[];
}
const tally = (): Tally => ({ agree: 0, differ: [] });
function note(seen: Tally, what: string, got: unknown, wanted: unknown): void {
  if (got === wanted) seen.agree += 1;
  else seen.differ.push(`${what}\n    recorded ${String(wanted)}\n    here     ${String(got)}`);
}
function report(title: string, seen: Tally, known: number): void {
  console.log(`${title}: ${seen.agree} agree, ${seen.differ.length} differ${seen.differ.map((line) => `\n  ${line}`).join('')}`);
  expect(seen.differ.length).toBeLessThanOrEqual(known);
  expect(seen.agree).toBeGreaterThan(0);
}

interface OracleRow {
  readonly input: string;
  readonly raw: string;
  readonly corpusScript?: string;
}

describe('what :parse says', () => {
  replay('rest-probes/parse-oracle.json', 'of paths, names and arguments', (file) => {
    const oracle = readJson<Record<string, OracleRow[]>>(file);
    const seen = tally();
    for (const group of ['canonicalAccepted', 'badParameter', 'badCommandName', 'syntaxExpected'])
      for (const { input, raw, corpusScript } of oracle[group] ?? [])
        if (corpusScript === undefined && !input.includes('(whole-file')) note(seen, input, parsed(input), raw);
    report('parse-oracle', seen, 0);
  });

  interface Values {
    readonly contexts: readonly { input: string; il: string }[];
    readonly scalars: readonly { literal: string; bareType: string; bareValue: string }[];
    readonly rejectionControls: readonly { literal: string; bareType: string }[];
    readonly timeOrdering: { literals: readonly { literal: string; value: string }[] };
    readonly interiorGrounding: Record<string, readonly { literal: string; il: string }[]> & {
      positions: readonly { input: string; parses: boolean; highlightErrorAt: number }[];
      members: readonly { literal: string; type: string; value: string }[];
      commaSpelling: { arguments: readonly { input: string; il: string }[] };
    };
  }

  replay('rest-probes/cli-value-probes.json', 'of values, lists and the places they may stand', (file) => {
    const values = readJson<Values>(file);
    const inner = values.interiorGrounding;
    const seen = tally();
    for (const { input, il } of [...values.contexts, ...inner.commaSpelling.arguments]) note(seen, input, parsed(input), il);
    for (const group of ['separators', 'keyed', 'nestedLiterals', 'keyBinding'])
      for (const { literal, il } of inner[group] ?? []) note(seen, literal, parsed(`:local z ${literal}`), il);
    for (const { input, parses, highlightErrorAt } of inner.positions) {
      const got = parsed(input);
      const refused = /^(?:syntax|expected)/.test(got);
      const place = parses || highlightErrorAt < 0 || got.includes(`column ${highlightErrorAt + 1})`);
      note(seen, `${input}: ${got}`, String(!refused && place) === String(parses) || (refused && !parses && place), true);
    }
    report('cli-value-probes, parsed', seen, 13);
  });

  replay('rest-probes/cli-value-probes.json', 'of what a bare word is', (file) => {
    const values = readJson<Values>(file);
    const seen = tally();
    // Addresses were replaced by others of the documentation networks: only their kind can be compared.
    const told = (type: string, value: string): string => (/^ip/.test(type) ? type : `${type} ${value}`.trimEnd());
    const got = (literal: string, type: string): string => (/^ip/.test(type) ? (typed(literal).split(' ')[0] ?? '') : typed(literal));
    for (const { literal, bareType, bareValue } of values.scalars) note(seen, literal, got(literal, bareType), told(bareType, bareValue));
    for (const { literal, value } of values.timeOrdering.literals) note(seen, literal, typed(literal), `time ${value}`);
    for (const { literal, bareType } of values.rejectionControls) note(seen, literal, typed(literal).split(' ')[0], bareType);
    for (const { literal, type, value } of inner(values)) note(seen, `{${literal}}`, got(`({${literal}}->0)`, type), told(type, value));
    report('cli-value-probes, typed', seen, 0);
  });
  const inner = (values: Values) => values.interiorGrounding.members;

  for (const name of ['intentional-errors', 'sample', 'unicode-heavy']) {
    replay(`errors/parse-examples/${name}.rsc`, `of ${name}.rsc`, (file) => {
      const wanted = readFileSync(`${file}.v7.22.1.parseil`, 'utf8');
      const seen = tally();
      note(seen, name, parsed(readFileSync(file, 'utf8')), wanted);
      console.log(`${name}.rsc: ${seen.agree} agree, ${seen.differ.length} differ${seen.differ.map((line) => `\n  ${line}`).join('')}`);
      // Escaped bytes and lists are shown piece by piece on the device, which is not imitated.
      expect(seen.differ).toHaveLength(name === 'sample' ? 1 : 0);
    });
  }
});

describe('where commands end and which menu they mean', () => {
  interface Corner {
    readonly name?: string;
    readonly input: string;
    readonly expect: readonly (string | null)[];
  }
  interface Paths {
    readonly statements: readonly Corner[];
  }

  /** The menus and commands a text comes to, as far as it is read without a router that has everything in it. */
  function paths(input: string): string[] {
    const code = readScript(core.state, input);
    if (code.failure !== undefined) return [code.failure];
    const found: string[] = [];
    const walk = (block: typeof code.block): void => {
      for (const one of block.statements) {
        if (one.kind === 'enter') found.push(one.menu);
        if (one.kind === 'scope') {
          if (one.menu !== undefined) found.push(one.menu);
          walk(one.block);
        }
        if (one.kind === 'unknown') found.push(`unknown ${one.words[0]}`);
        if (one.kind !== 'command') continue;
        found.push(`${one.menu === '/' ? '' : one.menu}/${one.name}`);
        for (const { value } of one.arguments) if (value?.kind === 'closure') walk(value.block);
      }
    };
    walk(code.block);
    return found;
  }

  replay('rest-probes/cli-path-resolve.json', 'paths go on from the command before', (file) => {
    const seen = tally();
    for (const { input, expect: wanted } of readJson<Paths>(file).statements)
      if (!wanted.includes(null)) note(seen, JSON.stringify(input), paths(input).join(' '), wanted.join(' '));
    // Two name menus this router lacks; two give a command to a menu that has none of that name.
    report('cli-path-resolve', seen, 4);
  });

  replay('rest-probes/cli-segments.json', 'semicolons, lines, quotes, comments and brackets', (file) => {
    const seen = tally();
    for (const { name, input, expect: wanted } of readJson<{ corners: Corner[] }>(file).corners) {
      const code = readScript(core.state, input);
      const count = (block: typeof code.block): number =>
        block.statements.reduce((sum, one) => sum + (one.kind === 'scope' ? count(one.block) + (one.menu === undefined ? 0 : 1) : 1), 0);
      // What the segmenter of the recording keeps whole because it is broken, the console refuses whole.
      note(
        seen,
        `${name} ${JSON.stringify(input)} ${code.failure ?? ''}`,
        code.failure === undefined ? count(code.block) : 'refused',
        code.failure === undefined ? wanted.length : 'refused',
      );
    }
    report('cli-segments', seen, 0);
  });

  interface WriteCase {
    readonly id: string;
    readonly input: string;
    readonly verdict: string;
  }

  replay('rest-probes/cli-write-probes.json', 'what writes is a command that writes', (file) => {
    const seen = tally();
    const writes = /\/(?:add|set|remove|enable|disable|move|unset|comment|reset-counters|import|password|undo)$/;
    const { cases, branches } = readJson<{ cases: WriteCase[]; branches: WriteCase[] }>(file);
    for (const { id, input, verdict } of [...cases, ...branches]) {
      if (verdict === 'unknown') continue;
      const found = paths(input).filter((path) => path !== '/set');
      note(seen, `${id} ${JSON.stringify(input)}: ${found.join(' ')}`, String(found.some((path) => writes.test(path))), verdict);
    }
    report('cli-write-probes', seen, 0);
  });
});

test('abbreviated words mean what they mean alone', () => {
  const grammar = grammarOf(core.state);
  expect(grammar.step('/', 'interf')).toEqual({ kind: 'folder', name: 'interface' });
  expect(grammar.step('/ip', 'a')).toBeUndefined();
});
