import { type Decoded, decodeRow, wireMap } from '../../src/lib/capability/codec.ts';
import type { Capability } from '../../src/lib/capability/define.ts';
import { catalogEntries, catalogOf, type Plan, type TargetState } from '../../src/lib/index.ts';
import type { StoreWrite } from '../../src/lib/store/store.ts';
import type { Machine } from './machines.ts';

const catalog = catalogOf(catalogEntries);

/** The static rows of one menu, in order, by what can be written of them. */
export type MenuRows = readonly Pick<Decoded, 'id' | 'content'>[];
export type Snapshot = ReadonlyMap<string, MenuRows>;

/** Wire names of a capability, whatever the version: what is meant by absence does not depend on it. */
export const fieldsOf = (capability: string) => wireMap(catalog.capability(capability), '7.24');
export const shapeOf = (capability: string): string => catalog.capability(capability).shape;

export const snapshot = (machine: Machine, capabilities: Iterable<string>): Snapshot =>
  new Map([...new Set(capabilities)].map((id) => [id, staticRows(machine, catalog.capability(id))]));

/** The same of the menu at a path. */
export function rowsOf(machine: Machine, menu: string): MenuRows {
  const capability = catalog.capabilities.find((one) => one.menu === menu);
  if (!capability) throw new Error(`the catalog has no ${menu}`);
  return staticRows(machine, capability);
}

const staticRows = (machine: Machine, capability: Capability): MenuRows =>
  machine
    .rows(capability.menu)
    .map((row) => decodeRow(capability, row, machine.version))
    .filter((row) => !row.dynamic)
    .map(({ id, content }) => ({ id, content }));

/** One target of one plan, from its first write to its end. */
export interface Story {
  readonly plan: Plan;
  readonly deviceId: string;
  readonly machine: Machine;
  state: TargetState;
  /** When it went to `executing`. */
  before?: Snapshot;
  /** When it came to its end. */
  after?: Snapshot;
  /** Numbers of the commits, and of the one that stored the plan. */
  readonly plannedAt: number;
  begunAt?: number;
  endedAt?: number;
  left: number;
}

const ENDS: readonly TargetState[] = ['completed', 'failed', 'rolled-back', 'stuck', 'stale', 'cancelled', 'expired', 'rejected'];
export const isEnd = (state: TargetState): boolean => ENDS.includes(state);

/** Follows what the store is told, and looks at the routers at the moments that count. */
export function storyTeller(machineAt: (address: string) => Machine, seq: () => number) {
  const machines = new Map<string, Machine>();
  const stories = new Map<string, Story>();
  const key = (planId: string, deviceId: string): string => `${planId} ${deviceId}`;

  const insert = (plan: Plan, state: TargetState): void => {
    for (const { deviceId } of plan.targets) {
      const machine = machines.get(deviceId);
      if (machine) stories.set(key(plan.id, deviceId), { plan, deviceId, machine, state, left: 0, plannedAt: seq() });
    }
  };
  const move = (write: Extract<StoreWrite, { kind: 'target-move' }>): void => {
    const story = stories.get(key(write.planId, write.deviceId));
    if (!story) return;
    story.state = write.to;
    const touched =
      story.plan.targets.find(({ deviceId }) => deviceId === write.deviceId)?.changes.map((change) => change.capability) ?? [];
    if (write.to === 'executing' && !story.before) {
      story.before = snapshot(story.machine, touched);
      story.begunAt = seq();
    }
    if (!isEnd(write.to)) return;
    story.after = snapshot(story.machine, touched);
    story.endedAt = seq();
    story.left = (write.outcome?.left.length ?? 0) + (write.outcome?.drift.length ?? 0);
  };
  return {
    stories,
    machineOf: (deviceId: string): Machine | undefined => machines.get(deviceId),
    tell: (writes: readonly StoreWrite[]): void => {
      for (const write of writes) {
        if (write.kind === 'device-put') machines.set(write.device.id, machineAt(write.device.address));
        if (write.kind === 'plan-insert') insert(write.plan, write.state);
        if (write.kind === 'target-move') move(write);
      }
    },
  };
}
