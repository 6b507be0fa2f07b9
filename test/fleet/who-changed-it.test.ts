import { expect, test } from 'vitest';
import { applied, approved, outcomeOf, type Rig, setDns, setNtp, startRig } from './rig.ts';

/** Another admin, with an account of his own, over REST like anybody else. */
async function asEve(rig: Rig, servers: string): Promise<void> {
  const { router } = rig;
  if (!router.rows('/user').some((row) => row['name'] === 'eve'))
    router.edit('/user', undefined, { name: 'eve', password: 'another-one', group: 'full' });
  const answer = await fetch(`${router.url}/rest/ip/dns/set`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('eve:another-one').toString('base64')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ servers }),
  });
  expect(answer.status).toBe(200);
}

test('a stale plan says who was at the router lately, newest first, and does not name ourselves', async () => {
  await using rig = await startRig();
  await applied(rig, [setNtp()]);
  const { plan } = await approved(rig, [setDns()]);
  await asEve(rig, '192.0.2.200');
  const outcome = outcomeOf(await rig.fleet.apply({ planId: plan.id }));
  expect(outcome?.state).toBe('stale');
  expect(outcome?.history?.[0]).toMatchObject({ by: 'eve', action: 'dns changed', time: expect.stringMatching(/\d\d:\d\d:\d\d/) });
  expect(rig.router.rows('/system/history').some(({ by }) => by === rig.router.username)).toBe(true);
  expect(outcome?.history?.some(({ by }) => by === rig.router.username)).toBe(false);
});

test('of a long history the last twenty', async () => {
  await using rig = await startRig();
  const { plan } = await approved(rig, [setDns()]);
  for (let nth = 1; nth <= 23; nth += 1) await asEve(rig, `192.0.2.${nth}`);
  expect(outcomeOf(await rig.fleet.apply({ planId: plan.id }))?.history).toHaveLength(20);
});

test('a name that would draw on the terminal arrives as plain text on one line', async () => {
  await using rig = await startRig();
  const { plan } = await approved(rig, [setDns()]);
  await asEve(rig, '192.0.2.200');
  const [row] = rig.router.rows('/system/history');
  rig.router.edit('/system/history', row?.['.id'], { action: `\u001B[31mno\nthing ${'x'.repeat(400)}` });
  const [note] = outcomeOf(await rig.fleet.apply({ planId: plan.id }))?.history ?? [];
  expect(note?.action.startsWith('no thing xxx')).toBe(true);
  expect(note?.action).toHaveLength(200);
});

test('a router that does not tell its history is stale all the same', async () => {
  await using rig = await startRig();
  const { plan } = await approved(rig, [setDns()]);
  await asEve(rig, '192.0.2.200');
  rig.router.fault({ path: '/system/history', action: { kind: 'answer', status: 400, detail: 'failure: no' } });
  const outcome = outcomeOf(await rig.fleet.apply({ planId: plan.id }));
  expect(outcome?.state).toBe('stale');
  expect(outcome?.history).toBeUndefined();
});
