import { expect, test } from 'vitest';
import { BugError } from '../../src/lib/core/errors.ts';
import { NO_GUARD } from '../../src/lib/plan/no-guard.ts';
import type { Change } from '../../src/lib/plan/types.ts';

const send = () => Promise.reject(new Error('nothing is sent to a router without a guard'));

test('a router without a guard has nothing on it, nothing to sweep, and is not armed', async () => {
  expect(NO_GUARD.armed).toBe(false);
  expect(await NO_GUARD.state()).toBe('absent');
  expect(await NO_GUARD.sweep(send)).toBeUndefined();
});

test('whoever relies on it all the same is told, and does not take it for done', async () => {
  const attempts = [
    NO_GUARD.arm(send),
    NO_GUARD.keep(),
    NO_GUARD.know(send, {} as Change, '*1'),
    NO_GUARD.disarm(send),
    NO_GUARD.fire(send),
    NO_GUARD.await(),
  ];
  for (const attempt of attempts) await expect(attempt).rejects.toThrow(new BugError('This target has no guard.'));
});
