import type { Catalog } from '../../capability/lookup.ts';
import type { Row } from '../../client/types.ts';
import type { Look } from '../health/look.ts';

/** What must hold on a router after a change, understood: plain data, made from a line of text by `parseCheck`. */
export interface DeclaredCheck {
  readonly kind: string;
  /** As it was written, in one spelling; also its name in results and snapshots. */
  readonly text: string;
  /** Required after a change only when it held before: what a capability asks of its own accord. */
  readonly ifHeld: boolean;
  readonly args: Row;
  /** For checks of rows: which rows, by wire name. */
  readonly where: Row;
}

/** What a kind of check makes of the words. */
export interface Understood {
  readonly args: Row;
  readonly where?: Row;
}

/** What was seen on the router. */
export interface Seen {
  readonly holds: boolean;
  /** What is there, in a few words; router text in it is cleaned and capped. */
  readonly seen: string;
}

/** One kind of check, as a file of `kinds/` declares it. */
export interface CheckKind {
  readonly kind: string;
  /** How it is written, for errors and help. */
  readonly form: string;
  /**
   * Undefined: these words are no check of this kind.
   * @throws InputError they are, and are wrong
   */
  understand(words: readonly string[], catalog: Catalog): Understood | undefined;
  /** One look; undefined where the router does not say. */
  look(look: Look, check: DeclaredCheck, catalog: Catalog): Promise<Seen | undefined>;
}

/** Declares a kind of check. */
export const defineCheck = (kind: CheckKind): CheckKind => Object.freeze(kind);

/** Do the words begin like this, whatever their case? */
export const startsWith = (words: readonly string[], ...start: readonly string[]): boolean =>
  start.every((word, at) => words[at]?.toLowerCase() === word);
/** Is the word at this place the one, whatever its case? */
export const saysAt = (words: readonly string[], at: number, word: string): boolean => words[at]?.toLowerCase() === word;
