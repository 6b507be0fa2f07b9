import { device, fixture, job, NOW, plan, TARGET } from './fixture.ts';
import type { Frames } from './frames.tsx';
import { ARMED, CUT_OFF, guardRecords, openRun, outcome, rolloutPlan, stepRecord, targetOf } from './many.ts';
import type { SceneOf } from './scenes.ts';

/** Pictures of plans of several routers, and of plans that need a person. */

const BARE = { kind: 'none', why: 'device-mode forbids the scheduler' } as const;
const WAITING = rolloutPlan(
  'pln_many00000000',
  [
    [targetOf('edge-1')],
    [
      targetOf('edge-2', { lost: [{ change: 0, why: 'the cache is gone' }] }),
      targetOf('core-1', {
        environment: 'prod',
        guard: BARE,
        reach: [CUT_OFF, { transport: 'ssh', verdict: 'unknown', why: 'SSH is not set up.' }],
      }),
      targetOf('edge-3'),
    ],
  ],
  { approvalNeeds: { typedName: '4 routers', terminal: true, because: ['it changes a prod router', 'it may cut us off from the router'] } },
);

const UNDER_WAY = rolloutPlan('pln_going0000000', [[targetOf('edge-1')], [targetOf('edge-2'), targetOf('edge-3')], [targetOf('core-1')]], {
  state: 'executing',
  states: { 'edge-1': 'completed', 'edge-2': 'executing', 'edge-3': 'executing', 'core-1': 'approved' },
  runs: [openRun('pln_going0000000')],
});
const GOING = [
  ...guardRecords('pln_going0000000', 'edge-1', ['lock', 'job', 'remove']),
  stepRecord('pln_going0000000', 'edge-1'),
  ...guardRecords('pln_going0000000', 'edge-2', ['lock', 'job'], { at: NOW - 48_000 }),
  stepRecord('pln_going0000000', 'edge-2', { stage: 'sent' }),
  ...guardRecords('pln_going0000000', 'edge-3', ['lock']),
];

const STOPPED = rolloutPlan('pln_stopped00000', [[targetOf('edge-1')], [targetOf('edge-2'), targetOf('edge-3')], [targetOf('core-1')]], {
  state: 'partial',
  states: { 'edge-1': 'completed', 'edge-2': 'rolled-back', 'edge-3': 'stuck', 'core-1': 'cancelled' },
  outcomes: {
    'edge-2': outcome('rolled-back'),
    'edge-3': outcome('stuck', { summary: 'The undo was refused.', routerText: 'no such\u001b[2J item', left: TARGET.changes }),
  },
  runs: [{ ...openRun('pln_stopped00000'), endedAt: NOW }],
});

const STALE = plan('pln_stale0000000', {
  state: 'stale',
  targets: [
    {
      deviceId: 'id-edge-1',
      state: 'stale',
      outcome: outcome('stale', {
        summary: 'The router is not as it was when this was planned.',
        hint: 'Plan again.',
        drift: [
          { capability: 'dns', row: '', planned: { servers: '1.1.1.1' }, now: { servers: '4.4.4.4' }, wanted: { servers: '9.9.9.9' } },
          {
            capability: 'wireguard-peers',
            row: '*1',
            planned: { name: 'hq', 'preshared-key': 'SECRET-OLD' },
            now: { name: 'hq', 'preshared-key': 'SECRET-NEW' },
            wanted: null,
          },
        ],
        history: [
          { by: 'bob', action: 'dns changed\u001b[2J\u202e by winbox', time: '11:59:01' },
          { by: 'admin', action: 'peer changed', time: '11:59:30' },
        ],
      }),
    },
  ],
});

const go = async (frames: Frames, until: string, ...keys: readonly string[]): Promise<void> => {
  await frames.until('1 of');
  frames.press(...keys);
  await frames.until(until);
};
const names = ['edge-1', 'edge-2', 'core-1'].map((name) => device(name));

export const SCENES_MANY: Readonly<Record<string, SceneOf>> = {
  'plan of many, changes': {
    options: () => ({ data: fixture({ plans: [WAITING] }), rows: 56 }),
    go: (frames) => go(frames, 'Cannot be undone', 'p', '\r'),
  },
  'plan of many, 80x24': {
    options: () => ({ data: fixture({ plans: [WAITING] }) }),
    go: (frames) => go(frames, 'same on', 'p', '\r'),
  },
  'approve many': {
    options: () => ({ data: fixture({ plans: [WAITING] }), rows: 40 }),
    go: (frames) => go(frames, 'Type 4 routers', 'p', '\r', 'a'),
  },
  'rollout under way': {
    options: () => ({
      data: fixture({ plans: [UNDER_WAY], journal: GOING, jobs: [job('pln_going0000000')] }),
      rows: 40,
    }),
    go: (frames) => go(frames, 'wave 3 of 3', 'p', '\r', '3'),
  },
  'rollout stopped': {
    options: () => ({ data: fixture({ plans: [STOPPED] }), rows: 40 }),
    go: (frames) => go(frames, 'wave 3 of 3', 'p', '\r', '3'),
  },
  'plan, stale': {
    options: () => ({ data: fixture({ plans: [STALE] }), rows: 40 }),
    go: (frames) => go(frames, 'wanted', 'p', '\r', '3'),
  },
  'a guard armed, one router': {
    options: () => ({
      data: fixture({
        plans: [
          plan('pln_one000000000', {
            about: { targets: [{ ...TARGET, guard: ARMED }] },
            state: 'executing',
            targets: [{ deviceId: 'id-edge-1', state: 'executing' }],
            runs: [openRun('pln_one000000000')],
          }),
        ],
        journal: guardRecords('pln_one000000000', 'edge-1', ['lock', 'job'], { at: NOW - 250_000 }),
        jobs: [job('pln_one000000000')],
      }),
    }),
    go: (frames) => go(frames, 'guard armed', 'p', '\r', '3'),
  },
  'fleet, marked': {
    options: () => ({ data: fixture({ devices: names }) }),
    go: (frames) => go(frames, 'plan for 2 marked routers', ' ', ' ', 'e'),
  },
};
