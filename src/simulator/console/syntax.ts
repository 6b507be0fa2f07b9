import type { Value } from './value.ts';

/** An expression. */
export type Node =
  | { readonly kind: 'value'; readonly value: Value }
  /** A quoted text with something to be worked out in it. */
  | { readonly kind: 'text'; readonly parts: readonly (string | Node)[] }
  | { readonly kind: 'variable'; readonly name: string }
  /** `[...]`: what its last command returns. */
  | { readonly kind: 'code'; readonly block: Block }
  | { readonly kind: 'array'; readonly members: readonly MemberNode[] }
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Node[] }
  /** `{...}` where commands are expected. */
  | { readonly kind: 'closure'; readonly block: Block };

export interface MemberNode {
  readonly key?: string;
  readonly value: Node;
}

export interface Block {
  readonly statements: readonly Statement[];
  /** The menu it was read in, when it starts with an empty line: the console notes that as a step of its own. */
  readonly opening?: string;
}

export interface Argument {
  readonly name: string;
  /** Left out for `name` alone and for `!name`. */
  readonly value?: Node;
  readonly negated?: true;
}

export interface Command {
  readonly kind: 'command';
  /** `/ip/address`, or `/` for the commands of everywhere. */
  readonly menu: string;
  readonly name: string;
  readonly line: number;
  readonly arguments: readonly Argument[];
  /** Conditions, all of which must hold. */
  readonly where?: readonly Node[];
  /** What is wrong with it, found while reading and said when it runs. */
  readonly problem?: string;
}

export type Statement =
  | Command
  | { readonly kind: 'enter'; readonly menu: string }
  | { readonly kind: 'scope'; readonly menu: string | undefined; readonly block: Block }
  | { readonly kind: 'call'; readonly target: Node; readonly line: number; readonly arguments: readonly Argument[] }
  /** A command nobody knows: an error once it is its turn. */
  | { readonly kind: 'unknown'; readonly message: string; readonly words: readonly string[] };
