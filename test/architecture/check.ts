import { ceilings } from './ceilings.ts';
import type { Exception } from './exceptions.ts';
import { cycles, ways, writerLeaks } from './graph.ts';
import { readSource } from './imports.ts';
import { rooms } from './rooms.ts';
import { style } from './style.ts';

export const RULES = [
  'room',
  'import',
  'face',
  'cycle',
  'approve',
  'writer',
  'ceiling',
  'any',
  'non-null',
  'cast',
  'default',
  'quiet',
  'exception',
] as const;
export type Rule = (typeof RULES)[number];

export interface Violation {
  readonly rule: Rule;
  readonly file: string;
  readonly line: number;
  /** What is wrong and its cure, without the place. */
  readonly message: string;
}

/**
 * Every way in which a tree breaks the architecture.
 *
 * @param files the texts of `src/**` by path from the root of the project, with forward slashes
 * @param exceptions what is let through, each with its reason
 */
export function check(files: ReadonlyMap<string, string>, exceptions: readonly Exception[] = []): readonly Violation[] {
  const sources = [...files].map(([file, text]) => readSource(file, text));
  const all = [rooms, cycles, ways, writerLeaks, ceilings, style].flatMap((part) => part(sources));
  const excepted = (one: Violation): boolean => exceptions.some(({ rule, file }) => rule === one.rule && file === one.file);
  const unneeded = exceptions
    .filter(({ rule, file }) => !all.some((one) => one.rule === rule && one.file === file))
    .map(({ rule, file }): Violation => {
      const message = `the exception from the rule "${rule}" is not needed any more; take it out of test/architecture/exceptions.ts`;
      return { rule: 'exception', file, line: 1, message };
    });
  return [...all.filter((one) => !excepted(one)), ...unneeded];
}

/** One line for a person. */
export const show = (one: Violation): string => `${one.file}:${one.line} [${one.rule}] ${one.message}`;
