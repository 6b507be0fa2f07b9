import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tlsFront } from './self-signed.ts';
import { type Answers, sitAt } from './sitting.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld([{}, { environment: 'prod', allow: ['advanced-writes'] }]);
});
afterAll(() => world[Symbol.asyncDispose]());

const sit = (args: readonly string[], answers: Answers) => sitAt(world, args, answers);

const prodPlan = async (): Promise<string> => {
  const made = await world.run([
    'plan',
    'set',
    'dns',
    '--device',
    'edge-2',
    `servers=192.0.2.${1 + Math.floor(Math.random() * 250)}`,
    '--json',
  ]);
  return made.json.data.planId;
};
const stateOf = async (planId: string): Promise<string> => (await world.run(['plan', 'show', planId, '--json'])).json.data.state;

describe('plan approve', () => {
  test('shows the plan and takes a yes', async () => {
    const planId = await world.planDns('1.1.1.1');
    const { code, screen } = await sit(['plan', 'approve', planId], [['[y/N]', 'y\r']]);
    expect(code).toBe(0);
    expect(screen).toContain('servers: 9.9.9.9,1.1.1.1 -> 1.1.1.1');
    expect(await stateOf(planId)).toBe('approved');
  });

  test.each([
    ['a return', '\r'],
    ['a no', 'n\r'],
    ['something like yes', 'yess\r'],
    ['the end of input', '\u0004'],
  ])('%s is no yes', async (_what, answer) => {
    const planId = await world.planDns('8.8.8.8');
    const { code, screen } = await sit(['plan', 'approve', planId], [['[y/N]', answer]]);
    expect([code, await stateOf(planId)]).toEqual([5, 'review']);
    expect(screen).toContain('was not approved');
  });

  test('Ctrl-C ends it without an answer', async () => {
    const planId = await world.planDns('8.8.4.4');
    const { code } = await sit(['plan', 'approve', planId], [['[y/N]', '\u0003']]);
    expect([code, await stateOf(planId)]).toEqual([130, 'review']);
  });

  test('prod: the name is typed, exactly', async () => {
    const planId = await prodPlan();
    expect((await sit(['plan', 'approve', planId], [['Type edge-2', 'edge-1\r']])).code).toBe(5);
    expect((await sit(['plan', 'approve', planId, '--yes'], [['Type edge-2', 'yes\r']])).code).toBe(5);
    expect(await stateOf(planId)).toBe('review');
    expect((await sit(['plan', 'approve', planId], [['Type edge-2', 'edge-2\r']])).code).toBe(0);
    expect(await stateOf(planId)).toBe('approved');
  });

  test('--confirm=<name> on a terminal', async () => {
    const planId = await prodPlan();
    expect((await sit(['plan', 'approve', planId, '--confirm=edge-3'], [])).code).toBe(5);
    expect((await sit(['plan', 'approve', planId, '--confirm=edge-2'], [])).code).toBe(0);
    expect(await stateOf(planId)).toBe('approved');
  });

  test('--no-input asks nothing', async () => {
    const planId = await world.planDns('9.9.9.10');
    const { code, screen } = await sit(['plan', 'approve', planId, '--no-input'], []);
    expect(code).toBe(5);
    expect(screen).not.toContain('[y/N]');
  });
});

test('plan reject asks why', async () => {
  const planId = await world.planDns('192.0.2.200');
  const { code } = await sit(['plan', 'reject', planId], [['Why is it rejected?', 'not today\r']]);
  expect(code).toBe(0);
  expect((await world.run(['plan', 'show', planId, '--json'])).json.data.decision.reason).toBe('not today');
});

describe('device add over TLS', () => {
  const args = (address: string) => ['device', 'add', 'secure', '--address', address, '--username', 'admin', '--environment', 'lab'];

  test('a no to the fingerprint sends nothing', async () => {
    await using front = await tlsFront(world.edge.url);
    const { code, screen } = await sit(args(front.address), [['[y/N]', 'n\r']]);
    expect(code).toBe(2);
    expect(screen).toMatch(/SHA-256 [0-9A-Fa-f:]{64,}/);
    expect(screen).not.toContain('Password of');
    expect(front.seen()).toBe('');
  });

  test('a yes asks for the password, unseen, and pins the certificate', async () => {
    expect((await world.run(['device', 'remove', 'edge-1', '--yes', '--json'])).code).toBe(0);
    await using front = await tlsFront(world.edge.url);
    const answers = [
      ['[y/N]', 'y\r'],
      ['Password of admin on secure:', `${world.edge.password}\r`],
    ] as const;
    const { code, screen } = await sit(args(front.address), answers);
    expect(code).toBe(0);
    expect(screen).not.toContain(world.edge.password);
    const shown = await world.run(['device', 'show', 'secure', '--json']);
    expect(shown.json.data.trust).toMatchObject({ kind: 'pinned' });
    const read = await world.run(['get', 'system-identity', '--device', 'secure', '--json']);
    expect(read.code).toBe(0);
    await world.run(['device', 'remove', 'secure', '--yes']);
    const scripted = await world.run(
      [...args(front.address), '--password-stdin', '--fingerprint', shown.json.data.trust.fingerprint, '--json'],
      {
        input: world.edge.password,
      },
    );
    expect(scripted.code).toBe(0);
  });
});

test('a table fits the terminal', async () => {
  const { screen } = await sit(['device', 'list'], []);
  const widths = screen
    .replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '')
    .split('\r\n')
    .map((line) => line.length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(120);
});
