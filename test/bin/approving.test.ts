import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answers, sitAt } from './sitting.ts';
import { startWorld, type World } from './world.ts';

const PHRASE = 'correct horse battery';
let world: World;
let signed: string;
beforeAll(async () => {
  world = await startWorld();
  signed = path.join(world.dir, 'signed.yaml');
  writeFileSync(signed, 'policy:\n  rules:\n    - { name: signed, needs: { approverKey: true } }\n');
});
afterAll(() => world[Symbol.asyncDispose]());

const sit = (args: readonly string[], answers: Answers) => sitAt(world, args, answers);
const show = async (planId: string) => (await world.run(['plan', 'show', planId, '--json'])).json.data;

test('a key is enrolled at a terminal, asked for where policy wants it, and revoked', async () => {
  const piped = await world.run(['approver', 'enrol', '--json'], { input: `${PHRASE}\n${PHRASE}\n` });
  expect(piped.code).toBe(3);
  const differ = await sit(
    ['approver', 'enrol'],
    [
      ['12 characters', `${PHRASE}\r`],
      ['The same again', 'something else\r'],
    ],
  );
  expect(differ.code).toBe(3);
  const enrolled = await sit(
    ['approver', 'enrol'],
    [
      ['12 characters', `${PHRASE}\r`],
      ['The same again', `${PHRASE}\r`],
    ],
  );
  expect(enrolled.code).toBe(0);
  expect(enrolled.screen).not.toContain(PHRASE);
  const file = path.join(world.dataDir, 'approver.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toContain(PHRASE);
  const [key] = (await world.run(['approver', 'list', '--json'])).json.data.keys;
  expect(key).toMatchObject({ counts: true, person: expect.stringMatching(/^user:/) });

  const planId = await world.planDns('192.0.2.1');
  // A model with a shell: no terminal, no passphrase.
  const script = await world.run(['plan', 'approve', planId, '--yes', '--config', signed, '--json'], { input: `${PHRASE}\n` });
  expect([script.code, (await show(planId)).state]).toEqual([3, 'review']);
  const args = ['plan', 'approve', planId, '--config', signed];
  const wrong = await sit(args, [
    ['[y/N]', 'y\r'],
    ['Passphrase of your', 'not the passphrase\r'],
  ]);
  expect([wrong.code, (await show(planId)).state]).toEqual([5, 'review']);
  const right = await sit(args, [
    ['[y/N]', 'y\r'],
    ['Passphrase of your', `${PHRASE}\r`],
  ]);
  expect([right.code, (await show(planId)).state]).toEqual([0, 'approved']);
  expect(right.screen).not.toContain(PHRASE);

  expect((await world.run(['approver', 'revoke', key.keyId.slice(0, 12), '--yes', '--json'])).code).toBe(4);
  expect((await sit(['approver', 'revoke', key.keyId.slice(0, 12)], [['[y/N]', 'y\r']])).code).toBe(0);
  const late = await world.run(['plan', 'apply', planId, '--config', signed, '--json']);
  expect([late.code, late.json.error.code]).toEqual([5, 'APPROVAL_INVALID']);
  expect((await world.run(['approver', 'list', '--json'])).json.data.keys).toMatchObject([{ counts: false, revokedBy: key.person }]);
});

test('a key file that others may read is not used', async () => {
  const file = path.join(world.dir, 'wide.key');
  const enrolled = await sit(
    ['approver', 'enrol', '--key-file', file],
    [
      ['12 characters', `${PHRASE}\r`],
      ['The same again', `${PHRASE}\r`],
    ],
  );
  expect(enrolled.code).toBe(0);
  chmodSync(file, 0o644);
  const planId = await world.planDns('192.0.2.2');
  const { code, screen } = await sit(
    ['plan', 'approve', planId, '--key-file', file],
    [
      ['[y/N]', 'y\r'],
      ['Passphrase of your', `${PHRASE}\r`],
    ],
  );
  expect(code).toBe(3);
  expect(screen).toContain('open to other users');
});

test('a table with a mistake is refused by the name of its rule, and a good one is shown', async () => {
  const wrong = path.join(world.dir, 'wrong.yaml');
  writeFileSync(wrong, 'policy:\n  rules:\n    - { name: night-freeze, when: { environment: prdo }, refuse: sleep }\n');
  const refused = await world.run(['plan', 'list', '--config', wrong, '--json']);
  expect(refused.code).toBe(3);
  expect(refused.json.error.message).toContain('rule night-freeze: when.environment must be lab, staging or prod');
  const shown = await world.run(['config', 'show', '--config', signed, '--json']);
  expect(shown.json.data.settings).toContainEqual(
    expect.objectContaining({ key: 'policy.rules', value: ['{"name":"signed","when":{},"needs":{"approverKey":true}}'] }),
  );
  expect((await world.run(['config', 'show', '--config', signed])).stdout).toContain('prod-unguarded');
});
