import { describe, expect, test } from 'vitest';
import { type Actor, type Allowance, agent, type Environment, type Intent, person, type Risk, Secret } from '../../src/lib/index.ts';
import { openOperator } from '../../src/lib/operator.ts';
import { HOUR, MINUTE } from './clocks.ts';
import { ALL, ANN, applied, approved, BOB, MODEL, planned, refusal, setDns, setNtp, startRig, UNGUARDED, writesOf } from './rig.ts';

const low: Intent = setDns();
const medium: Intent = { verb: 'set', capability: 'firewall-filter', where: { id: '*8' }, values: { log: true } };
const high: Intent = { verb: 'set', capability: 'firewall-filter', where: { id: '*6' }, values: { log: false } };

describe('an approval', () => {
  test('ends after 15 minutes; the plan waits again, and can be approved again', async () => {
    await using rig = await startRig();
    const { plan, approval } = await approved(rig);
    expect(approval?.expiresAt).toBe((approval?.issuedAt ?? 0) + 15 * MINUTE);
    rig.clock.advance(15 * MINUTE);
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'review' });
    expect(writesOf(rig.router)).toEqual([]);
    await rig.operator.approve(plan.id);
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
  });

  test('does not outlive the plan', async () => {
    await using rig = await startRig();
    const { plan } = await planned(rig);
    rig.clock.advance(24 * HOUR - 5 * MINUTE);
    const { view } = await rig.operator.approve(plan.id);
    expect(view.approval?.expiresAt).toBe(plan.expiresAt);
  });

  test('may be renewed before it is used', async () => {
    await using rig = await startRig();
    const { plan } = await approved(rig);
    rig.clock.advance(10 * MINUTE);
    await rig.operator.approve(plan.id);
    rig.clock.advance(10 * MINUTE);
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
  });

  test('that runs out while the router is looked at is not used', async () => {
    await using rig = await startRig({ fronts: true });
    const { plan } = await approved(rig);
    rig.front.hooks = { before: ({ path }) => void (path === '/ip/dns' && rig.clock.advance(16 * MINUTE)) };
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'review', runs: [] });
    expect(writesOf(rig.router)).toEqual([]);
  });

  test('works once, for its own plan', async () => {
    await using rig = await startRig();
    const { plan } = await applied(rig);
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'PLAN_STATE' });
    expect(await refusal(rig.operator.approve(plan.id))).toMatchObject({ code: 'PLAN_STATE' });
    const other = await planned(rig, [setNtp()]);
    expect(await refusal(rig.fleet.apply({ planId: other.plan.id }))).toMatchObject({ code: 'APPROVAL_MISSING' });
  });
});

describe('a token', () => {
  test('of the plan is taken, but not needed', async () => {
    await using rig = await startRig();
    const { plan } = await planned(rig);
    const { token } = await rig.operator.approve(plan.id);
    expect((await rig.fleet.apply({ planId: plan.id, token: token.reveal() })).state).toBe('completed');
    expect(`${token}${JSON.stringify({ token })}`).not.toContain(token.reveal());
  });

  test('of another plan, of an older approval, or of nobody is refused', async () => {
    await using rig = await startRig();
    const one = await planned(rig);
    const two = await planned(rig, [setNtp()]);
    const old = await rig.operator.approve(one.plan.id);
    const fresh = await rig.operator.approve(one.plan.id);
    const foreign = await rig.operator.approve(two.plan.id);
    const nonce = fresh.token.reveal().split('.').at(-1);
    const wrong = [
      foreign.token.reveal(),
      old.token.reveal(),
      `rmcp1.${two.plan.id}.${nonce}`,
      `rmcp2.${one.plan.id}.${nonce}`,
      `${fresh.token.reveal()}.`,
      `${fresh.token.reveal()}x`,
      fresh.token.reveal().slice(0, -1),
      'yes',
      '',
    ];
    for (const token of wrong) {
      expect(await refusal(rig.fleet.apply({ planId: one.plan.id, token }))).toMatchObject({ code: 'APPROVAL_INVALID' });
    }
    expect(writesOf(rig.router)).toEqual([]);
    expect((await rig.fleet.apply({ planId: one.plan.id, token: fresh.token.reveal() })).state).toBe('completed');
  });
});

