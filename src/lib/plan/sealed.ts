import { wireName } from '../capability/codec.ts';
import { BugError } from '../core/errors.ts';
import { sealedMark } from '../core/sealed-mark.ts';
import type { Secret } from '../core/secret.ts';
import type { Menu } from './menu.ts';
import type { Change, Sealed } from './types.ts';

/** Where a secret is to stand on a router. */
export interface SecretPlace {
  readonly menu: string;
  /** As in `Change`: an id, `#n`, or empty for a singleton. */
  readonly row: string;
  readonly wire: string;
}

/**
 * Puts a secret away, and says by what it is known from then on.
 * @param held what the router has there now, where its account may read that
 */
export type Seal = (place: SecretPlace, value: Secret, held?: Secret) => Sealed;

/** Where nobody may plan a secret. */
export const sealNothing: Seal = () => {
  throw new BugError('A secret was planned where nothing can keep it.');
};

/** Is what a router holds the value that was sent, the one before it, or neither? Digests are compared, never values. */
export type SecretJudge = (change: Change, wire: string, held: Secret) => 'sent' | 'before' | 'other';

/** Secrets by wire name. */
export type Secrets = Readonly<Record<string, Secret>>;

/** A change with its secrets put away: names in `secret`, references in `sealed`, values nowhere. */
export function withSealed(change: Change, secrets: Secrets, seal: Seal, menu: Menu): Change {
  const wires = Object.keys(secrets).sort();
  if (wires.length === 0) return change;
  const sealed = wires.flatMap((wire): [string, Sealed][] => {
    const value = secrets[wire];
    if (!value) return [];
    const held = change.verb === 'set' ? menu.held?.get(change.row)?.[wire] : undefined;
    return [[wire, seal({ menu: change.menu, row: change.row, wire }, value, held)]];
  });
  return { ...change, secret: wires, sealed: Object.fromEntries(sealed) };
}

/** What stands for the secrets of a change in its requests. */
export const marksOf = ({ sealed = {} }: Change): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(sealed).map(([wire, { ref }]) => [wire, sealedMark(ref)]));

/** A set of nothing but secrets: there is no way back from it, since what was there before is not kept. */
export const onlySecrets = ({ verb, before, after, sealed }: Change): boolean =>
  verb === 'set' && sealed !== undefined && Object.keys({ ...before, ...after }).length === 0;

/** What a plan says of secrets that go, or are written over. */
export const secretsGone = (wires: readonly string[]): readonly string[] =>
  wires.map((wire) => `${wire} is secret and would not be restored`);

/** The fields of a capability behind the secrets of a change, by their declared names. */
export const secretNames = ({ capability, version }: Menu, { sealed = {} }: Change): readonly string[] =>
  Object.entries(capability.fields).flatMap(([name, field]) => (wireName(name, field, version) in sealed ? [name] : []));

/** What the secrets of a row say of themselves; `unseen` where none can be read. */
export function heldSecrets(change: Change, menu: Menu, rowId: string, judge?: SecretJudge): 'sent' | 'before' | 'other' | 'unseen' {
  const held = menu.held?.get(rowId) ?? {};
  const verdicts = Object.keys(change.sealed ?? {}).flatMap((wire) => {
    const there = held[wire];
    return there && judge ? [judge(change, wire, there)] : [];
  });
  const [first, ...rest] = new Set(verdicts);
  if (first === undefined) return 'unseen';
  return rest.length === 0 ? first : 'other';
}
