import { expect, test } from 'vitest';
import { RouterError } from '../../src/lib/core/errors.ts';
import { Failure, rolledBack } from '../../src/lib/plan/outcome.ts';
import { NOW } from './helpers.ts';

const failure = new Failure(new RouterError('The router refused: add /ip/dns.'));

test('a rollback does not say that everything is back when the plan called part of it lost', () => {
  expect(rolledBack(failure, [], false, NOW).summary).toContain('Everything was put back');
  const { state, summary } = rolledBack(failure, [], true, NOW);
  expect([state, summary.includes('Everything')]).toEqual(['rolled-back', false]);
  expect(summary).toContain('lost was not');
});
