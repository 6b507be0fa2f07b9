import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './built.ts';

test('the story runs as a script through the exports of the package', () => {
  const run = spawnSync(process.execPath, [path.join(ROOT, 'examples/change-dns.ts')], { encoding: 'utf8', cwd: ROOT });
  expect(run.stderr).toBe('');
  const lines = run.stdout.trim().split('\n');
  expect(lines.map((line) => line.replace(/pln_[0-9a-z]{16}/, 'pln_…'))).toEqual([
    'enrolled edge-1: RouterOS 7.20.6',
    'planned pln_…: set dns, risk low, state review',
    'refused: APPROVAL_MISSING',
    'state completed: Applied, read back and validated over a new connection.',
    'servers now: 192.0.2.53,198.51.100.53',
    'refused: PLAN_STATE',
    expect.stringMatching(/^ledger verifies: \d+ records$/),
  ]);
});
