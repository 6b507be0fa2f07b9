import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fingerprint } from '../../src/lib/core/canonical.ts';
import type { Clock } from '../../src/lib/core/clock.ts';
import type { Device } from '../../src/lib/device/device.ts';
import type { Approval, JournalRecord, Plan } from '../../src/lib/plan/types.ts';
import { openMemoryStore } from '../../src/lib/store/memory.ts';
import { openSqliteStore } from '../../src/lib/store/sqlite.ts';
import type { LedgerRecord, Run, Store, StoreWrite } from '../../src/lib/store/store.ts';

export { refusal } from '../support/refusal.ts';

export const NOW = 1_800_000_000_000;
export const ZEROS = '0'.repeat(64);

/** A clock that stands still: what waits, waits for real but briefly. */
export const stillClock: Clock = {
  now: () => NOW,
  monotonic: () => 0,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 5))),
};

export const aDevice = (name: string, changes: Partial<Device> & { readonly hardwareId?: string } = {}): Device => {
  const { hardwareId = `HW-${name}`, ...rest } = changes;
  return {
    id: randomUUID(),
    revision: 0,
    wayRevision: 0,
    name,
    address: 'https://192.0.2.1',
    environment: 'lab',
    tags: { site: 'wien' },
    allow: ['advanced-writes'],
    trust: { kind: 'system' },
    username: 'netops',
    facts: {
      version: '7.20.6',
      channel: 'stable',
      board: 'RB5009',
      architecture: 'arm64',
      hardwareId,
      identity: name,
      packages: ['routeros'],
      absentMenus: [],
      readAt: NOW,
    },
    enrolledAt: NOW,
    ...rest,
  };
};

export function aPlan(deviceIds: readonly string[], changes: Partial<Plan> = {}): Plan {
  const document = {
    format: 1 as const,
    id: `pln_${randomUUID().slice(0, 18)}`,
    author: { id: 'agent:test', onBehalfOf: 'user:ann', origin: 'stdio' },
    summary: 'Set DNS servers',
    risk: 'low' as const,
    reasons: [],
    blastRadius: { devices: deviceIds.length, changes: 1, menus: ['/ip/dns'] },
    targets: deviceIds.map((deviceId) => ({
      deviceId,
      deviceName: `router-${deviceId}`,
      environment: 'lab' as const,
      hardwareId: `HW-${deviceId}`,
      version: '7.20.6',
      base: { sections: [], fingerprint: ZEROS },
      changes: [],
      steps: [],
      undo: [],
      lost: [],
      guard: { kind: 'none' as const, why: 'a test' },
      reach: [],
      checks: [],
    })),
    checks: [],
    soakSeconds: 0,
    createdAt: NOW,
    expiresAt: NOW + 86_400_000,
    executeWithin: 3_600_000,
    ...changes,
  };
  return { ...document, hash: fingerprint(document) };
}

export const anApproval = (plan: Pick<Plan, 'id' | 'hash'>, changes: Partial<Approval> = {}): Approval => ({
  planId: plan.id,
  planHash: plan.hash,
  by: 'user:ann',
  kind: 'person',
  issuedAt: NOW,
  expiresAt: NOW + 900_000,
  nonceHash: fingerprint('nonce'),
  mac: fingerprint('mac'),
  ...changes,
});

export const consumption = (approval: Approval, changes: Partial<Extract<StoreWrite, { kind: 'approval-consume' }>> = {}): StoreWrite => ({
  kind: 'approval-consume',
  planId: approval.planId,
  planHash: approval.planHash,
  nonceHash: approval.nonceHash,
  at: NOW,
  ...changes,
});

export const aRun = (planId: string, id = `run_${randomUUID()}`): Run => ({ id, planId, by: 'user:ann', startedAt: NOW, wanted: 'go' });

export const aJournalRecord = (run: Pick<Run, 'id' | 'planId'>, changes: Partial<JournalRecord> = {}): JournalRecord => ({
  runId: run.id,
  planId: run.planId,
  deviceId: 'd1',
  phase: 'apply',
  step: 0,
  stage: 'intent',
  call: { verb: 'set', menu: '/ip/dns', values: { servers: '192.0.2.53' } },
  at: NOW,
  ...changes,
});

/** A record as the store sees it: the store checks number and link, not the content's hash. */
export const aLedgerRecord = (chain: string, seq: number, changes: Partial<LedgerRecord> = {}): LedgerRecord => ({
  format: 1,
  chain,
  seq,
  at: NOW,
  actor: 'user:ann',
  origin: 'cli',
  operation: 'device.update',
  result: 'ok',
  requestId: 'req_1',
  details: {},
  previous: seq === 1 ? ZEROS : fingerprint(`${chain} ${seq - 1}`),
  hash: fingerprint(`${chain} ${seq}`),
  ...changes,
});

/** A private directory that is gone after the test. */
export function scratch(): { readonly directory: string; readonly file: (name: string) => string; readonly remove: () => void } {
  const directory = mkdtempSync(path.join(tmpdir(), 'routeros-mcp-test-'));
  return { directory, file: (name) => path.join(directory, name), remove: () => rmSync(directory, { recursive: true, force: true }) };
}

export interface Engine {
  readonly name: string;
  readonly open: () => Promise<Store>;
  readonly cleanUp: () => void;
}

/** Each engine behind the same contract. */
export function engines(): readonly Engine[] {
  const places: { remove: () => void }[] = [];
  return [
    { name: 'memory', open: () => openMemoryStore({ clock: stillClock }), cleanUp: () => undefined },
    {
      name: 'sqlite',
      open: () => {
        const place = scratch();
        places.push(place);
        return openSqliteStore({ file: place.file('fleet.db'), clock: stillClock });
      },
      cleanUp: () => {
        for (const place of places.splice(0)) place.remove();
      },
    },
  ];
}
