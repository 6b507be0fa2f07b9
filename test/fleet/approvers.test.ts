import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { person, Secret } from '../../src/lib/index.ts';
import { ANN, BOB, MODEL, planned, type Rig, refusal, startRig, writesOf } from './rig.ts';

const PHRASE = new Secret('correct horse battery');
const OTHER = new Secret('another horse battery');
const SIGNED = { 'policy.rules': JSON.stringify([{ name: 'signed', when: {}, needs: { approverKey: true } }]) };
const start = () => startRig({ store: 'file', settings: SIGNED });
const at = (rig: Rig, name: string): string => path.join(rig.dataDir, name);

describe('where policy asks for an approver key', () => {
  test('the person’s own, with its passphrase, and nothing less', async () => {
    await using rig = await start();
    const { plan, approvalNeeds } = await planned(rig);
    expect(approvalNeeds).toMatchObject({ approverKey: true });
    expect(await refusal(rig.operator.approve(plan.id))).toMatchObject({
      code: 'CONFIRMATION_NEEDED',
      hint: expect.stringContaining('passphrase'),
    });
    const made = await rig.operator.enrolApprover({ passphrase: PHRASE });
    expect(made).toMatchObject({ person: 'user:ann', enrolledBy: 'user:ann', counts: true });
    const wrong = await refusal(rig.operator.approve(plan.id, { approverKey: { passphrase: OTHER } }));
    expect(wrong).toMatchObject({ code: 'CONFIRMATION_NEEDED', message: expect.stringContaining('passphrase') });
    await using bob = await rig.open(BOB);
    expect(await refusal(bob.approve(plan.id, { approverKey: { passphrase: PHRASE } }))).toMatchObject({ code: 'DENIED' });
    await rig.operator.approve(plan.id, { approverKey: { passphrase: PHRASE } });
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
    const records = await rig.fleet.history({ ascending: true });
    const said = records.filter(({ operation }) => /^(?:approver|plan\.approve)/.test(operation));
    expect(said.map(({ operation, result, details }) => [operation, result, details['keyId'] ?? details['signedWith']])).toEqual([
      ['plan.approve', 'denied', undefined],
      ['approver.enrol', 'ok', made.keyId],
      ['plan.approve', 'denied', undefined],
      ['plan.approve', 'denied', undefined],
      ['plan.approve', 'ok', made.keyId],
    ]);
    expect(JSON.stringify(records)).not.toContain(PHRASE.reveal());
  });

  test('a process with the key of the MAC cannot approve: an approval without a signature is not taken', async () => {
    await using rig = await start();
    const { plan } = await planned(rig);
    await rig.operator.enrolApprover({ passphrase: PHRASE });
    // What such a process can do: the whole approval, under its own lax configuration.
    await using lax = await rig.open(ANN, {});
    await lax.approve(plan.id);
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({
      code: 'APPROVAL_INVALID',
      message: expect.stringContaining('not signed'),
    });
    // And sign with a key of its own, slipped into the store as another first one.
    await rig.operator.approve(plan.id, { approverKey: { passphrase: PHRASE } });
    await rig.editStore((database) => {
      database.prepare("update approvals set signature = json_set(signature, '$.keyId', ?)").run('f'.repeat(64));
    });
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'APPROVAL_INVALID' });
    expect(writesOf(rig.router)).toEqual([]);
  });

  test('a key that was revoked between approval and apply', async () => {
    await using rig = await start();
    const { plan } = await planned(rig);
    const { keyId } = await rig.operator.enrolApprover({ passphrase: PHRASE });
    await rig.operator.approve(plan.id, { approverKey: { passphrase: PHRASE } });
    expect(await rig.operator.revokeApprover(keyId.slice(0, 8))).toMatchObject({ revokedBy: 'user:ann', counts: false });
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'APPROVAL_INVALID' });
    expect(await refusal(rig.operator.approve(plan.id, { approverKey: { passphrase: PHRASE } }))).toMatchObject({ code: 'DENIED' });
    expect(await refusal(rig.operator.revokeApprover(keyId))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(writesOf(rig.router)).toEqual([]);
  });

  test('where the configuration names keys, only those count', async () => {
    await using rig = await start();
    const { plan } = await planned(rig);
    const { keyId } = await rig.operator.enrolApprover({ passphrase: PHRASE });
    const pinned = (id: string) => rig.open(ANN, { ...SIGNED, 'policy.approverKeys': id });
    await using other = await pinned('ab'.repeat(32));
    expect(await refusal(other.approve(plan.id, { approverKey: { passphrase: PHRASE } }))).toMatchObject({ code: 'DENIED' });
    expect(await other.approvers()).toMatchObject([{ keyId, counts: false }]);
    await using same = await pinned(keyId);
    await same.approve(plan.id, { approverKey: { passphrase: PHRASE } });
    expect((await same.fleet.apply({ planId: plan.id })).state).toBe('completed');
  });
});