describe('of many who apply', () => {
  test('one executes', async () => {
    await using rig = await startRig();
    const { plan } = await approved(rig);
    const ends = await Promise.allSettled(Array.from({ length: 16 }, () => rig.fleet.apply({ planId: plan.id })));
    const done = ends.filter((end) => end.status === 'fulfilled');
    expect(done.map((end) => end.value.state)).toEqual(['completed']);
    expect(writesOf(rig.router)).toHaveLength(1);
    expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'completed', runs: [{}] });
    expect(rig.router.maxInFlight).toBe(1);
  });

  test('one executes, through several openings of one directory', async () => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await approved(rig);
    const doors = await Promise.all([1, 2, 3, 4].map(() => rig.openDoor1()));
    const ends = await Promise.allSettled(doors.flatMap((door) => [1, 2, 3, 4].map(() => door.apply({ planId: plan.id }))));
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
    for (const end of ends)
      if (end.status === 'rejected')
        expect(end.reason).toMatchObject({ code: expect.stringMatching(/^(?:DENIED|APPROVAL_INVALID|PLAN_STATE)$/) });
    expect(writesOf(rig.router)).toHaveLength(1);
    await Promise.all(doors.map((door) => door.close()));
    expect(await rig.fleet.verifyLedger()).toMatchObject({ ok: true });
  });

  test('two plans for one router do not meet', async () => {
    await using rig = await startRig({ fronts: true });
    const one = await approved(rig);
    const two = await approved(rig, [setNtp()]);
    let second: Promise<unknown> | undefined;
    rig.front.hooks = {
      before: async ({ write }) => {
        if (write === 1) second = refusal(rig.fleet.apply({ planId: two.plan.id }));
        await second;
      },
    };
    expect((await rig.fleet.apply({ planId: one.plan.id })).state).toBe('completed');
    expect(await second).toMatchObject({ code: 'DENIED', retryable: true, message: expect.stringContaining('Another change') });
    expect(await rig.fleet.showPlan(two.plan.id)).toMatchObject({ state: 'approved' });
    expect((await rig.fleet.apply({ planId: two.plan.id })).state).toBe('completed');
  });
});

describe('no program approves or rejects', () => {
  const roles = ['admin', 'approver', 'ops_rw', 'read_only'] as const;
  const PROGRAMS: readonly (readonly [string, Actor])[] = [
    ['an agent', MODEL],
    ['an agent over HTTP', agent('web', 'ann', 'http')],
    ['an agent with every role', { ...MODEL, roles, terminal: true }],
    ['an agent that came by another door', { ...MODEL, roles, terminal: true, origin: 'library' }],
    ['whoever acts for a person', { ...ANN, onBehalfOf: 'user:ann' }],
    ['this program itself', { id: 'system', origin: 'system', roles, terminal: true }],
  ];

  test.each(PROGRAMS)('%s', async (_name, actor) => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await planned(rig);
    await using door = await openOperator({ config: rig.config(), actor, clock: rig.clock });
    expect(await refusal(door.approve(plan.id, { typedName: 'edge-1' }))).toMatchObject({ code: 'DENIED' });
    expect(await refusal(door.reject(plan.id, 'no'))).toMatchObject({ code: 'DENIED' });
    expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'review' });
    const records = await rig.fleet.history({ planId: plan.id, ascending: true });
    expect(records.slice(1).map(({ operation, result, actor: id }) => [operation, result, id])).toEqual([
      ['plan.approve', 'denied', actor.id],
      ['plan.reject', 'denied', actor.id],
    ]);
  });

  test('nor enrols or forgets routers', async () => {
    await using rig = await startRig({ store: 'file' });
    await using door = await openOperator({ config: rig.config(), actor: MODEL, clock: rig.clock });
    const asked = rig.router.requests().length;
    const { name, url, username } = rig.router;
    const input = { name: `${name}-2`, address: url, username, password: new Secret('x'), environment: 'lab' } as const;
    expect(await refusal(door.addDevice(input))).toMatchObject({ code: 'DENIED' });
    expect(await refusal(door.removeDevice(name))).toMatchObject({ code: 'DENIED' });
    expect(rig.router.requests()).toHaveLength(asked);
    expect(await rig.fleet.devices()).toHaveLength(1);
  });

  test('a person without the role does not either', async () => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await planned(rig);
    await using door = await openOperator({ config: rig.config(), actor: { ...ANN, roles: ['admin'] }, clock: rig.clock });
    expect(await refusal(door.approve(plan.id))).toMatchObject({ code: 'DENIED' });
    expect(await refusal(door.reject(plan.id, 'no'))).toMatchObject({ code: 'DENIED' });
  });
});

