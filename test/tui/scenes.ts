import { createTheme } from '../../src/tui/theme.ts';
import { fixture, NOW, plan, sample, TARGET } from './fixture.ts';
import type { Frames, FramesOptions } from './frames.tsx';

/** Screens worth a picture: how one gets there. The pictures are in `frames/`. */
export interface SceneOf {
  readonly options: () => FramesOptions;
  readonly go: (frames: Frames) => Promise<unknown>;
}

/** A fleet with one router up, one down, and a plan that waits. */
async function settled(frames: Frames): Promise<void> {
  await frames.until('core-1');
  const { tell } = frames.data;
  for (const cpuLoad of [5, 30, 60, 90, 12]) tell({ type: 'sample', sample: sample('edge-1', { cpuLoad }) });
  tell({ type: 'sample', sample: sample('edge-2', { at: NOW - 180_000 }) });
  tell({
    type: 'sample',
    sample: sample('edge-2', {
      status: 'down',
      code: 'TIMED_OUT',
      cpuLoad: null,
      memoryUsed: null,
      memoryTotal: null,
      uptimeSeconds: null,
    }),
  });
  tell({ type: 'sample', sample: sample('core-1', { cpuLoad: 95, memoryUsed: 720, uptimeSeconds: 3_000_000, version: '7.24 (testing)' }) });
  // Samples are gathered for a moment; the clock stands still until it is moved.
  await new Promise((resolve) => setImmediate(resolve));
  frames.clock.advance(200);
  await frames.until(/edge-2 .*down/);
}

const WAITING = plan('pln_0123456789abcdef');
const FILTER_CHANGES: typeof TARGET.changes = [
  {
    capability: 'firewall-filter',
    menu: '/ip/firewall/filter',
    verb: 'add',
    row: '#0',
    label: 'drop telnet',
    before: null,
    after: { chain: 'input', action: 'drop', protocol: 'tcp', 'dst-port': '23', comment: 'drop telnet' },
    place: { to: '*5' },
    secret: [],
  },
  {
    capability: 'firewall-filter',
    menu: '/ip/firewall/filter',
    verb: 'set',
    row: '*3',
    label: 'from the office',
    before: { 'src-address': '198.51.100.0/24', log: 'yes' },
    after: { 'src-address': '203.0.113.0/24,198.51.100.0/24,192.0.2.0/24,10.10.10.0/24' },
    secret: [],
  },
  {
    capability: 'firewall-filter',
    menu: '/ip/firewall/filter',
    verb: 'remove',
    row: '*7',
    label: 'old rule',
    before: { chain: 'forward', action: 'accept' },
    after: null,
    secret: [],
  },
  {
    capability: 'firewall-filter',
    menu: '/ip/firewall/filter',
    verb: 'move',
    row: '*9',
    label: 'fasttrack',
    before: null,
    after: null,
    place: { from: null, to: '*1' },
    secret: [],
  },
  {
    capability: 'wireguard-peers',
    menu: '/interface/wireguard/peers',
    verb: 'set',
    row: '*1',
    label: 'hq',
    before: { 'preshared-key': 'x' },
    after: { 'preshared-key': 'y' },
    secret: ['preshared-key'],
  },
];
const BIG = plan('pln_high000000000', {
  about: {
    summary: 'add firewall-filter, set firewall-filter (2)',
    risk: 'high',
    reasons: ['add firewall-filter is high risk', 'it touches the input chain'],
    blastRadius: { devices: 1, changes: 5, menus: ['/ip/firewall/filter', '/interface/wireguard/peers'] },
    targets: [
      {
        ...TARGET,
        deviceName: 'core-1',
        environment: 'prod',
        changes: FILTER_CHANGES,
        steps: [
          {
            change: 0,
            call: {
              verb: 'add',
              menu: '/ip/firewall/filter',
              values: { chain: 'input', action: 'drop', comment: 'drop telnet' },
              placeBefore: '*5',
            },
          },
          { change: 2, call: { verb: 'remove', menu: '/ip/firewall/filter', id: '*7' } },
          { change: 4, call: { verb: 'set', menu: '/interface/wireguard/peers', id: '*1', values: { 'preshared-key': 'sealed' } } },
        ],
        undo: [[{ verb: 'remove', menu: '/ip/firewall/filter', id: '#0' }]],
        lost: [{ change: 4, why: 'the key cannot be read back' }],
      },
    ],
  },
  approvalNeeds: { typedName: 'core-1', terminal: true, because: ['it changes a prod router', 'its risk is high'] },
});
const FAILED = plan('pln_failed00000000', {
  state: 'rolled-back',
  targets: [
    {
      deviceId: 'id-edge-1',
      state: 'rolled-back',
      outcome: {
        state: 'rolled-back',
        summary: 'A check failed after the change; it was undone and the router is as it was.',
        code: 'ROUTER_REFUSED',
        hint: 'Look at the check before planning it again.',
        routerText: 'failure: resolver busy',
        checks: [
          { check: 'planned rows', verdict: 'pass', after: '1 of 1 as planned' },
          { check: 'interfaces running', verdict: 'fail', before: '11 up', after: '10 up', why: 'ether3 went down' },
          { check: 'dns answers', verdict: 'inconclusive', why: 'no answer in time' },
        ],
        left: [],
        drift: [],
        at: NOW,
      },
    },
  ],
  approval: { by: 'user:ann', kind: 'person', issuedAt: NOW - 60_000, expiresAt: NOW + 840_000, consumedAt: NOW - 50_000 },
  runs: [{ id: 'run_1', planId: 'pln_failed00000000', by: 'user:ann', startedAt: NOW - 50_000, endedAt: NOW - 47_900, wanted: 'go' }],
});

