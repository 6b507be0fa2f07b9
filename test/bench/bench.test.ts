import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { findRows } from '../../bench/kit/find-rows.ts';

const program = path.resolve(import.meta.dirname, '../../bench/run.ts');
const run = (...flags: readonly string[]) => promisify(execFile)(process.execPath, [program, ...flags]);

describe('the rows', () => {
  test('are found by being there, in the order of their numbers', async () => {
    const ids = (await findRows()).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['P1', 'P2', 'P4', 'P8', 'P9']));
    expect(ids).toEqual(ids.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the program', () => {
  test('measures one row, ours beside the bare program, and prints it', async () => {
    const { stdout, stderr } = await run('P8', '--quick');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^P8 +serial SSH command +\S+ ms +\S+ ms +\S+x .* 2 +<= 1\.3x +(?:pass|miss)$/m);
  });

  test('says the same to machines', async () => {
    const { stdout, stderr } = await run('P9', '--quick', '--json');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ quick: true, lines: [{ id: 'P9', values: [1], target: { atMost: 1 }, verdict: 'pass' }] });
  });

  test('knows which rows there are', async () => {
    await expect(run('P999')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('no row is called P999') });
  });
});
