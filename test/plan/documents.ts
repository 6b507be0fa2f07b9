import { sealPlan } from '../../src/lib/plan/plan.ts';
import type { Plan, Step, Target } from '../../src/lib/plan/types.ts';

const CALLS: readonly Step['call'][] = [
  {
    verb: 'add',
    menu: '/file',
    values: { name: 'a' },
    placeBefore: '*2',
    by: { menu: '/system/backup', command: 'save' },
  },
  { verb: 'set', menu: '/ip/dns', id: '*1', values: { servers: '192.0.2.1' } },
  { verb: 'unset', menu: '/ip/dns', id: '*1', field: 'servers' },
  { verb: 'remove', menu: '/ip/dns', id: '*1' },
  { verb: 'move', menu: '/ip/firewall/filter', id: '*1', before: '*2' },
  { verb: 'command', menu: '/system/package/update', command: 'install', values: {} },
];

const EDGE: Target = {
  deviceId: 'd0000000-0000-4000-8000-000000000001',
  deviceName: 'edge-1',
  environment: 'lab',
  hardwareId: 'HW1',
  version: '7.20.8',
  base: {
    sections: [
      {
        capability: 'dns',
        menu: '/ip/dns',
        rows: [
          { id: '', content: { servers: '192.0.2.1' }, before: null, after: '*2' },
          { id: '*9', content: null, before: '*2', after: null },
        ],
        keys: [{ key: '["a"]', ids: ['*1'] }],
        critical: true,
      },
    ],
    fingerprint: '0123456789abcdef'.repeat(4),
  },
  changes: [
    {
      capability: 'dns',
      menu: '/ip/dns',
      verb: 'set',
      row: '',
      label: 'DNS',
      before: { servers: '192.0.2.1' },
      after: { servers: '192.0.2.53' },
      place: { from: '*1', to: null },
      secret: [],
    },
  ],
  steps: CALLS.map((call) => ({ change: 0, call })),
  undo: [CALLS],
  lost: [{ change: 0, why: 'there is no way back' }],
  guard: { kind: 'armed', token: '0123456789', triggers: ['job', 'scheduler', 'startup'], seconds: 300, warnings: ['not reboot-safe'] },
  reach: [{ transport: 'rest', verdict: 'yes', why: 'nothing is in the way', rule: 'allow us' }],
  checks: ['ping 192.0.2.1 (if it held before)'],
};

/** A plan in which every member is there that a plan may have, and every kind of request. No router could carry it out. */
export const fullPlan = (changes: Partial<Pick<Plan, 'targets' | 'summary'>> = {}): Plan =>
  sealPlan({
    id: 'pln_0123456789abcdez',
    author: { id: 'agent:helper', onBehalfOf: 'user:ann', origin: 'stdio' },
    recipe: 'dns-ntp-rollout',
    summary: 'a test',
    risk: 'low',
    reasons: ['it changes 2 routers'],
    targets: [EDGE, { ...EDGE, deviceName: 'edge-2', guard: { kind: 'none', why: 'scheduler is missing' } }],
    checks: ['ping 192.0.2.1'],
    soakSeconds: 60,
    rollout: { waves: [['d1'], ['d2']], parallel: 5, pauseSeconds: 30, budget: 1, onStop: 'roll-back-wave' },
    createdAt: 1_800_000_000_000,
    ...changes,
  });

/** A copy of a document that may be changed at will. */
export const copyOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

export type Path = readonly (string | number)[];

/** The document with one member put in its place; undefined takes it away. */
export function withAt(document: unknown, path: Path, value: unknown): unknown {
  const copy = copyOf(document);
  let at = copy as Record<string | number, unknown>;
  for (const part of path.slice(0, -1)) at = at[part] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}
