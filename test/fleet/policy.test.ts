import { describe, expect, test } from 'vitest';
import { type Actor, type Intent, person } from '../../src/lib/index.ts';
import { HOUR } from './clocks.ts';
import { ANN, approved, BOB, MODEL, planned, refusal, setDns, setNtp, startRig, writesOf } from './rig.ts';

const high: Intent = { verb: 'set', capability: 'firewall-filter', where: { id: '*6' }, values: { log: false } };
const rules = (...list: readonly unknown[]) => ({ 'policy.rules': JSON.stringify(list) });

describe('the table of the configuration', () => {
  test('a refusal: no plan is made, and the ledger says why', async () => {
    await using rig = await startRig({
      settings: rules({ name: 'freeze', when: { topics: 'dns-ntp' }, refuse: 'the resolvers are frozen' }),
    });
    expect(await refusal(rig.fleet.plan({ device: 'edge-1', intents: [setDns()] }))).toMatchObject({
      code: 'DENIED',
      message: expect.stringContaining('the resolvers are frozen'),
    });
    expect(await rig.fleet.plans()).toEqual([]);
    expect(await rig.fleet.history({ operation: 'plan.create' })).toMatchObject([{ result: 'denied', details: { code: 'DENIED' } }]);
  });

  test('what is refused since, is neither approved nor applied', async () => {
    await using rig = await startRig({ store: 'file' });
    const waiting = await planned(rig);
    const ready = await approved(rig, [setNtp()]);
    const frozen = rules({ name: 'freeze', refuse: 'frozen' });
    await using door = await rig.open(ANN, frozen);
    expect(await refusal(door.approve(waiting.plan.id))).toMatchObject({ code: 'DENIED', message: expect.stringContaining('frozen') });
    expect(await refusal(door.fleet.as(MODEL).apply({ planId: ready.plan.id }))).toMatchObject({ code: 'DENIED' });
    expect(writesOf(rig.router)).toEqual([]);
  });

  test('another rule that runs changes at once, by its own name', async () => {
    const own = rules({ name: 'dns-at-once', when: { onlyTopics: 'dns-ntp' }, needs: { approver: 'rule' } });
    await using rig = await startRig({ settings: { ...own, 'policy.advancedWritesAtOnce': false } });
    const result = await rig.fleet.direct({ device: 'edge-1', intents: [setDns()] });
    expect(result).toMatchObject({ applied: true, view: { approval: { by: 'policy:dns-at-once', rule: 'dns-at-once' } } });
  });

  test('more than the built-in rules ask: a name in the lab', async () => {
    await using rig = await startRig({ settings: rules({ name: 'careful', when: {}, needs: { typedName: true } }) });
    const { plan, approvalNeeds } = await planned(rig);
    expect(approvalNeeds).toMatchObject({ typedName: 'edge-1', because: ['rule careful of the configuration'] });
    expect(await refusal(rig.operator.approve(plan.id))).toMatchObject({ code: 'CONFIRMATION_NEEDED' });
    await rig.operator.approve(plan.id, { typedName: 'edge-1' });
  });

  test('two persons: asked again at apply', async () => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await approved(rig);
    await using strict = await rig.open(MODEL, { 'policy.twoPersons': true });
    expect(await refusal(strict.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'APPROVAL_INVALID' });
    await using shouting = await rig.open(person('ANN', 'cli', true), { 'policy.twoPersons': true });
    expect(await refusal(shouting.approve(plan.id))).toMatchObject({ code: 'DENIED' });
    await using bob = await rig.open(BOB, { 'policy.twoPersons': true });
    await bob.approve(plan.id);
    expect((await strict.fleet.apply({ planId: plan.id })).state).toBe('completed');
  });

  test('high risk on prod without a guard on the router is not planned, or not applied', async () => {
    await using rig = await startRig({ environment: 'prod', store: 'file' });
    const result = await rig.fleet.plan({ device: 'edge-1', intents: [high] }).catch((thrown: unknown) => thrown);
    if (result instanceof Error) expect(result).toMatchObject({ code: 'DENIED', message: expect.stringContaining('guard') });
    else expect(result).toMatchObject({ view: { plan: { targets: [{ guard: { kind: 'armed' } }] } } });
  });

  test('a router that was moved to another environment since', async () => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await approved(rig);
    await rig.editStore((database) => {
      const row = database.prepare('select body from devices').get() as { body: string };
      database.prepare('update devices set body = ?').run(row.body.replace('"environment":"lab"', '"environment":"prod"'));
    });
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'APPROVAL_INVALID' });
    expect(writesOf(rig.router)).toEqual([]);
  });

  test.each([
    ['a topic that there is not', { name: 'x', when: { topics: 'dsn' }, refuse: 'no' }],
    ['a recipe that there is not', { name: 'x', when: { recipe: 'no-such' }, refuse: 'no' }],
    ['the name of a built-in rule', { name: 'prod', refuse: 'no' }],
  ])('%s is a mistake of the configuration', async (_name, rule) => {
    const failure = await refusal(startRig({ settings: rules(rule) }));
    expect(failure).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining(`rule ${rule.name} `) });
  });
});

