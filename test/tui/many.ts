import type { JournalRecord, Outcome, PlanView, Reach, Target, TargetState } from '../../src/lib/index.ts';
import { NOW, plan, TARGET } from './fixture.ts';

/** Plans of several routers, and what their journals say, for tests and pictures. */

export const ARMED: Target['guard'] = {
  kind: 'armed',
  token: '0123456789',
  triggers: ['job', 'scheduler', 'startup'],
  seconds: 300,
  warnings: [],
};

export const CUT_OFF: Reach = {
  transport: 'rest',
  verdict: 'no',
  why: 'A rule of the input chain drops us.',
  rule: 'drop\u001b[2J all else',
};
const STAYS: Reach = { transport: 'rest', verdict: 'yes', why: 'No rule of the input chain is against it.' };

export const targetOf = (name: string, change: Partial<Target> = {}): Target => ({
  ...TARGET,
  deviceId: `id-${name}`,
  deviceName: name,
  guard: ARMED,
  reach: [STAYS],
  ...change,
});

/** A plan for the routers of these waves; each in its state, `review` where none is given. */
export function rolloutPlan(
  id: string,
  waves: readonly (readonly Target[])[],
  change: Partial<PlanView> & {
    readonly states?: Readonly<Record<string, TargetState>>;
    readonly outcomes?: Readonly<Record<string, Outcome>>;
  } = {},
): PlanView {
  const { states = {}, outcomes = {}, ...view } = change;
  const targets = waves.flat();
  return plan(id, {
    about: {
      summary: `set dns (${targets.length})`,
      targets,
      blastRadius: { devices: targets.length, changes: targets.length, menus: ['/ip/dns'] },
      checks: ['ping 192.0.2.1'],
      soakSeconds: 30,
      rollout: {
        waves: waves.map((wave) => wave.map(({ deviceId }) => deviceId)),
        parallel: 5,
        pauseSeconds: 60,
        budget: 0,
        onStop: 'roll-back-wave',
      },
    },
    targets: targets.map(({ deviceId, deviceName }) => {
      const outcome = outcomes[deviceName];
      return { deviceId, state: states[deviceName] ?? view.state ?? 'review', ...(outcome && { outcome }) } as PlanView['targets'][number];
    }),
    ...view,
  });
}

export const outcome = (state: TargetState, change: Partial<Outcome> = {}): Outcome => ({
  state,
  summary: 'A check failed after the change.',
  checks: [],
  left: [],
  drift: [],
  at: NOW,
  ...change,
});

export const openRun = (planId: string, wanted: 'go' | 'pause' | 'cancel' = 'go'): PlanView['runs'][number] => ({
  id: 'run_1',
  planId,
  by: 'user:ann',
  startedAt: NOW - 60_000,
  wanted,
});

type Call = JournalRecord['call'];
const SCRIPTS = '/system/script';
const calls = {
  lock: { verb: 'add', menu: SCRIPTS, values: { name: 'mk-cc-lock' } },
  job: { verb: 'command', menu: '/', command: 'execute', values: { script: '' } },
  run: { verb: 'command', menu: SCRIPTS, command: 'run', values: { number: 'mk-cc-0123456789' } },
  remove: { verb: 'remove', menu: SCRIPTS, id: '*1' },
} as const satisfies Readonly<Record<string, Call>>;

/** Writes of the guard of one router, each with its answer. */
export const guardRecords = (
  planId: string,
  name: string,
  steps: readonly (keyof typeof calls)[],
  change: Partial<JournalRecord> = {},
): readonly JournalRecord[] =>
  steps.map((what, step) => ({
    runId: 'run_1',
    planId,
    deviceId: `id-${name}`,
    phase: 'guard',
    step,
    stage: 'ack',
    call: calls[what],
    at: NOW,
    ...change,
  }));

export const stepRecord = (planId: string, name: string, change: Partial<JournalRecord> = {}): JournalRecord => ({
  runId: 'run_1',
  planId,
  deviceId: `id-${name}`,
  phase: 'apply',
  step: 0,
  stage: 'verified',
  call: TARGET.steps[0]?.call ?? { verb: 'remove', menu: '/x', id: '*1' },
  at: NOW,
  ...change,
});
