import type {
  Clock,
  DeviceSample,
  DeviceView,
  Fleet,
  FleetEvent,
  ItemView,
  JournalRecord,
  PlanView,
  ReadRequest,
  ReadResult,
  Target,
  ViewResult,
} from '../../src/lib/index.ts';
import type { Operator } from '../../src/lib/operator.ts';

/** A fleet of fixed data behind the real interface, for frames that read the same every time. Tests push what happens. */

/** Noon where the test runs: times on the screen are those of the wall clock. */
export const NOW = new Date(2026, 10, 22, 12, 0, 0).getTime();

/** Time stands still until a test moves it. */
export function stillClock(): Clock & { advance(ms: number): void } {
  let now = NOW;
  let sleepers: readonly { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    monotonic: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        sleepers = [...sleepers, { at: now + ms, wake: resolve }];
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    advance: (ms) => {
      now += ms;
      const due = sleepers.filter(({ at }) => at <= now);
      sleepers = sleepers.filter(({ at }) => at > now);
      for (const { wake } of due) wake();
    },
  };
}

export const device = (name: string, change: Partial<DeviceView> = {}): DeviceView => ({
  id: `id-${name}`,
  revision: 0,
  wayRevision: 0,
  name,
  address: 'https://192.0.2.1',
  environment: 'lab',
  tags: { site: 'riga' },
  allow: ['advanced-writes'],
  trust: { kind: 'system' },
  username: 'admin',
  facts: {
    version: '7.20.6',
    channel: 'stable',
    board: 'RB5009UG+S+IN',
    architecture: 'arm64',
    hardwareId: 'HST0000001',
    identity: name,
    packages: [],
    absentMenus: [],
    readAt: NOW,
  },
  enrolledAt: NOW - 86_400_000,
  ...change,
});

export const sample = (name: string, change: Partial<DeviceSample> = {}): DeviceSample => ({
  deviceId: `id-${name}`,
  at: NOW,
  status: 'up',
  transport: 'rest',
  cpuLoad: 12,
  memoryUsed: 300,
  memoryTotal: 1000,
  uptimeSeconds: 273_600,
  identity: name,
  version: '7.20.6 (stable)',
  board: 'RB5009UG+S+IN',
  took: 21,
  ...change,
});

const CALL = { verb: 'set', menu: '/ip/dns', values: { servers: '9.9.9.9' } } as const;
export const TARGET: Target = {
  deviceId: 'id-edge-1',
  deviceName: 'edge-1',
  environment: 'lab',
  hardwareId: 'HST0000001',
  version: '7.20.6',
  base: { sections: [], fingerprint: '0' },
  changes: [
    {
      capability: 'dns',
      menu: '/ip/dns',
      verb: 'set',
      row: '',
      label: 'dns',
      before: { servers: '1.1.1.1' },
      after: { servers: '9.9.9.9' },
      secret: [],
    },
  ],
  steps: [{ change: 0, call: CALL }],
  undo: [[{ verb: 'set', menu: '/ip/dns', values: { servers: '1.1.1.1' } }]],
  lost: [],
  guard: { kind: 'none', why: 'a test' },
  reach: [],
  checks: [],
};

export function plan(
  id: string,
  change: { readonly [K in keyof PlanView]?: PlanView[K] } & { readonly about?: Partial<PlanView['plan']> } = {},
): PlanView {
  const { about = {}, ...view } = change;
  return {
    plan: {
      format: 1,
      id,
      author: { id: 'agent:claude', onBehalfOf: 'user:ann', origin: 'stdio' },
      summary: 'set dns',
      risk: 'low',
      reasons: ['one router in the lab'],
      blastRadius: { devices: 1, changes: 1, menus: ['/ip/dns'] },
      targets: [TARGET],
      checks: [],
      soakSeconds: 0,
      createdAt: NOW - 120_000,
      expiresAt: NOW + 86_280_000,
      executeWithin: 3_600_000,
      hash: 'f00d',
      ...about,
    },
    state: 'review',
    targets: [{ deviceId: 'id-edge-1', state: 'review' }],
    runs: [],
    approvalNeeds: { typedName: null, terminal: false, because: [] },
    ...view,
  };
}

export type Job = Awaited<ReturnType<Fleet['job']>>;

export const job = (planId: string, change: Partial<Job> = {}): Job => ({
  jobId: `run_${planId}`,
  planId,
  by: 'user:ann',
  startedAt: NOW,
  status: 'running',
  state: 'executing',
  routers: { all: 1, over: 0, completed: 0 },
  ...change,
});

export interface Fixture {
  readonly operator: Operator;
  /** What the doors were asked for, in order. */
  readonly asked: readonly (readonly [string, unknown])[];
  devices: readonly DeviceView[];
  plans: readonly PlanView[];
  journal: readonly JournalRecord[];
  /** Rows of a capability, or what reading it does. */
  rows: Record<string, readonly ItemView[] | ((request: ReadRequest) => Promise<ReadResult>)>;
  /** What is under way, here or elsewhere. */
  jobs: readonly Job[];
  /** Plans whose process died: taken up when somebody looks. */
  lost: readonly string[];
  /** What a view tells. */
  views: Record<string, Pick<ViewResult, 'data' | 'missing'>>;
  /** Tells everybody who watches. */
  tell(event: FleetEvent): void;
}