describe('enrolling', () => {
  test('a second key is vouched for by one that counts', async () => {
    await using rig = await start();
    const first = await rig.operator.enrolApprover({ passphrase: PHRASE });
    await using bob = await rig.open(BOB);
    const request = { file: at(rig, 'bob.key'), passphrase: OTHER };
    expect(await refusal(bob.enrolApprover(request))).toMatchObject({ code: 'CONFIRMATION_NEEDED' });
    expect(await refusal(bob.enrolApprover({ ...request, signWith: { passphrase: OTHER } }))).toMatchObject({
      code: 'CONFIRMATION_NEEDED',
    });
    expect(existsSync(request.file)).toBe(false);
    const second = await bob.enrolApprover({ ...request, signWith: { passphrase: PHRASE } });
    expect(second).toMatchObject({ person: 'user:bob', signedBy: first.keyId, counts: true });
    await rig.operator.revokeApprover(first.keyId);
    const third = { file: at(rig, 'third.key'), passphrase: OTHER };
    expect(await refusal(rig.operator.enrolApprover({ ...third, signWith: { passphrase: PHRASE } }))).toMatchObject({ code: 'DENIED' });
    expect((await rig.operator.approvers()).map(({ counts }) => counts)).toEqual([false, true]);
    // When none is left, the next is a first one again, whatever the clock did.
    await rig.operator.revokeApprover(second.keyId);
    rig.clock.advance(-3_600_000);
    expect(await rig.operator.enrolApprover(third)).toMatchObject({ counts: true });
  });

  test('takes a person at a terminal with the role; a denial is in the ledger', async () => {
    await using rig = await start();
    const actors = [
      MODEL,
      { ...MODEL, roles: ['admin', 'approver'] as const, terminal: true },
      person('ann', 'cli', false),
      { ...ANN, roles: ['ops_rw'] as const },
    ];
    const { keyId } = await rig.operator.enrolApprover({ passphrase: PHRASE });
    for (const actor of actors) {
      await using door = await rig.open(actor);
      const request = { file: at(rig, 'x.key'), passphrase: OTHER, signWith: { passphrase: PHRASE } };
      expect(await refusal(door.enrolApprover(request))).toMatchObject({ code: 'DENIED' });
      expect(await refusal(door.revokeApprover(keyId))).toMatchObject({ code: 'DENIED' });
    }
    expect(existsSync(at(rig, 'x.key'))).toBe(false);
    expect(await rig.fleet.history({ operation: 'approver.enrol' })).toMatchObject([
      ...actors.map(() => ({ result: 'denied' })),
      { result: 'ok' },
    ]);
    expect(await rig.operator.approvers()).toMatchObject([{ counts: true }]);
  });

  test('leaves no file behind where it comes to nothing', async () => {
    await using rig = await start();
    await rig.operator.enrolApprover({ passphrase: PHRASE });
    expect(await refusal(rig.operator.enrolApprover({ passphrase: OTHER, signWith: { passphrase: PHRASE } }))).toMatchObject({
      code: 'ALREADY_EXISTS',
    });
    expect(await refusal(rig.operator.revokeApprover(''))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await rig.operator.approvers()).toHaveLength(1);
  });
});
