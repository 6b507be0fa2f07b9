import { describe, expect, test } from 'vitest';
import type { Allowance } from '../../src/lib/index.ts';
import { ALL, refusal, startRig } from '../fleet/rig.ts';

/** A radar (DFS) channel is a person's decision: refused until it is asked for by its name, then planned at high risk, with the reason. */

const OLD = 'hap-ac2_7.12.1';
const NEW = 'hap-ax3_7.22.1';
const device = 'edge-1';
const allow: readonly Allowance[] = [...ALL, 'wireless-writes'];
const rigOn = (recording: string) => startRig({ specs: [{ recording, name: device }], allow });

describe.each<readonly [string, string, Readonly<Record<string, unknown>>, string]>([
  [NEW, 'wireless-rf-settings', { interface: 'wifi1', channel: 132 }, 'set wifi: 5660 MHz'],
  [OLD, 'wireless-rf-settings', { interface: 'wlan2', channel: 52 }, 'set wireless: 5260 MHz'],
  [NEW, 'wireless-ssid-create', { ssid: 'x', masterInterface: 'wifi1', securityProfile: 'sec-main', channel: 144 }, 'set wifi: 5720 MHz'],
  [NEW, 'wireless-ssid-modify', { ssidId: '*8', channel: 116 }, 'set wifi: 5580 MHz'],
])('%s %s %j', (recording, recipe, input, words) => {
  test('is refused, and planned with allow-dfs', async () => {
    await using rig = await rigOn(recording);
    const ask = (more: Readonly<Record<string, unknown>>) => rig.fleet.planRecipe({ device, recipe, input: { ...input, ...more } });
    for (const more of [{}, { allowDfs: false }, { 'allow-dfs': 'no' }])
      expect(await refusal(ask(more))).toMatchObject({
        kind: 'input',
        message: expect.stringMatching(/radar/),
        hint: expect.stringMatching(/allow-dfs=yes/),
      });
    const { view } = await ask({ allow_dfs: true });
    expect(view?.plan.risk).toBe('high');
    expect(view?.plan.reasons).toContainEqual(expect.stringContaining(words));
    expect(view?.plan.reasons.join(' ')).toMatch(/silent for 1 to 10 minutes/);
  });
});

test('without a radar channel, allow-dfs changes nothing', async () => {
  await using rig = await rigOn(OLD);
  const plans = await Promise.all(
    [{}, { allowDfs: true }].map((more) =>
      rig.fleet.planRecipe({ device, recipe: 'wireless-rf-settings', input: { interface: 'wlan1', txPower: 17, ...more } }),
    ),
  );
  expect(plans.map(({ view }) => [view?.plan.risk, view?.plan.reasons])).toEqual([
    ['medium', ['part of it cannot be undone', 'set wireless is medium risk']],
    ['medium', ['part of it cannot be undone', 'set wireless is medium risk']],
  ]);
});

test('no channel of 5 GHz, no radar channel', async () => {
  await using rig = await rigOn(NEW);
  for (const channel of [54, 68, 96, 150])
    expect(
      await refusal(
        rig.fleet.planRecipe({ device, recipe: 'wireless-rf-settings', input: { interface: 'wifi1', channel, allowDfs: true } }),
      ),
    ).toMatchObject({ message: expect.stringMatching(/does not fit the band/) });
});

test('a plan of single changes is refused until the caller accepts it by its name', async () => {
  await using rig = await rigOn(NEW);
  const [radio] = rig.router.rows('/interface/wifi');
  const intents = [{ verb: 'set' as const, capability: 'wifi', where: { id: radio?.['.id'] }, values: { channelFrequency: ['5660'] } }];
  expect(await refusal(rig.fleet.plan({ device, intents }))).toMatchObject({ message: expect.stringMatching(/5660 MHz is a radar/) });
  expect((await rig.fleet.plan({ device, intents, accepts: ['dfs'] })).view?.plan.risk).toBe('high');
});

test('undoing may bring a radar channel back, and says so', async () => {
  await using rig = await rigOn(NEW);
  const input = { interface: 'wifi1', channel: 36 };
  const { view } = await rig.fleet.planRecipe({ device, recipe: 'wireless-rf-settings', input });
  const planId = view?.plan.id ?? '';
  await rig.operator.approve(planId, { typedName: device });
  expect((await rig.fleet.apply({ planId })).state).toBe('completed');
  const back = await rig.fleet.rollback(planId);
  expect(back.view?.plan.risk).toBe('high');
  expect(back.view?.plan.reasons).toContainEqual(expect.stringMatching(/^set wifi: 5260 MHz is a radar/));
});
