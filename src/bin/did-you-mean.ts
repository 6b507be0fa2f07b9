import { nearest } from '../lib/core/nearest.ts';
import type { Failure } from './failure.ts';

const UNKNOWN = ['UNKNOWN_CAPABILITY', 'UNKNOWN_FIELD', 'UNKNOWN_DEVICE'];

/** A name the library does not know, with the one that was probably meant: the library knows the names, we know what was typed. */
export function didYouMean(failure: Failure, argv: readonly string[]): Failure {
  const known = failure.details['allowed'] ?? failure.details['known'];
  if (!UNKNOWN.includes(failure.code) || !Array.isArray(known)) return failure;
  const names = known.map(String);
  const typed = argv.map((word) => word.replace(/^--[\w-]+=/, '').split('=', 1)[0] ?? '');
  const like = typed
    .filter((word) => word !== '' && !word.startsWith('-') && !names.includes(word))
    .map((word) => nearest(word, names))
    .find((name) => name !== undefined);
  if (like === undefined) return failure;
  return { ...failure, hint: `Did you mean ${like}? ${failure.hint}`, details: { ...failure.details, nearest: like } };
}
