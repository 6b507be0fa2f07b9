import type { Violation } from './check.ts';
import { functions } from './functions.ts';
import type { Source } from './imports.ts';
import { roomOf } from './rooms.ts';
import { CEILINGS } from './table.ts';

const EXCEPT = 'or give its reason in test/architecture/exceptions.ts';

/** Files and functions that a reader can hold in the head. */
export function ceilings(sources: readonly Source[]): readonly Violation[] {
  return sources.flatMap((source) => {
    const room = roomOf(source.file);
    if (room?.generated) return [];
    return [...(room?.name === 'catalog' ? catalogFile(source) : file(source)), ...functionsOf(source)];
  });
}

const linesOf = (text: string): number => text.replace(/\n$/, '').split('\n').length;

function file({ file, text }: Source): readonly Violation[] {
  const lines = linesOf(text);
  if (lines <= CEILINGS.file) return [];
  const message = `has ${lines} lines, more than ${CEILINGS.file}; split it by idea, ${EXCEPT}`;
  return [{ rule: 'ceiling', file, line: CEILINGS.file + 1, message }];
}

function catalogFile({ file, text, code }: Source): readonly Violation[] {
  const lines = linesOf(text) - fieldLines(code);
  if (lines <= CEILINGS.catalog) return [];
  const message = `has ${lines} lines beside its fields, more than ${CEILINGS.catalog}; move shared groups to the kit, ${EXCEPT}`;
  return [{ rule: 'ceiling', file, line: 1, message }];
}

/** Lines between the braces of `fields: { ... }`. */
function fieldLines(code: string): number {
  return [...code.matchAll(/\bfields\s*:\s*\{/g)].reduce((sum, match) => {
    let depth = 0;
    for (let at = match.index + match[0].length - 1; at < code.length; at += 1) {
      if (code[at] === '{') depth += 1;
      if (code[at] === '}') depth -= 1;
      if (depth === 0) return sum + Math.max(0, code.slice(match.index, at).split('\n').length - 2);
    }
    return sum;
  }, 0);
}

function functionsOf({ file, code }: Source): readonly Violation[] {
  return functions(code)
    .filter(({ lines }) => lines > CEILINGS.function)
    .map(({ name, line, lines }): Violation => {
      const message = `${name} has ${lines} lines, more than ${CEILINGS.function}; give its parts names, ${EXCEPT}`;
      return { rule: 'ceiling', file, line, message };
    });
}
