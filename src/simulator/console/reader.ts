import type { Grammar } from './grammar.ts';
import type { Cursor } from './source.ts';
import type { Block, Node } from './syntax.ts';

/** What all parts of the parser share. */
export interface Reader {
  readonly cursor: Cursor;
  readonly grammar: Grammar;
  /** Reads commands up to the closing sign, which it takes; commands without a path of their own belong to `menu`. */
  block(menu: string, closer: ']' | '}'): Block;
  /** Reads an expression up to the closing bracket, which it takes. */
  bracketed(menu: string): Node;
}
