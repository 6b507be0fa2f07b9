import type { z } from 'zod';

/** The name of a kind and what a generator of test values or a form needs to know about it. */
export type KindShape =
  /** `min` is 1 for text that is never empty. */
  | { readonly name: 'text'; readonly max: number; readonly min?: number }
  | { readonly name: 'flag' }
  | { readonly name: 'integer'; readonly min: number; readonly max: number; readonly words: readonly string[] }
  | { readonly name: 'counter' }
  /** `several`: any number of the words at once, comma-joined. */
  | { readonly name: 'enum'; readonly values: readonly string[]; readonly several?: true }
  | { readonly name: 'duration'; readonly words: readonly string[] }
  | { readonly name: 'time' }
  | { readonly name: 'address' }
  | { readonly name: 'prefix' }
  | { readonly name: 'network' }
  | { readonly name: 'host' }
  | { readonly name: 'mac' }
  | { readonly name: 'ports' }
  | { readonly name: 'negatable'; readonly of: KindShape }
  | { readonly name: 'list'; readonly of: KindShape; readonly sequence: boolean };

/**
 * A kind of value: how RouterOS writes it, how we hold it, what a caller may give.
 * `decode` answers undefined for text that it does not understand; such text is kept under `extra`, never guessed.
 */
export interface Kind<Value = unknown> {
  readonly shape: KindShape;
  readonly schema: z.ZodType<Value>;
  /** A value a person could type, shown in errors and in help. */
  readonly example: string;
  /** What is allowed, in words: "an IP address". */
  readonly allowed: string;
  /** What RouterOS means by leaving the field out, as wire text: `no` for flags, empty for text; undefined means "not set". */
  readonly absent?: string;
  decode(text: string): Value | undefined;
  encode(value: Value): string;
}

/** What every field says about itself, once; every face and the plan engine read it here. */
export interface FieldTraits {
  /** One sentence, shown by every face. */
  readonly about: string;
  /** Must be given to add a row, and cannot be taken away from one; on a menu without `add` it says only the latter. */
  readonly required?: boolean;
  /** The router owns it: read, never written. */
  readonly readOnly?: boolean;
  /** Changes by itself: kept out of diffs and fingerprints. */
  readonly live?: boolean;
  /** Never in output, plan, log or audit. A field whose name looks like a key or password must say yes or no. */
  readonly secret?: boolean;
  /** A value a person could type, where the kind's own says little: `ether1`. */
  readonly example?: string;
  /** Place in a table; absent means detail view only. */
  readonly column?: number;
  /** The name on the wire where it is not the kebab-case of the field's own; by version, newest first, where it was renamed. */
  readonly wire?: string | readonly { readonly from?: string; readonly name: string }[];
  /** RouterOS versions that have the field: from this one on; before this one. */
  readonly from?: string;
  readonly until?: string;
  /**
   * The wire text RouterOS means when the field is missing, where that is not the kind's own. It must be what a new row has too: such a
   * text is not written when a removed row is put back.
   */
  readonly fallback?: string;
}

export interface Field<Value = unknown> {
  readonly kind: Kind<Value>;
  readonly traits: FieldTraits;
}

export type Fields = Readonly<Record<string, Field>>;
export type ValueOf<F> = F extends Field<infer Value> ? Value : never;
/** What one row means: typed values under the capability's own names. */
export type Item<F extends Fields = Fields> = { readonly [K in keyof F]?: ValueOf<F[K]> };

/** A field of such a name must say whether it is secret; one that nobody declared is taken for it. */
export const looksSecret = (name: string): boolean => /key|password|secret|passphrase|token|community/i.test(name);

export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A field of a kind: the call by which catalog files declare one. */
export const fieldOf =
  <Value>(kind: Kind<Value>) =>
  (traits: FieldTraits): Field<Value> =>
    Object.freeze({ kind: Object.freeze(withExample(kind, traits)), traits: Object.freeze(canonicalFallback(kind, traits)) });

const withExample = <Value>(kind: Kind<Value>, { example }: FieldTraits): Kind<Value> =>
  example === undefined ? kind : { ...kind, example };

/** What stands for a missing field is compared with canonical text, so it is kept as such: the members of a set sorted. */
function canonicalFallback<Value>(kind: Kind<Value>, traits: FieldTraits): FieldTraits {
  const value = traits.fallback === undefined ? undefined : kind.decode(traits.fallback);
  return value === undefined ? traits : { ...traits, fallback: kind.encode(value) };
}
