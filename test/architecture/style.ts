import type { Rule, Violation } from './check.ts';
import type { Source } from './imports.ts';
import { lineAt } from './mask.ts';
import { CODECS, QUIET } from './table.ts';

interface Habit {
  readonly rule: Rule;
  readonly pattern: RegExp;
  readonly cure: string;
  readonly appliesTo?: (file: string) => boolean;
}

const HABITS: readonly Habit[] = [
  {
    rule: 'any',
    // In the places of a type: after a colon, an arrow or an operator; among type arguments; before `[]`; as an alias.
    pattern:
      /(?::|=>|[|&]|\bas|\bextends|\bis)\s*any\b(?!\s*[(.:\w])|<(?:[^<>()]*,)?\s*any\s*[,>]|(?<![.\w$])any\[\]|\btype\s+[\w$<>, ]+=\s*any\b/g,
    cure: 'has the type `any`, which switches the compiler off; write `unknown` and look before use',
  },
  {
    rule: 'non-null',
    pattern: /[\w$)\]]!(?!=)/g,
    cure: 'has a non-null `!`; handle the missing case, or let the type say that it cannot be missing',
  },
  {
    rule: 'cast',
    pattern: /(?<=[\w$)\]}'"`>/]\s+)as\s+(?!const\b)(?=[\w$({['"`<])/g,
    cure: 'casts with `as`; parse the value with a schema, narrow it, or move the cast into a codec',
    appliesTo: (file) => !CODECS.some((codec) => codec.test(file)),
  },
  {
    rule: 'default',
    pattern: /\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/g,
    cure: 'has a default export; export it by name',
  },
  {
    rule: 'quiet',
    // `process.platform` is a constant; it lets file rights be left alone where there are none.
    pattern: /(?<![.\w$])(?:globalThis\s*\.\s*)?(?:process|console)\s*(?:\?\.|\[|\.(?!platform\b))/g,
    cure: 'uses the process or the console, which live in src/bin; take what you need as an argument, or answer data',
    appliesTo: (file) => QUIET.some((at) => file.startsWith(at)),
  },
];

/** Habits of the house that a pattern can see in code. */
export function style(sources: readonly Source[]): readonly Violation[] {
  return sources.flatMap((source) =>
    HABITS.filter(({ appliesTo }) => appliesTo?.(source.file) ?? true).flatMap((habit) => {
      const code = habit.rule === 'cast' ? withoutRenames(source.code) : source.code;
      return [...code.matchAll(habit.pattern)].map(
        (match): Violation => ({ rule: habit.rule, file: source.file, line: lineAt(code, match.index), message: habit.cure }),
      );
    }),
  );
}

/** `import { a as b }`, `export * as c` and `[Key in Keys as Other]` rename; they cast nothing. */
const withoutRenames = (code: string): string =>
  [/\b(?:import|export)\s+(?:type\s+)?(?:\{[^}]*\}|\*\s+as\s+[\w$]+)/g, /\[\s*[\w$]+\s+in\s[^\]]*\]/g].reduce(
    (text, rename) => text.replaceAll(rename, (found) => found.replaceAll(/[^\n]/g, ' ')),
    code,
  );
