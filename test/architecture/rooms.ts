import type { Violation } from './check.ts';
import { type Import, packageOf, type Source } from './imports.ts';
import { FACES, type Room, TABLE } from './table.ts';

const AMEND = 'or amend the table (test/architecture/table.ts) with a decision in docs/decisions/';

export const roomOf = (file: string): Room | undefined =>
  TABLE.filter(({ at }) => (at.endsWith('/') ? file.startsWith(at) : file === at)).toSorted((a, b) => b.at.length - a.at.length)[0];

/** Every file has a room, and imports what its room may. */
export function rooms(sources: readonly Source[]): readonly Violation[] {
  return sources.flatMap((source) => {
    const room = roomOf(source.file);
    if (room === undefined) {
      const message = `belongs to no room; move it to one of ${TABLE.map(({ at }) => at).join(', ')}, ${AMEND}`;
      return [{ rule: 'room', file: source.file, line: 1, message }];
    }
    return source.imports.flatMap((one) => judge(source.file, room, one));
  });
}

function judge(file: string, room: Room, one: Import): readonly Violation[] {
  const violation = (rule: Violation['rule'], message: string): readonly Violation[] => [{ rule, file, line: one.line, message }];
  if (one.kind === 'computed') return violation('import', 'imports a computed name, which nobody can check; write it as a plain string');
  if (one.target === undefined) {
    if (mayUse(room, file, one.specifier)) return [];
    return violation(
      'import',
      `imports ${one.specifier}; ${rights(room)}; ${cure(usersOf(one.specifier), `they may import ${packageOf(one.specifier)}`)}`,
    );
  }
  const target = roomOf(one.target);
  if (target === undefined) return violation('import', `imports ${one.target}, which is in no room; ${rights(room)}; ${cure([], '')}`);
  const [from, to] = [face(file), face(one.target)];
  if (room.name !== 'bin' && from !== undefined && to !== undefined && from !== to) {
    return violation('face', `imports ${one.target}: one face imports another; what two faces need belongs into src/lib/`);
  }
  if (target === room) {
    if (!room.apart) return [];
    return violation(
      'import',
      `imports ${one.target}; the files of ${room.name} do not import each other; ${cure(['kit'], 'both may import it')}`,
    );
  }
  const right = rightTo(room, target, one.target);
  if (right === 'all' || (right === 'types' && one.typeOnly)) return [];
  if (right === 're-exports' && (one.typeOnly || one.kind === 're-export')) return [];
  const only = { types: 'of that room types only: write `import type`; ', 're-exports': 'a door only re-exports: ', none: '', all: '' }[
    right
  ];
  return violation(
    'import',
    `imports ${one.target}; ${only}${rights(room)}; ${cure(importersOf(target, one.target), `they may import ${target.name}`)}`,
  );
}

const face = (file: string): string | undefined => FACES.find((at) => file.startsWith(at));

type Right = 'all' | 're-exports' | 'types' | 'none';

function rightTo(room: Room, target: Room, file: string): Right {
  if (room.may.includes(target.name) || room.may.includes(file.replace(/^src\/lib\//, ''))) return 'all';
  const limits = ['re-exports', 'types'] as const;
  return limits.find((limit) => room.may.includes(`${target.name} (${limit})`)) ?? 'none';
}

function mayUse(room: Room, file: string, specifier: string): boolean {
  return room.packages.some((entry) => {
    const [pattern = '', only] = entry.split(' in ');
    const name = packageOf(specifier);
    const fits = pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
    return fits && (only === undefined || only === file);
  });
}

function rights(room: Room): string {
  const limited = room.may.filter((name) => name.endsWith(' (re-exports)')).length;
  const names = [...room.may.slice(0, room.may.length - limited), ...(limited > 0 ? ['every room of src/lib (re-exports)'] : [])];
  const outside = room.packages.length > 0 ? `from outside ${room.packages.join(', ')}` : 'nothing from outside';
  return `room ${room.name} may import ${names.join(', ') || 'no other room'}; ${outside}`;
}

const importersOf = (target: Room, file: string): readonly string[] =>
  TABLE.filter((room) => room === target || rightTo(room, target, file) === 'all').map(({ name }) => name);

const usersOf = (specifier: string): readonly string[] =>
  TABLE.flatMap((room) => {
    const entry = room.packages.find((one) => mayUse({ ...room, packages: [one] }, one.split(' in ')[1] ?? '', specifier));
    return entry === undefined ? [] : [entry.split(' in ')[1] ?? room.name];
  });

const few = (names: readonly string[]): string => (names.length > 6 ? `${names.slice(0, 6).join(', ')} ...` : names.join(', '));

const cure = (candidates: readonly string[], what: string): string =>
  candidates.length === 0 ? `move the code, ${AMEND}` : `move the code to ${few(candidates)} (${what}), ${AMEND}`;
