import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { Secret } from '../../src/lib/core/secret.ts';

const TEXT = 'hunter2-Zx81';
const secret = new Secret(TEXT);

const SHOWN: Readonly<Record<string, () => unknown>> = {
  'as text': () => String(secret),
  'in a template': () => `${secret}`,
  'joined to a text': () => ['password=', secret].reduce((all, part) => all + String(part), ''),
  'in a list': () => [secret, secret].join(),
  'as JSON': () => JSON.stringify({ a: secret, b: [secret] }),
  inspected: () => inspect(secret),
  'inspected to the bottom': () => inspect({ deep: { secret } }, { depth: null, showHidden: true, getters: true }),
  'inspected without its own word': () => inspect(secret, { customInspect: false, showHidden: true }),
  'formatted as %s': () => format('%s', secret),
  'formatted as %o': () => format('%o', secret),
  'formatted as %O': () => format('%O', secret),
  'formatted as %j': () => format('%j', { secret }),
  'by its members': () =>
    [Object.entries(secret), Object.getOwnPropertyNames(secret), JSON.stringify(Object.getOwnPropertyDescriptors(secret))].flat(3).join(),
  'spread into another': () => JSON.stringify({ ...secret }),
  'copied by structure': () => inspect(structuredClone(secret), { showHidden: true }),
  serialised: () => serialize({ secret }).toString('latin1'),
  'in the words of an error': () => inspect(new Error(`no: ${secret}`, { cause: secret }), { depth: null }),
  'as a key': () => JSON.stringify({ [`${secret}`]: 1 }),
  'by its locale': () => secret.toLocaleString(),
};

for (const [how, show] of Object.entries(SHOWN)) test(`a secret never prints ${how}`, () => expect(show()).not.toContain(TEXT));

test('it says that it is one', () => {
  expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual(['[secret]', '"[secret]"', '[secret]']);
});

test('its text is had by asking for it', () => expect(secret.reveal()).toBe(TEXT));
