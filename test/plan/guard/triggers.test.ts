import { describe, expect, test } from 'vitest';
import { bootSource, jobSource, nameOf } from '../../../src/lib/plan/guard/names.ts';
import { consoleBench } from '../../simulator/console-bench.ts';

const NAME = nameOf('0123456789');

describe('what a trigger does', () => {
  /** A router with a script that writes a line into the log. */
  const withScript = (comment: string) => {
    const bench = consoleBench();
    bench.ask('PUT', '/system/script', { name: NAME, source: ':log warning "it ran"', policy: 'read,write,test', comment });
    const runs = (): number => bench.rows('/log').filter((row) => row['message'] === 'it ran').length;
    return { bench, runs };
  };

  test('the job runs the script after its time, once', () => {
    const { bench, runs } = withScript('armed');
    bench.ask('POST', '/execute', { script: jobSource(NAME, 90) });
    bench.pass(89_000);
    expect(runs()).toBe(0);
    bench.pass(1_000);
    expect(runs()).toBe(1);
    bench.pass(3_600_000);
    expect(runs()).toBe(1);
  });

  test.each(['fired', 'done', 'x'])('the job leaves a script alone that says %j', (comment) => {
    const { bench, runs } = withScript(comment);
    bench.ask('POST', '/execute', { script: jobSource(NAME, 90) });
    bench.pass(90_000);
    expect(runs()).toBe(0);
  });

  test.each([
    ['armed', 1],
    ['fired', 1],
    ['done', 0],
  ])('after a restart a script that says %j runs %i times', (comment, times) => {
    const { bench, runs } = withScript(comment);
    bench.ask('POST', '/execute', { script: bootSource(NAME, 90) });
    bench.pass(89_000);
    expect(runs()).toBe(0);
    bench.pass(1_000);
    expect(runs()).toBe(times);
  });
});