const withPlans = (...plans: ReturnType<typeof plan>[]): FramesOptions => ({
  data: fixture({
    plans,
    journal: [
      {
        runId: 'run_1',
        planId: 'pln_failed00000000',
        deviceId: 'id-edge-1',
        phase: 'apply',
        step: 0,
        stage: 'verified',
        call: TARGET.steps[0]?.call ?? { verb: 'remove', menu: '/x', id: '*1' },
        at: NOW,
      },
      {
        runId: 'run_1',
        planId: 'pln_failed00000000',
        deviceId: 'id-edge-1',
        phase: 'undo',
        step: 0,
        stage: 'verified',
        call: { verb: 'set', menu: '/ip/dns', values: { servers: '1.1.1.1' } },
        at: NOW,
      },
    ],
  }),
});

const INTERFACES = [
  {
    id: '*1',
    name: 'ether1',
    type: 'ether',
    running: true,
    disabled: false,
    mtu: 1500,
    macAddress: '48:A9:8A:10:20:00',
    rxByte: 926_000_000,
    txByte: 561_000_000,
    comment: 'WAN',
  },
  {
    id: '*2',
    name: 'ether2',
    type: 'ether',
    running: false,
    disabled: true,
    mtu: 'auto',
    macAddress: '48:A9:8A:10:20:01',
    rxByte: 1201,
    txByte: 77,
  },
];
const rows = {
  interface: INTERFACES,
  dns: [{ servers: ['1.1.1.1', '8.8.8.8'], allowRemoteRequests: false, cacheSize: 2048, cacheMaxTtl: 604_800 }],
};

const OVERVIEW = {
  data: {
    systemIdentity: 'edge-1',
    cpuUsagePercent: null,
    updates: { channel: 'stable', installedVersion: '7.20.6' },
    sensors: [
      { name: 'temperature', value: 42, type: 'C' },
      { name: 'voltage', value: 24.1, type: null },
    ],
    users: [],
  },
  missing: { license: 'not on this router: it has no menu /system/license' },
};

const open = async (frames: Frames, ...keys: readonly string[]): Promise<void> => {
  await settled(frames);
  frames.press(...keys);
};

export const SCENES: Readonly<Record<string, SceneOf>> = {
  'fleet 80x24': { options: () => withPlans(WAITING), go: settled },
  'fleet 120x40': { options: () => ({ ...withPlans(WAITING), columns: 120, rows: 40 }), go: settled },
  'fleet, nothing enrolled': { options: () => ({ data: fixture({ devices: [] }) }), go: (frames) => frames.until('No routers yet') },
  'fleet, read-only, ascii': {
    options: () => ({
      ...withPlans(WAITING),
      readOnly: 'another instance writes',
      columns: 60,
      rows: 16,
      theme: createTheme({ colour: false, attributes: false, unicode: false }),
    }),
    go: settled,
  },
  overview: { options: () => withPlans(WAITING), go: (frames) => open(frames, 'j', '\r').then(() => frames.until('Open plans')) },
  interfaces: {
    options: () => ({ data: fixture({ rows }) }),
    go: (frames) => open(frames, 'j', '\r', '2').then(() => frames.until('ether2')),
  },
  dns: {
    options: () => ({ data: fixture({ rows }), columns: 120, rows: 40 }),
    go: (frames) => open(frames, 'j', '\r', '8').then(() => frames.until('1.1.1.1')),
  },
  'view 80x24': {
    options: () => ({ data: fixture({ views: { 'system-overview': OVERVIEW } }) }),
    go: (frames) => open(frames, 'j', '\r', ':', ...'view system-overview', '\r').then(() => frames.until('missing')),
  },
  'a page beside the tabs': {
    options: () => ({ data: fixture({ rows: { 'system-identity': [{ name: 'edge-1' }] } }) }),
    go: (frames) => open(frames, 'j', '\r', ':', ...'system-identity', '\r').then(() => frames.until('read just now')),
  },
  'views in the colon line': {
    options: () => withPlans(),
    go: (frames) => open(frames, 'j', '\r', ':', ...'view system-overview').then(() => frames.until('System overview: Enter')),
  },
  plans: { options: () => withPlans(WAITING, BIG, FAILED), go: (frames) => open(frames, 'p').then(() => frames.until('rolled-back')) },
  'plans 120x40': {
    options: () => ({ ...withPlans(WAITING, BIG, FAILED), columns: 120, rows: 40 }),
    go: (frames) => open(frames, 'p').then(() => frames.until('rolled-back')),
  },
  'plan, changes': {
    options: () => ({ ...withPlans(BIG), rows: 40 }),
    go: (frames) => open(frames, 'p', '\r').then(() => frames.until('Cannot be undone')),
  },
  'plan, exact calls': {
    options: () => withPlans(BIG),
    go: (frames) => open(frames, 'p', '\r', '2').then(() => frames.until('place-before')),
  },
  'plan, progress': {
    options: () => ({ ...withPlans(FAILED), rows: 30 }),
    go: (frames) => open(frames, 'p', '\r', '3').then(() => frames.until('undone:')),
  },
  approve: { options: () => withPlans(BIG), go: (frames) => open(frames, 'p', '\r', 'a').then(() => frames.until('to approve')) },
  help: { options: () => ({ rows: 56, columns: 120 }), go: (frames) => open(frames, '?').then(() => frames.until('First steps')) },
  'too small': { options: () => ({ columns: 50, rows: 10 }), go: (frames) => frames.until('50x10') },
};