describe('roles', () => {
  const as = (roles: Actor['roles'], more: Partial<Actor> = {}): Actor => ({ ...person('rob', 'cli', true), roles, ...more });
  const device = 'edge-1';

  test('read_only looks; ops_rw plans and applies; an approver decides and runs nothing', async () => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await approved(rig);
    const reader = rig.operator.fleet.as(as(['read_only']));
    const decider = rig.operator.fleet.as(as(['approver']));
    const nobody = rig.operator.fleet.as(as([]));
    await reader.read({ device, capability: 'dns' });
    for (const fleet of [reader, decider, nobody]) {
      for (const work of [
        () => fleet.plan({ device, intents: [setDns()] }),
        () => fleet.direct({ device, intents: [setDns()] }),
        () => fleet.planRecipe({ device, recipe: 'dns-ntp-rollout', input: { dnsServers: ['192.0.2.1'] } }),
        () => fleet.run({ device, action: 'dns-flush' }),
        () => fleet.apply({ planId: plan.id }),
        () => fleet.rollback(plan.id),
      ])
        expect(await refusal(work())).toMatchObject({ code: 'DENIED', message: expect.stringContaining('needs the role') });
    }
    for (const fleet of [decider, nobody])
      expect(await refusal(fleet.read({ device, capability: 'dns' }))).toMatchObject({ code: 'DENIED' });
    const [record] = await rig.fleet.history();
    expect(record).toMatchObject({
      operation: 'router.read',
      result: 'denied',
      actor: 'user:rob',
      details: { reason: expect.stringContaining('role') },
    });
    expect(writesOf(rig.router)).toEqual([]);
    const ops = rig.operator.fleet.as(as(['ops_rw']));
    expect((await ops.apply({ planId: plan.id })).state).toBe('completed');
    await using door = await rig.open(as(['approver']));
    await door.approve((await planned(rig, [setNtp()])).plan.id);
  });

  test('a scope that is missing or malformed means no router to whoever comes over HTTP', async () => {
    await using rig = await startRig();
    const { plan } = await approved(rig);
    const far = (scope?: unknown) =>
      rig.operator.fleet.as({ ...as(['ops_rw'], { origin: 'http' }), ...(scope !== undefined && { scope: scope as readonly string[] }) });
    for (const scope of [undefined, [], [''], [7], 'all', ['edge-2'], ['site=graz'], ['edge'], ['*']]) {
      const fleet = far(scope);
      expect(await fleet.devices()).toEqual([]);
      for (const work of [
        () => fleet.read({ device, capability: 'dns' }),
        () => fleet.plan({ device, intents: [setDns()] }),
        () => fleet.apply({ planId: plan.id }),
      ])
        expect(await refusal(work())).toMatchObject({ code: 'DENIED', message: expect.stringContaining('scope') });
    }
    for (const scope of [['all'], ['EDGE-1'], [plan.targets[0]?.deviceId]]) {
      expect(await far(scope).devices()).toHaveLength(1);
      await far(scope).read({ device, capability: 'dns' });
    }
    expect(writesOf(rig.router)).toEqual([]);
  });
});

describe('plans that nobody looks at', () => {
  test('are closed when plans are listed, and by whoever watches, once a minute at most', async () => {
    await using rig = await startRig();
    const { plan } = await planned(rig);
    rig.clock.advance(24 * HOUR);
    // Not even where it would not be in the list.
    expect(await rig.fleet.plans({ state: 'completed' })).toEqual([]);
    expect(await rig.fleet.history({ operation: 'plan.expire' })).toMatchObject([{ plan: plan.id, actor: 'system', origin: 'system' }]);
    const second = await planned(rig, [setNtp()]);
    rig.clock.advance(24 * HOUR);
    const stop = new AbortController();
    const watching = (async () => {
      for await (const _event of rig.fleet.watch({ signal: stop.signal }))
        if ((await rig.fleet.history({ operation: 'plan.expire' })).length === 2) stop.abort();
    })();
    await watching;
    expect(await rig.fleet.history({ planId: second.plan.id, operation: 'plan.expire' })).toHaveLength(1);
  });

  test('a clock that goes back closes nothing early, and one that jumps closes once', async () => {
    await using rig = await startRig();
    const { plan } = await planned(rig);
    rig.clock.advance(-48 * HOUR);
    await rig.fleet.plans();
    expect((await rig.fleet.showPlan(plan.id)).state).toBe('review');
    rig.clock.advance(96 * HOUR);
    await Promise.all([rig.fleet.plans(), rig.fleet.plans(), rig.fleet.showPlan(plan.id)]);
    expect(await rig.fleet.history({ operation: 'plan.expire' })).toHaveLength(1);
  });
});

describe('a flood of plans', () => {
  test('so many may wait; what a person decides makes room', async () => {
    await using rig = await startRig({ settings: { 'policy.openPlans': 2, 'policy.plansPerMinute': 1_000 } });
    const first = await planned(rig);
    await planned(rig, [setNtp()]);
    const denied = await refusal(rig.fleet.plan({ device: 'edge-1', intents: [setDns('192.0.2.99')] }));
    expect(denied).toMatchObject({ code: 'DENIED', retryable: true, details: { open: 2 } });
    expect((await rig.fleet.history())[0]).toMatchObject({ operation: 'plan.create', result: 'denied', actor: MODEL.id });
    // A person is no flood, and neither is a client of another person.
    expect((await rig.operator.fleet.plan({ device: 'edge-1', intents: [setDns('192.0.2.99')] })).planned).toBe(true);
    expect(
      (await rig.operator.fleet.as({ ...MODEL, onBehalfOf: 'user:zoe' }).plan({ device: 'edge-1', intents: [setDns('192.0.2.98')] }))
        .planned,
    ).toBe(true);
    await rig.operator.reject(first.plan.id, 'no');
    await planned(rig, [setDns('192.0.2.97')]);
  });

  test('so many in a minute, also at once', async () => {
    await using rig = await startRig({ settings: { 'policy.plansPerMinute': 3 } });
    const ends = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) => rig.fleet.plan({ device: 'edge-1', intents: [setDns(`192.0.2.${at + 1}`)] })),
    );
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'DENIED', retryable: true });
    expect(await rig.fleet.plans()).toHaveLength(3);
  });
});
