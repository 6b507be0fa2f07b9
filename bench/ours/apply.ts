// The apply engine as any program has it: a plan of one router with twelve steps, approved and applied.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Clock, type Intent, person, Secret, systemClock } from '../../src/lib/index.ts';
import { loadConfig, type Operator, openOperator } from '../../src/lib/operator.ts';
import { openSqliteStore } from '../../src/lib/store/sqlite.ts';
import { serve } from '../kit/serve.ts';
import type { Target } from '../simulator.ts';

const STEPS = 12;
const home = mkdtempSync(path.join(tmpdir(), 'routeros-mcp-bench-'));
const dataDir = path.join(home, 'data');
const { config } = loadConfig({ env: { HOME: home }, flags: { dataDir } });
/** Waits cost no processor time; nobody wants to sit through them. */
const clock: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 100, signal) };

let operator: Operator | undefined;
let recording = 0;

const usage = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const opened = async (): Promise<Operator> => {
  operator ??= await openOperator({
    config,
    clock,
    actor: person('bench', 'library', true),
    store: async (own) => {
      const store = await openSqliteStore({ file: path.join(dataDir, 'fleet.db'), clock: own });
      const commit: typeof store.commit = async (writes) => {
        const before = usage();
        // The engine is synchronous: nothing else runs between the two looks but what is in the same turn.
        const done = store.commit(writes);
        await done;
        recording += usage() - before;
      };
      return { ...store, commit };
    },
  });
  return operator;
};

const additions = (round: number): readonly Intent[] =>
  Array.from({ length: STEPS }, (_, at) => ({
    verb: 'add' as const,
    capability: 'firewall-address-list',
    values: { list: 'bench', address: `198.18.${round}.${at + 1}` },
  }));

export interface Applied {
  /** Microseconds of processor time of this process. */
  readonly cpu: number;
  /** What of it went into commits: journal, ledger, states. */
  readonly recording: number;
  readonly state: string;
  readonly steps: number;
}

export const verbs = {
  enrol: async ({ name, url, username, password }: Target): Promise<void> => {
    const allow = ['advanced-writes', 'professional-workflows', 'firewall-writes', 'routing-writes'] as const;
    await (await opened()).addDevice({ name, address: url, username, password: new Secret(password), environment: 'lab', allow });
  },
  plan: async ({ device, round }: { readonly device: string; readonly round: number }): Promise<string> => {
    const { fleet, approve } = await opened();
    const { view } = await fleet.plan({ device, intents: additions(round) });
    if (!view) throw new Error('nothing to change');
    const { typedName } = view.approvalNeeds;
    await approve(view.plan.id, typedName === null ? {} : { typedName });
    return view.plan.id;
  },
  apply: async (planId: string): Promise<Applied> => {
    const { fleet } = await opened();
    recording = 0;
    const before = usage();
    const { state, plan } = await fleet.apply({ planId });
    return { cpu: usage() - before, recording, state, steps: plan.targets[0]?.steps.length ?? 0 };
  },
};

serve(verbs, async () => {
  await operator?.close();
  rmSync(home, { recursive: true, force: true });
});
