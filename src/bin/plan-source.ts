import { readFileSync, type Stats, statSync } from 'node:fs';
import { PLAN_FILE_LARGEST, type Plan, planFileTooLarge, readPlanFile } from '../lib/index.ts';
import { UsageError } from './failure.ts';

/** What a command was given for a plan: the id of one in the store, or a file with one. */
export type PlanSource =
  | { readonly kind: 'id'; readonly planId: string }
  /** `document` is what the library takes for the file. */
  | { readonly kind: 'file'; readonly plan: Plan; readonly document: unknown };

/**
 * A word that looks like an id is one; every other is a file, if there is one of that name.
 * @throws InputError the file holds no plan; UsageError it cannot be read
 */
export function planSource(word: string): PlanSource {
  const found = /^pln_[0-9a-z]*$/.test(word) ? undefined : statOf(word);
  if (!found) return { kind: 'id', planId: word };
  if (!found.isFile()) throw unreadable('It is no file.');
  // No character takes less than a byte, and hardly one of a plan takes more.
  if (found.size > PLAN_FILE_LARGEST) throw planFileTooLarge();
  const plan = readPlanFile(contentOf(word));
  return { kind: 'file', plan, document: { format: 1, note: '', plan } };
}

function statOf(word: string): Stats | undefined {
  try {
    return statSync(word, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw unreadable('See whether you may read it.');
  }
}

const unreadable = (hint: string): UsageError => new UsageError('The plan file cannot be read.', hint);
