import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Actor, person } from '../../src/lib/index.ts';
import { ANN, BOB, MODEL, planned, refusal, setDns, setNtp, startRig, writesOf } from '../fleet/rig.ts';

const two = { 'policy.twoPersons': true };

describe('who asked does not approve, however the name is written', () => {
  const SPELLINGS = [
    'ann',
    'Ann',
    'ANN',
    ' ann',
    'ann ',
    'a\u200bnn',
    'ann\u00ad',
    '\u202eann',
    'ａｎｎ',
    'ａnn',
    'a\u2060nn',
    'ann\u00a0',
    '\ufeffann',
  ];

  test('a dozen spellings of one name', async () => {
    await using rig = await startRig({ store: 'file', settings: two });
    const { plan } = await planned(rig);
    for (const name of SPELLINGS) {
      await using door = await rig.open(person(name, 'tui', true));
      expect((await refusal(door.approve(plan.id))).code, JSON.stringify(name)).toBe('DENIED');
    }
    expect((await rig.fleet.showPlan(plan.id)).state).toBe('review');
    await using bob = await rig.open(BOB);
    expect((await bob.approve(plan.id)).view.state).toBe('approved');
  });

  test('any name, asked for in one way and approved in another', async () => {
    await using rig = await startRig({ store: 'file', settings: { ...two, 'policy.plansPerMinute': 10_000, 'policy.openPlans': 10_000 } });
    const ways: readonly ((text: string) => string)[] = [
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => text.normalize('NFD'),
      (text) => text.normalize('NFKC'),
      (text) => ` ${text}`,
      (text) => [...text].join('\u200c'),
    ];
    const name = fc.string({ unit: fc.constantFrom(...'annéßﬁİΣσüж'), minLength: 1, maxLength: 6 });
    let nth = 0;
    await fc.assert(
      fc.asyncProperty(name, fc.constantFrom(...ways), async (text, way) => {
        nth += 1;
        const asker: Actor = { ...MODEL, id: 'agent:x', onBehalfOf: `user:${text}` };
        const { view } = await rig.operator.fleet.as(asker).plan({ device: 'edge-1', intents: [setDns(`192.0.2.${nth}`)] });
        await using door = await rig.open({ ...ANN, id: way(`user:${text}`) });
        expect((await refusal(door.approve(view?.plan.id ?? ''))).code).toBe('DENIED');
      }),
      { numRuns: 15 },
    );
  });

  test('an agent of the approver is the approver, and an agent of hers never approves for anybody', async () => {
    await using rig = await startRig({ store: 'file', settings: two });
    const { plan } = await planned(rig);
    for (const actor of [
      { ...MODEL, onBehalfOf: 'user:bob' },
      { ...BOB, onBehalfOf: 'user:bob' },
      { ...BOB, origin: 'http' as const },
    ]) {
      await using door = await rig.open(actor);
      expect((await refusal(door.approve(plan.id))).code).toBe('DENIED');
    }
  });
});

describe('a program that does not stop asking', () => {
  test('applies what nobody approved, again and again: no router hears of it, and each try is in the ledger', async () => {
    await using rig = await startRig();
    const { plan } = await planned(rig);
    const asked = rig.router.requests().length;
    for (let nth = 0; nth < 100; nth += 1) expect((await refusal(rig.fleet.apply({ planId: plan.id }))).code).toBe('APPROVAL_MISSING');
    expect(rig.router.requests()).toHaveLength(asked);
    expect(await rig.fleet.history({ planId: plan.id, operation: 'plan.apply', limit: 200 })).toHaveLength(100);
    expect((await rig.fleet.showPlan(plan.id)).state).toBe('review');
  });

  test('applies what is approved, a hundred times at once and again afterwards: it is written once', async () => {
    await using rig = await startRig({ settings: { 'guard.from': 'never' } });
    const { plan } = await planned(rig);
    await rig.operator.approve(plan.id);
    const ends = await Promise.allSettled(Array.from({ length: 100 }, () => rig.fleet.apply({ planId: plan.id })));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (let nth = 0; nth < 20; nth += 1) expect((await refusal(rig.fleet.apply({ planId: plan.id }))).code).toBe('PLAN_STATE');
    expect(writesOf(rig.router)).toHaveLength(1);
  });

  test('guesses tokens: none of them opens anything, and the approval is still there for the right one', async () => {
    await using rig = await startRig({ settings: { 'guard.from': 'never' } });
    const { plan } = await planned(rig);
    const { token } = await rig.operator.approve(plan.id);
    const [prefix, id, nonce = ''] = token.reveal().split('.');
    const guesses = [
      '',
      'x',
      prefix,
      `${prefix}.${id}`,
      `${prefix}.${id}.`,
      `${prefix}.${id}.${nonce.slice(1)}`,
      `${prefix}.${id}.${nonce}A`,
      token.reveal().toUpperCase(),
    ];
    for (const guess of guesses)
      expect((await refusal(rig.fleet.apply({ planId: plan.id, token: guess ?? '' }))).code).toBe('APPROVAL_INVALID');
    expect((await rig.fleet.apply({ planId: plan.id, token: token.reveal() })).state).toBe('completed');
  });

  test('a client that gives itself another name for each plan is still one flood', async () => {
    await using rig = await startRig({ settings: { 'policy.openPlans': 3 } });
    for (let nth = 0; nth < 3; nth += 1) await planned(rig, [setNtp(`192.0.2.${nth + 1}`)]);
    const renamed = rig.operator.fleet.as({ ...MODEL, id: 'agent:another' });
    expect((await refusal(renamed.plan({ device: 'edge-1', intents: [setDns()] }))).code).toBe('DENIED');
  });
});
