import path from 'node:path';
import { lineAt, mask } from './mask.ts';

export interface Source {
  /** From the root of the project, with forward slashes. */
  readonly file: string;
  readonly text: string;
  /** The text with all but code blanked. */
  readonly code: string;
  readonly imports: readonly Import[];
}

export interface Import {
  readonly line: number;
  /** As it is written; empty when it is computed. */
  readonly specifier: string;
  /** The file it means, for relative specifiers. */
  readonly target?: string;
  readonly kind: 'static' | 're-export' | 'dynamic' | 'computed';
  /** Gone when the program runs. `import { type A }` is not: its module is still loaded. */
  readonly typeOnly: boolean;
  /** What is imported: `{ a, type B }`, `* as c`; empty for a dynamic or bare import. */
  readonly clause: string;
}

const STATIC =
  /\bimport\s+(type\s+)?(?:([^;'"()]*?)\s*\bfrom\s*)?['"]|\bexport\s+(type\s+)?(\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})\s*from\s*['"]/g;
const DYNAMIC = /(\btypeof\s+)?(?<![.\w$])(?:import|require)\s*\(\s*(['"])?/g;

/** What the checks need to know of one file. */
export function readSource(file: string, text: string): Source {
  const code = mask(text, file.endsWith('x'));
  const found = [...statics(file, text, code), ...dynamics(file, text, code)];
  return { file, text, code, imports: found.sort((a, b) => a.line - b.line) };
}

function statics(file: string, text: string, code: string): readonly Import[] {
  return [...code.matchAll(STATIC)].map((match) => {
    const [all, importsType, clause, exportsType, exported] = match;
    return {
      ...named(file, text, match.index + all.length),
      line: lineAt(text, match.index),
      kind: exported === undefined ? 'static' : 're-export',
      typeOnly: importsType !== undefined || exportsType !== undefined,
      clause: clause ?? exported ?? '',
    };
  });
}

function dynamics(file: string, text: string, code: string): readonly Import[] {
  return [...code.matchAll(DYNAMIC)].map((match) => {
    const [all, asType, quote] = match;
    const name = quote === undefined ? { specifier: '' } : named(file, text, match.index + all.length);
    const kind = quote === undefined ? 'computed' : 'dynamic';
    return { ...name, line: lineAt(text, match.index), kind, typeOnly: asType !== undefined, clause: '' };
  });
}

/** The specifier that begins at a place, right after its quote. */
function named(file: string, text: string, start: number): Pick<Import, 'specifier' | 'target'> {
  const specifier = text.slice(start, text.indexOf(text.charAt(start - 1), start));
  return specifier.startsWith('.') ? { specifier, target: path.posix.join(path.posix.dirname(file), specifier) } : { specifier };
}

/** The package of a specifier: `@scope/name/deep` -> `@scope/name`, `node:fs/promises` -> `node:fs`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
