import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sitAt } from './sitting.ts';
import { startWorld, type World } from './world.ts';

const CANARY = 'Kn\\aRy"7q Zö$9';
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const plan = ['plan', 'set', 'ppp-secret', '--device', 'edge-1', '--id', '*1'];
const password = () => world.edge.rows('/ppp/secret')[0]?.['password'];

/** Neither what was printed nor any file says it. */
function clean(...texts: readonly string[]): void {
  const files = readdirSync(world.dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => !name.endsWith('.key'));
  const all = [...texts, ...files.map((name) => readFileSync(path.join(world.dataDir, name), 'utf8'))];
  const forms = [CANARY, JSON.stringify(CANARY).slice(1, -1), encodeURIComponent(CANARY), Buffer.from(CANARY).toString('hex')];
  for (const text of all) for (const form of forms) expect(text).not.toContain(form);
}

/** Planned in one way, then approved, applied and shown in every way. */
async function carriedOut(planId: string): Promise<void> {
  const said: string[] = [];
  for (const args of [
    ['plan', 'show', planId, '--calls'],
    ['plan', 'approve', planId, '--yes', '--json'],
    ['plan', 'apply', planId, '--verbose'],
    ['plan', 'show', planId, '--calls', '--json'],
  ]) {
    const { stdout, stderr } = await world.run(args);
    said.push(stdout, stderr);
  }
  expect(said[0]).toContain('password: changed (secret)');
  expect(password()).toBe(CANARY);
  clean(...said);
}

describe('a secret comes from anywhere but the command line', () => {
  test('from standard input, through the whole path', async () => {
    const made = await world.run([...plan, '--secret-stdin', 'password', '--json'], { input: `${CANARY}\n` });
    expect(made.json.data).toMatchObject({ changes: [{ secret: ['password'], after: { password: '(secret)' } }], risk: 'medium' });
    clean(made.stdout, made.stderr);
    await carriedOut(made.json.data.planId);
  });

  test('from a file descriptor', async () => {
    const made = await world.run([...plan, '--secret-fd', 'password=3', '--json'], { fds: [`${CANARY}\n`] });
    expect(made.json.data.changes[0].secret).toEqual(['password']);
    clean(made.stdout, made.stderr);
  });

  test('typed unseen, twice', async () => {
    const typed: readonly (readonly [string, string])[] = [
      ['it is not shown', `${CANARY}\r`],
      ['once more', `${CANARY}\r`],
    ];
    const { code, screen } = await sitAt(world, [...plan, '--secret', 'password'], typed);
    expect(code, screen).toBe(0);
    expect(screen).toContain('password: changed (secret)');
    clean(screen);
    const apart = await sitAt(world, [...plan, '--secret', 'password'], [typed[0] ?? ['', ''], ['once more', 'other\r']]);
    expect(apart.screen).toContain('The two are not the same');
    clean(apart.screen);
  });
});

test('refused: on the command line, twice, empty, without anybody to ask; and the refusal does not repeat it', async () => {
  for (const [args, input, message] of [
    [[`password=${CANARY}`], '', /password is secret: it is not taken as plain text/],
    [['--secret-stdin', 'password', '--secret', 'password'], CANARY, /password is given twice/],
    [['--secret-stdin', 'password'], '\n', /What was read for password is empty/],
    [['--secret', 'password'], '', /There is nobody to ask for password/],
    [['--secret-fd', `password=${CANARY}`], '', /takes a whole number/],
  ] as const) {
    const ran = await world.run([...plan, ...args, '--json'], { input });
    expect(ran.code, String(args)).not.toBe(0);
    expect(ran.json.error.message).toMatch(message);
    clean(ran.stdout, ran.stderr);
  }
});
