import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newPlace } from './program.ts';
import { enrol, startWorld, type World } from './world.ts';

const RIGHTS = ['advanced-writes', 'professional-workflows', 'firewall-writes'];
let world: World;
beforeAll(async () => {
  world = await startWorld([{}, {}]);
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  for (const router of world.simulator.routers) router.edit('/ip/dns', undefined, { servers: '9.9.9.9' });
});

const at = (name: string): string => path.join(world.dir, name);
// biome-ignore lint/suspicious/noExplicitAny: tests look into it as scripts do
const parsed = (file: string): any => JSON.parse(readFileSync(file, 'utf8'));
const said = ({ code, json }: { readonly code: number | null; readonly json: { readonly error?: { readonly code?: string } } }) => [
  code,
  json.error?.code,
];
const set = (file: string, servers: string, ...more: readonly string[]) =>
  world.run(['plan', 'set', 'dns', '--device', 'edge-1', `servers=${servers}`, '--out', file, ...more]);

test('--out: the sealed plan, for its owner alone, the same bytes each time, and no approval', async () => {
  const file = at('first.json');
  const made = await set(file, '192.0.2.1', '--json');
  expect(made.code).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { planId, hash } = made.json.data;
  expect(Object.keys(parsed(file))).toEqual(['format', 'note', 'plan']);
  expect(parsed(file)).toMatchObject({ format: 1, note: expect.stringContaining('carries no approval'), plan: { id: planId, hash } });
  await world.run(['plan', 'approve', planId, '--yes', '--json']);
  const again = await world.run(['plan', 'show', planId, '--out', '-', '-q']);
  expect([again.code, again.stdout]).toEqual([0, readFileSync(file, 'utf8')]);
  for (const word of ['nonce', 'approv', 'token-']) expect(JSON.stringify(parsed(file).plan)).not.toContain(word);
});

describe('a plan of this store', () => {
  test('show says what the file says without a store; diff reads the router; apply applies the approved plan', async () => {
    const file = at('own.json');
    const made = await set(file, '192.0.2.2', '--json');
    const { planId } = made.json.data;
    using nowhere = newPlace();
    const shown = await nowhere.run(['plan', 'show', file, '--json']);
    expect(shown.json.data).toMatchObject({ planId, state: 'draft', approvalNeeds: null, changes: [{ after: { servers: '192.0.2.2' } }] });
    expect(existsSync(nowhere.dataDir)).toBe(false);

    const fresh = await world.run(['plan', 'diff', file, '--json']);
    expect([fresh.code, fresh.json.data]).toMatchObject([0, { planId, verdict: 'fresh', routers: [{ device: 'edge-1', drift: [] }] }]);
    expect(said(await world.run(['plan', 'apply', file, '--json']))).toEqual([5, 'APPROVAL_MISSING']);
    await world.run(['plan', 'approve', planId, '--yes', '--json']);
    const applied = await world.run(['plan', 'apply', file, '--json']);
    expect([applied.code, applied.json.data.planId, applied.json.data.state]).toEqual([0, planId, 'completed']);
    expect(world.edge.rows('/ip/dns')[0]?.['servers']).toBe('192.0.2.2');
  });

  test('diff of a router that was changed: three sides, and exit code 6', async () => {
    const file = at('stale.json');
    await set(file, '192.0.2.3');
    world.edge.edit('/ip/dns', undefined, { servers: '208.67.222.222' });
    const stale = await world.run(['plan', 'diff', file, '--json']);
    expect(stale.code).toBe(6);
    expect(stale.json.data.routers[0]).toMatchObject({
      verdict: 'stale',
      drift: [{ planned: { servers: '9.9.9.9' }, now: { servers: '208.67.222.222' }, wanted: { servers: '192.0.2.3' } }],
    });
    const { stdout } = await world.run(['plan', 'diff', file]);
    for (const line of [/planned from: .*servers=9\.9\.9\.9/, /there now: .*servers=208\.67/, /plan wants: .*servers=192\.0\.2\.3/])
      expect(stdout).toMatch(line);
  });

  test('diff of a router that does not answer knows nothing', async () => {
    const file = at('silent.json');
    await set(file, '192.0.2.4');
    await world.edge.fault({ action: { kind: 'reset' } });
    const blind = await world.run(['plan', 'diff', file, '--json']);
    await world.edge.clearFaults();
    expect([blind.code, blind.json.data]).toMatchObject([2, { verdict: 'unknown', routers: [{ code: 'UNREACHABLE' }] }]);
  });
});

test('a file of another store waits for review under an id of this one; an edited one is refused', async () => {
  const file = at('travels.json');
  await set(file, '192.0.2.5');
  using other = newPlace();
  await enrol(other, world.edge, 'lab', RIGHTS);
  const applied = await other.run(['plan', 'apply', file, '--json']);
  expect(said(applied)).toEqual([5, 'APPROVAL_MISSING']);
  const planId = /Imported as (pln_[0-9a-z]{16})/.exec(applied.stderr)?.[1];
  expect(applied.json.error.hint).toContain(`plan approve ${planId}`);
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('192.0.2.5', '192.0.2.6'));
  for (const verb of ['show', 'diff', 'apply']) expect(said(await other.run(['plan', verb, file, '--json']))).toEqual([3, 'INVALID_INPUT']);
});
