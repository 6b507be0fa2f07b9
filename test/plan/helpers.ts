import type { Capability } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { type Menu, menuOf } from '../../src/lib/plan/menu.ts';
import { sealPlan, targetOf } from '../../src/lib/plan/plan.ts';
import { type Draft, draftChanges } from '../../src/lib/plan/planner.ts';
import type { Change, Plan, Target } from '../../src/lib/plan/types.ts';
import { capabilityOf } from '../laws/subjects.ts';
import { device } from '../laws/world.ts';

export { capabilityOf } from '../laws/subjects.ts';

export const VERSION = '7.20.8';
export const NOW = 1_800_000_000_000;

export const dns = capabilityOf('dns');
export const filter = capabilityOf('firewall-filter');
export const lists = capabilityOf('firewall-address-list');
export const interfaces = capabilityOf('interface');
export const addresses = capabilityOf('ip-address');
export const ntp = capabilityOf('ntp-client');

export type Rows = Readonly<Record<string, readonly Row[]>>;

/** Menus as they would have been read: rows by capability id, ids counted from *1 where none is given. */
export const menusWith = (rows: Rows, version = VERSION): ReadonlyMap<string, Menu> =>
  new Map(
    Object.entries(rows).map(([id, some]) => {
      const capability = capabilityOf(id);
      const numbered = some.map((row, at) => (capability.shape === 'singleton' ? row : { '.id': `*${at + 1}`, ...row }));
      return [id, menuOf(capability, version, numbered)];
    }),
  );

export const draft = (rows: Rows, ...intents: readonly Intent[]): Draft => draftChanges(menusWith(rows), intents);

/** The one change that a draft comes to. */
export function changeOf(rows: Rows, ...intents: readonly Intent[]): Change {
  const { changes } = draft(rows, ...intents);
  const [only] = changes;
  if (!only || changes.length > 1) throw new Error(`${changes.length} changes, not one`);
  return only;
}

/** The refusal of a wish. */
export const refusal = (rows: Rows, ...intents: readonly Intent[]): InputError => refusedBy(() => draft(rows, ...intents));

/** What a call was refused with. */
export function refusedBy(run: () => unknown): InputError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown;
    throw thrown;
  }
  throw new Error('it was not refused');
}

export const targetFor = (rows: Rows, ...intents: readonly Intent[]): Target => {
  const menus = menusWith(rows);
  return targetOf(device(VERSION), menus, draftChanges(menus, intents));
};

export const planFor = (rows: Rows, ...intents: readonly Intent[]): Plan => sealed([targetFor(rows, ...intents)]);

export const sealed = (targets: readonly Target[], changes: Partial<Plan> = {}): Plan =>
  sealPlan({
    id: 'pln_0000000000000000',
    author: { id: 'agent:helper', onBehalfOf: 'user:ann', origin: 'stdio' },
    summary: 'a test',
    risk: 'low',
    reasons: [],
    targets,
    createdAt: NOW,
    ...changes,
  });

/** A rule of the filter with less to type. */
export const rule = (comment: string, more: Row = {}): Row => ({ chain: 'forward', action: 'accept', comment, ...more });
export const on = (capability: Capability): { readonly capability: string } => ({ capability: capability.id });
