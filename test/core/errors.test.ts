import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  asFleetError,
  BugError,
  ConfigError,
  DeniedError,
  ERROR_CODES,
  type ErrorCode,
  FleetError,
  InputError,
  RouterError,
  StaleError,
  StoreError,
  UnreachableError,
} from '../../src/lib/core/errors.ts';

/** Scripts build on the codes: one that is renamed or changes its class breaks them. */
const PINNED: unknown = JSON.parse(readFileSync(path.join(import.meta.dirname, 'error-codes.pin.json'), 'utf8'));

test('the codes and their classes are as pinned', () => expect(ERROR_CODES).toEqual(PINNED));

const CLASSES: readonly (readonly [new (message: string) => FleetError, string, ErrorCode, string, boolean])[] = [
  [InputError, 'InputError', 'INVALID_INPUT', 'input', false],
  [ConfigError, 'ConfigError', 'CONFIG_INVALID', 'config', false],
  [DeniedError, 'DeniedError', 'DENIED', 'denied', false],
  [StaleError, 'StaleError', 'STALE', 'stale', false],
  [UnreachableError, 'UnreachableError', 'UNREACHABLE', 'unreachable', true],
  [RouterError, 'RouterError', 'ROUTER_REFUSED', 'router', false],
  [StoreError, 'StoreError', 'STORE_FAILED', 'store', false],
  [BugError, 'BugError', 'BUG', 'bug', false],
];

for (const [Class, name, code, kind, retryable] of CLASSES) {
  test(`${name}: its code, its class, and whether to try again`, () => {
    const error = new Class('Something.');
    expect(error).toBeInstanceOf(FleetError);
    expect([error.name, error.code, error.kind, error.retryable, error.message, error.details]).toEqual([
      name,
      code,
      kind,
      retryable,
      'Something.',
      {},
    ]);
  });
}

test('a code may be said, with a hint, details and a cause that is not shown', () => {
  const error = new UnreachableError('No answer.', {
    code: 'LOGIN_REFUSED',
    retryable: false,
    hint: 'Check it.',
    details: { status: 401 },
    cause: new Error('password=x'),
  });
  expect(error).toMatchObject({ code: 'LOGIN_REFUSED', kind: 'unreachable', retryable: false, hint: 'Check it.' });
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    code: 'LOGIN_REFUSED',
    message: 'No answer.',
    hint: 'Check it.',
    retryable: false,
    details: { status: 401 },
  });
  expect(new DeniedError('x', { code: 'APPROVAL_EXPIRED' }).kind).toBe('approval');
});

test('what we did not throw ourselves is a fault of ours, without its words', () => {
  const own = new InputError('Mine.');
  expect(asFleetError(own)).toBe(own);
  for (const thrown of [new TypeError('secret words'), 'secret words', null, undefined, { message: 'secret words' }]) {
    const error = asFleetError(thrown);
    expect([error.code, error.kind, error.cause ?? null]).toEqual(['BUG', 'bug', thrown ?? null]);
    expect(JSON.stringify(error)).not.toContain('secret words');
  }
});