export const readResult = (request: ReadRequest, items: readonly ItemView[]): ReadResult => ({
  device: { id: request.device, name: request.device },
  capability: request.capability,
  items,
  total: items.length,
  transport: 'rest',
  readAt: NOW,
});

/** Doors over fixed data. Only what the terminal UI calls is there; anything else is a failing test. */
export function fixture(data: Partial<Pick<Fixture, 'devices' | 'plans' | 'journal' | 'jobs' | 'lost' | 'rows' | 'views'>> = {}): Fixture {
  const asked: (readonly [string, unknown])[] = [];
  const watchers = new Set<(event: FleetEvent) => void>();
  const self: Fixture = {
    asked,
    devices: data.devices ?? [device('edge-1'), device('edge-2', { environment: 'staging' }), device('core-1', { environment: 'prod' })],
    plans: data.plans ?? [],
    journal: data.journal ?? [],
    jobs: data.jobs ?? [],
    lost: data.lost ?? [],
    rows: data.rows ?? {},
    views: data.views ?? {},
    tell: (event) => {
      for (const watcher of [...watchers]) watcher(event);
    },
    operator: undefined as unknown as Operator,
  };
  const note = (verb: string, what: unknown): void => void asked.push([verb, what]);
  const find = (id: string): PlanView => self.plans.find((view) => view.plan.id === id) ?? plan(id);
  const put = (view: PlanView): PlanView => {
    self.plans = [view, ...self.plans.filter((one) => one.plan.id !== view.plan.id)];
    return view;
  };
  const fleet: Partial<Fleet> = {
    actor: { id: 'user:ann', origin: 'tui', roles: ['admin', 'approver'], terminal: true },
    devices: async () => self.devices,
    plans: async () => self.plans,
    showPlan: async (id) => find(id),
    journal: async () => self.journal,
    history: async () => [],
    jobs: async () => self.jobs,
    recover: async () => {
      const taken = self.lost;
      if (taken.length > 0) note('recover', taken);
      self.lost = [];
      return taken;
    },
    control: async (planId, what) => {
      note('control', [planId, what]);
      const wanted = what === 'resume' ? 'go' : what;
      put({ ...find(planId), runs: find(planId).runs.map((run) => ({ ...run, wanted })) });
      return job(planId);
    },
    planMany: async (request) => {
      note('planMany', request);
      return { planned: true, view: put(plan('pln_many', { about: { author: { id: 'user:ann', origin: 'tui' } } })), unplanned: [] };
    },
    sample: async (id) => sample(id.replace('id-', '')),
    read: async (request) => {
      note('read', request);
      const rows = self.rows[request.capability] ?? [];
      return typeof rows === 'function' ? rows(request) : readResult(request, rows);
    },
    view: async (request) => {
      note('view', request);
      const told = self.views[request.view] ?? { data: {}, missing: {} };
      return { device: { id: request.device, name: request.device }, view: request.view, ...told, transport: 'rest', readAt: NOW };
    },
    plan: async (request) => {
      note('plan', request);
      return { planned: true, view: put(plan('pln_mine', { about: { author: { id: 'user:ann', origin: 'tui' } } })) };
    },
    apply: async (request) => {
      note('apply', request);
      return put({ ...find(request.planId), state: 'completed', targets: [{ deviceId: 'id-edge-1', state: 'completed' }] });
    },
    watch: (options) => events(options.signal, watchers),
  };
  const operator: Partial<Operator> = {
    fleet: fleet as Fleet,
    approve: async (id, options) => {
      note('approve', [id, options]);
      const approval = { by: 'user:ann', kind: 'person' as const, issuedAt: NOW, expiresAt: NOW + 900_000 };
      return { view: put({ ...find(id), state: 'approved', approval }), token: undefined as never };
    },
    resolve: async (id, request) => {
      note('resolve', [id, request]);
      return put({ ...find(id), state: 'completed', targets: find(id).targets.map((target) => ({ ...target, state: 'completed' })) });
    },
    reject: async (id, reason) => {
      note('reject', [id, reason]);
      return put({ ...find(id), state: 'rejected', decision: { by: 'user:ann', at: NOW, reason } });
    },
  };
  return Object.assign(self, { operator: operator as Operator });
}

async function* events(signal: AbortSignal, watchers: Set<(event: FleetEvent) => void>): AsyncGenerator<FleetEvent> {
  const waiting: FleetEvent[] = [];
  let wake = (): void => undefined;
  const watcher = (event: FleetEvent): void => {
    waiting.push(event);
    wake();
  };
  watchers.add(watcher);
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next) yield next;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    watchers.delete(watcher);
  }
}

/** What a verb of the library was asked for, each time. */
export const askedFor = (data: Fixture, verb: string): readonly unknown[] =>
  data.asked.filter(([name]) => name === verb).map(([, what]) => what);
