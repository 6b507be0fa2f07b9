import { sql } from 'kysely';
import { canonical } from '../core/canonical.ts';
import type { Device } from '../device/device.ts';
import { build } from './schema.ts';
import type { Step } from './step.ts';
import type { SealedCredential, StoreWrite } from './store.ts';

type Write<Kind extends StoreWrite['kind']> = Extract<StoreWrite, { readonly kind: Kind }>;

/** Names are ASCII, so lower case is the same everywhere. */
export const nameKey = (name: string): string => name.toLowerCase();

/** Revision 0 is new; any other takes the place of the one before it, and of no other: what somebody else wrote is not lost. */
export function putDevice(device: Device): readonly Step[] {
  const { revision } = device;
  const columns = { name_key: nameKey(device.name), hardware_id: device.facts.hardwareId || null, body: canonical(device), revision };
  if (revision === 0) return [build.insertInto('devices').values({ id: device.id, ...columns })];
  return [
    build
      .updateTable('devices')
      .set(columns)
      .where('id', '=', device.id)
      .where('revision', '=', revision - 1),
  ];
}

/** Its credential goes with it; its plans, journal, ledger and fence stay. Refused while something is happening on it. */
export const removeDevice = (deviceId: string): readonly Step[] => [
  build
    .deleteFrom('devices')
    .where('id', '=', deviceId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('targets')
            .select('plan_id')
            .where('device_id', '=', deviceId)
            .where('state', 'in', ['executing', 'paused', 'rolling-back']),
        ),
      ),
    ),
];

export const putCredential = (credential: SealedCredential): readonly Step[] => [
  build
    .insertInto('credentials')
    .values({ device_id: credential.deviceId, sealed: credential.sealed })
    .onConflict((existing) => existing.column('device_id').doUpdateSet({ sealed: credential.sealed })),
];

/** Free, expired, or ours already. Coming back to a lease that was released or lost is a new holding: the fence grows. */
export const takeLease = (write: Write<'lease-take'>): readonly Step[] => [
  build
    .insertInto('leases')
    .values({ device_id: write.deviceId, holder: write.holder, fence: 1, until: write.until })
    .onConflict((existing) =>
      existing
        .column('device_id')
        .doUpdateSet(({ ref }) => ({
          holder: write.holder,
          until: write.until,
          fence: sql<number>`${ref('leases.fence')} + (${ref('leases.holder')} is not ${write.holder})`,
        }))
        .where(({ or, eb }) =>
          or([
            eb('leases.holder', 'is', null),
            eb('leases.until', '<=', write.at),
            eb('leases.holder', '=', write.holder),
            ...(write.dead === undefined ? [] : [eb('leases.holder', '=', write.dead)]),
          ]),
        ),
    ),
];

export const renewLease = (write: Write<'lease-renew'>): readonly Step[] => [
  build.updateTable('leases').set({ until: write.until }).where('device_id', '=', write.deviceId).where('holder', '=', write.holder),
];

/** Changes nothing, and is refused unless the lease is still in these hands: what travels with it is done by the holder or not at all. */
export const holdLease = (write: Write<'lease-hold'>): readonly Step[] => [
  build
    .updateTable('leases')
    .set({ holder: write.holder })
    .where('device_id', '=', write.deviceId)
    .where('holder', '=', write.holder)
    .where('fence', '=', write.fence),
];

/** The row stays: the next holder's fence must be higher. */
export const releaseLease = (write: Write<'lease-release'>): readonly Step[] => [
  build.updateTable('leases').set({ holder: null }).where('device_id', '=', write.deviceId).where('holder', '=', write.holder),
];