describe('what approving asks of a person', () => {
  const OFF = person('ann', 'library', false);
  type Case = readonly [Environment, Risk, Intent, { readonly typedName: string | null; readonly terminal: boolean }];
  const CASES: readonly Case[] = [
    ['lab', 'low', low, { typedName: null, terminal: false }],
    ['lab', 'medium', medium, { typedName: null, terminal: false }],
    ['lab', 'high', high, { typedName: 'edge-1', terminal: true }],
    ['staging', 'low', low, { typedName: null, terminal: true }],
    ['staging', 'medium', medium, { typedName: null, terminal: true }],
    ['staging', 'high', high, { typedName: 'edge-1', terminal: true }],
    ['prod', 'low', low, { typedName: 'edge-1', terminal: true }],
    ['prod', 'medium', medium, { typedName: 'edge-1', terminal: true }],
  ];

  test.each(CASES)('%s, %s', async (environment, risk, intent, needs) => {
    await using rig = await startRig({ environment, store: 'file' });
    const view = await planned(rig, [intent]);
    expect(view.plan.risk).toBe(risk);
    expect(view.approvalNeeds).toMatchObject(needs);
    await using off = await rig.open(OFF);
    if (needs.terminal) expect(await refusal(off.approve(view.plan.id, { typedName: 'edge-1' }))).toMatchObject({ code: 'DENIED' });
    for (const typedName of needs.typedName === null ? [] : [undefined, '', 'Edge-1', 'edge-1 ', 'edge-2']) {
      const given = typedName === undefined ? {} : { typedName };
      expect(await refusal(rig.operator.approve(view.plan.id, given))).toMatchObject({ code: 'CONFIRMATION_NEEDED' });
    }
    expect(await rig.fleet.showPlan(view.plan.id)).toMatchObject({ state: 'review' });
    const by = needs.terminal ? rig.operator : off;
    await by.approve(view.plan.id, needs.typedName === null ? {} : { typedName: needs.typedName });
    expect((await rig.fleet.apply({ planId: view.plan.id })).state).toBe('completed');
  });

  test('a second person, where two are asked for', async () => {
    await using rig = await startRig({ store: 'file', settings: { 'policy.twoPersons': true } });
    const { plan } = await planned(rig);
    // The model acts for Ann: her own yes is no second one, and neither is that of another agent of hers.
    expect(await refusal(rig.operator.approve(plan.id))).toMatchObject({
      code: 'DENIED',
      details: { problems: [expect.stringContaining('another person')] },
    });
    await using bob = await rig.open(BOB);
    expect((await bob.approve(plan.id)).view).toMatchObject({ state: 'approved', approval: { by: 'user:bob' } });
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
  });
});

describe('two who decide at the same moment', () => {
  test('both say yes: one of them is told', async () => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await planned(rig);
    await using bob = await rig.open(BOB);
    const ends = await Promise.allSettled([rig.operator.approve(plan.id), rig.operator.approve(plan.id), bob.approve(plan.id)]);
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'PLAN_STATE' });
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
  });

  test('one says yes and one says no', async () => {
    await using rig = await startRig();
    const { plan } = await planned(rig);
    const ends = await Promise.allSettled([rig.operator.approve(plan.id), rig.operator.reject(plan.id, 'no')]);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'PLAN_STATE' });
    expect(['approved', 'rejected']).toContain((await rig.fleet.showPlan(plan.id)).state);
  });

  test('no, while it is being looked at whether it can be applied', async () => {
    await using rig = await startRig({ fronts: true });
    const { plan } = await approved(rig);
    rig.front.hooks = {
      before: async ({ path }) => {
        rig.front.hooks = {};
        if (path !== '') await rig.operator.reject(plan.id, 'wait');
      },
    };
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({
      code: 'PLAN_STATE',
      message: expect.stringContaining('no longer approved'),
    });
    expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'rejected', runs: [] });
    expect(writesOf(rig.router)).toEqual([]);
  });
});

describe('a person’s no', () => {
  test('closes the plan, with its reason', async () => {
    await using rig = await startRig();
    const { plan } = await approved(rig);
    const view = await rig.operator.reject(plan.id, '  not on a \u001b[31mFriday\u202e ');
    expect(view).toMatchObject({ state: 'rejected', decision: { by: 'user:ann', reason: 'not on a Friday' } });
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'PLAN_STATE' });
    expect(await refusal(rig.operator.approve(plan.id))).toMatchObject({ code: 'PLAN_STATE' });
    expect(await refusal(rig.operator.reject(plan.id, 'again'))).toMatchObject({ code: 'PLAN_STATE' });
    expect(writesOf(rig.router)).toEqual([]);
  });

  test.each(['', '  ', 'x'.repeat(501), '\u200b'])('needs a reason: "%s"', async (reason) => {
    await using rig = await startRig();
    const { plan } = await planned(rig);
    expect(await refusal(rig.operator.reject(plan.id, reason))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'review' });
  });
});

