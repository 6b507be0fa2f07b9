import { describe, expect, test } from 'vitest';
import { BugError } from '../../src/lib/core/errors.ts';
import { sealedMark } from '../../src/lib/core/sealed-mark.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import {
  heldSecrets,
  marksOf,
  onlySecrets,
  type Seal,
  type SecretPlace,
  sealNothing,
  secretNames,
  secretsGone,
  withSealed,
} from '../../src/lib/plan/sealed.ts';
import type { Change } from '../../src/lib/plan/types.ts';
import { menusWith } from './helpers.ts';

const ID = 'test-tunnels';
const KEY = 'preshared-key';
const menuWith = (...keys: readonly string[]) =>
  menusWith({ [ID]: keys.map((key, at) => ({ name: `t${at}`, [KEY]: key })) }).get(ID) ?? expect.fail('no menu');
const bare = (verb: Change['verb'], more: Partial<Change> = {}): Change => ({
  capability: ID,
  menu: '/test/tunnels',
  verb,
  row: '*1',
  label: 't0',
  before: {},
  after: {},
  secret: [],
  ...more,
});
const SEALED = { ref: '00000000-0000-4000-8000-000000000000', mac: 'm' };

describe('putting a secret away', () => {
  type Asked = [place: SecretPlace, value: string, held: string | undefined];
  function asked(change: Change, keys: readonly string[], secrets: Readonly<Record<string, Secret>> = { [KEY]: new Secret('new') }) {
    const calls: Asked[] = [];
    const seal: Seal = (place, value, held) => {
      calls.push([place, value.reveal(), held?.reveal()]);
      return { ...SEALED, ref: place.wire };
    };
    return { calls, change: withSealed(change, secrets, seal, menuWith(...keys)) };
  }

  test('says where it is to stand, and what that row has there now', () => {
    expect(asked(bare('set', { row: '*2' }), ['one', 'two']).calls).toEqual([
      [{ menu: '/test/tunnels', row: '*2', wire: KEY }, 'new', 'two'],
    ]);
  });

  test('knows no value of before where the router shows none, or the row is another', () => {
    expect(asked(bare('set'), ['*****']).calls[0]?.[2]).toBeUndefined();
    expect(asked(bare('set', { row: '*9' }), ['one']).calls[0]?.[2]).toBeUndefined();
    // A row that is added has none, whatever stands under its id.
    expect(asked(bare('add'), ['one']).calls[0]?.[2]).toBeUndefined();
  });

  test('leaves names in the change, in one order, and no value', () => {
    const secrets = { z: new Secret('last'), a: new Secret('first') };
    const { change } = asked(bare('set'), ['one'], secrets);
    expect(change).toMatchObject({ secret: ['a', 'z'], sealed: { a: { ref: 'a' }, z: { ref: 'z' } } });
    expect(JSON.stringify(change)).not.toMatch(/last|first/);
  });

  test('leaves a change without secrets as it is', () => {
    const change = bare('set');
    expect(asked(change, ['one'], {}).change).toBe(change);
  });

  test('is our mistake where nothing can keep it', () => {
    const refused = () => sealNothing({ menu: '/test/tunnels', row: '*1', wire: KEY }, new Secret('hunter2'));
    expect(refused).toThrow(BugError);
    expect(refused).toThrow('A secret was planned where nothing can keep it.');
  });
});

test('a mark stands for each sealed value, and nothing for none', () => {
  expect(marksOf(bare('set', { sealed: { [KEY]: SEALED } }))).toEqual({ [KEY]: sealedMark(SEALED.ref) });
  expect(marksOf(bare('set'))).toEqual({});
});

test('a set of nothing but secrets has no way back; anything else has some', () => {
  const sealed = { [KEY]: SEALED };
  expect(onlySecrets(bare('set', { sealed }))).toBe(true);
  expect(onlySecrets(bare('set', { sealed, before: null, after: null }))).toBe(true);
  expect(onlySecrets(bare('set', { sealed, after: { comment: 'x' } }))).toBe(false);
  expect(onlySecrets(bare('set', { sealed, before: { comment: 'x' } }))).toBe(false);
  expect(onlySecrets(bare('add', { sealed }))).toBe(false);
  expect(onlySecrets(bare('set'))).toBe(false);
});

test('what goes for good is named', () => {
  expect(secretsGone(['a', 'b'])).toEqual(['a is secret and would not be restored', 'b is secret and would not be restored']);
  expect(secretsGone([])).toEqual([]);
});

test('secrets are called by the names that their capability declares', () => {
  expect(secretNames(menuWith('one'), bare('set', { sealed: { [KEY]: SEALED } }))).toEqual(['presharedKey']);
  expect(secretNames(menuWith('one'), bare('set'))).toEqual([]);
  expect(secretNames(menuWith('one'), bare('set', { sealed: { comment: SEALED, [KEY]: SEALED } }))).toEqual(['presharedKey', 'comment']);
});

describe('what the secrets of a row say of themselves', () => {
  const two = bare('set', { sealed: { [KEY]: SEALED, name: SEALED } });
  const one = bare('set', { sealed: { [KEY]: SEALED } });
  const menu = (held: Readonly<Record<string, string>>) => ({
    ...menuWith('x'),
    held: new Map([['*1', Object.fromEntries(Object.entries(held).map(([wire, text]) => [wire, new Secret(text)]))]]),
  });
  /** What is held says itself what it is. */
  const judge = (_: Change, __: string, held: Secret) => held.reveal() as 'sent' | 'before' | 'other';

  test.each([
    ['one that can be read: what it is', one, { [KEY]: 'sent' }, 'sent'],
    ['the same, as before', one, { [KEY]: 'before' }, 'before'],
    ['two that are alike', two, { [KEY]: 'before', name: 'before' }, 'before'],
    ['two of which one was sent: neither', two, { [KEY]: 'sent', name: 'before' }, 'other'],
    ['two of which one cannot be read: what the other is', two, { name: 'sent' }, 'sent'],
    ['none that can be read', two, { comment: 'sent' }, 'unseen'],
    ['none that was set', bare('set'), { [KEY]: 'sent' }, 'unseen'],
  ] as const)('%s', (_, change, held, verdict) => expect(heldSecrets(change, menu(held), '*1', judge)).toBe(verdict));

  test('nothing without somebody who can tell, of a row that shows none, or where nothing is held at all', () => {
    expect(heldSecrets(one, menu({ [KEY]: 'sent' }), '*1')).toBe('unseen');
    expect(heldSecrets(one, menu({ [KEY]: 'sent' }), '*2', judge)).toBe('unseen');
    expect(heldSecrets(one, menuWith('*****'), '*1', judge)).toBe('unseen');
  });

  test('each is judged under its own name', () => {
    const seen: string[] = [];
    heldSecrets(two, menu({ [KEY]: 'sent', name: 'other' }), '*1', (change, wire, held) => {
      seen.push(`${change.row} ${wire} ${held.reveal()}`);
      return 'sent';
    });
    expect(seen).toEqual([`*1 ${KEY} sent`, '*1 name other']);
  });
});