describe('a plan', () => {
  test('ends after a day, by itself', async () => {
    await using rig = await startRig();
    const waiting = await planned(rig);
    const ready = await approved(rig, [setNtp()]);
    rig.clock.advance(24 * HOUR);
    expect(await rig.fleet.showPlan(waiting.plan.id)).toMatchObject({ state: 'expired' });
    expect(await refusal(rig.fleet.apply({ planId: ready.plan.id }))).toMatchObject({ code: 'PLAN_STATE', details: { state: 'expired' } });
    expect(await refusal(rig.operator.approve(waiting.plan.id))).toMatchObject({ code: 'PLAN_STATE' });
    expect(await refusal(rig.operator.reject(waiting.plan.id, 'late'))).toMatchObject({ code: 'PLAN_STATE' });
    expect((await rig.fleet.plans({ state: 'expired' })).map((view) => view.plan.id)).toEqual([ready.plan.id, waiting.plan.id]);
    expect(await rig.fleet.plans({ state: 'review' })).toEqual([]);
    const records = await rig.fleet.history({ operation: 'plan.expire' });
    expect(records.map(({ plan, actor }) => `${plan} ${actor}`)).toEqual([`${ready.plan.id} system`, `${waiting.plan.id} system`]);
  });

  test('is found expired when asked for the expired ones', async () => {
    await using rig = await startRig();
    await planned(rig);
    rig.clock.advance(24 * HOUR);
    expect(await rig.fleet.plans({ state: 'expired' })).toHaveLength(1);
  });

  test('that is not there is not there', async () => {
    await using rig = await startRig();
    for (const work of [
      rig.fleet.apply({ planId: 'pln_x' }),
      rig.fleet.showPlan('pln_x'),
      rig.operator.approve('pln_x'),
      rig.operator.reject('pln_x', 'no'),
      rig.fleet.rollback('pln_x'),
    ]) {
      expect(await refusal(work)).toMatchObject({ code: 'UNKNOWN_PLAN' });
    }
  });

  test('says what its author wrote, as text of one line and no more', async () => {
    await using rig = await startRig();
    const summary = `Set DNS\n\u001b[2J\u202eharmless ${'x'.repeat(1_000)}`;
    const { view } = await rig.fleet.plan({ device: 'edge-1', intents: [low], summary, recipe: 'dns\u001b[31m-ntp' });
    expect(view?.plan.recipe).toBe('dns-ntp');
    expect(view?.plan.summary).toMatch(/^Set DNS harmless x+…$/);
    expect(view?.plan.summary).toHaveLength(200);
  });
});

describe('allowances', () => {
  const CASES: readonly (readonly [string, Intent, readonly Allowance[], readonly string[]])[] = [
    ['nothing is allowed', low, [], ['the device does not allow advanced-writes']],
    ['high risk asks for more', high, ['advanced-writes', 'firewall-writes'], ['the device does not allow professional-workflows']],
    ['a topic asks for its own', medium, ['advanced-writes'], ['the device does not allow firewall-writes']],
    ['the other way round', medium, ['firewall-writes'], ['the device does not allow advanced-writes']],
    [
      'both are missing',
      high,
      ['advanced-writes'],
      ['the device does not allow professional-workflows', 'the device does not allow firewall-writes'],
    ],
  ];

  test.each(CASES)('%s', async (_name, intent, allow, reasons) => {
    await using rig = await startRig({ allow });
    expect(await refusal(rig.fleet.plan({ device: 'edge-1', intents: [intent] }))).toMatchObject({ code: 'DENIED', details: { reasons } });
    expect(await rig.fleet.plans()).toEqual([]);
    const [record] = await rig.fleet.history({ operation: 'plan.create' });
    expect(record).toMatchObject({ result: 'denied', actor: 'agent:model', details: { reason: `Refused: ${reasons.join('; ')}.` } });
  });

  test('the greater one includes the lesser', async () => {
    await using rig = await startRig({ allow: ['professional-workflows'] });
    expect((await applied(rig)).state).toBe('completed');
  });

  test('high risk never reaches a prod router that cannot go back by itself, and says why', async () => {
    await using rig = await startRig({ environment: 'prod', allow: ALL, settings: UNGUARDED });
    const error = await refusal(rig.fleet.plan({ device: 'edge-1', intents: [high] }));
    expect(error).toMatchObject({
      code: 'DENIED',
      details: { risk: 'high', environment: 'prod', reasons: [expect.stringContaining('guard')] },
    });
    expect(await rig.fleet.history({ operation: 'plan.create' })).toMatchObject([{ result: 'denied', environment: 'prod' }]);
  });
});
