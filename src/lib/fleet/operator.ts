import { approve, reject } from './approve.ts';
import { enrolApprover, listApprovers, revokeApprover } from './approvers.ts';
import { openContext } from './context.ts';
import { addDevice, removeDevice } from './enrol.ts';
import { fleetOver } from './fleet.ts';
import { libraryUser } from './open.ts';
import type { FleetOptions } from './options.ts';
import { resolve } from './resolve.ts';
import { seeDevice } from './sight.ts';
import { testDevice } from './test-device.ts';
import { probe, probeHostKey } from './trust.ts';
import type { Operator } from './types.ts';
import { updateDevice } from './update.ts';

/**
 * Opens the fleet for a person: all of Door 1 as `fleet`, and approving, rejecting and enrolling.
 *
 * @throws ConfigError a setting is wrong, or the data directory is open to others
 * @throws StoreError the data directory cannot be read or written
 * @example
 * await using operator = await openOperator();
 * await operator.approve(planId);
 * await operator.fleet.apply({ planId });
 */
export async function openOperator(options: FleetOptions = {}): Promise<Operator> {
  const context = await openContext(options);
  const actor = options.actor ?? libraryUser();
  const close = (): Promise<void> => context.close();
  return Object.freeze<Operator>({
    fleet: fleetOver(context, actor, close),
    approve: (planId, how) => approve(context, actor, planId, how),
    resolve: (planId, request) => resolve(context, actor, planId, request),
    reject: (planId, reason) => reject(context, actor, planId, reason),
    enrolApprover: (request) => enrolApprover(context, actor, request),
    approvers: () => listApprovers(context),
    revokeApprover: (keyIdStart) => revokeApprover(context, actor, keyIdStart),
    probe: (address, how) => probe(context, address, how?.via),
    probeHostKey: (request) => probeHostKey(context, request),
    seeDevice: (idOrName, other) => seeDevice(context, idOrName, other),
    addDevice: (input) => addDevice(context, actor, input),
    updateDevice: (idOrName, change) => updateDevice(context, actor, idOrName, change),
    removeDevice: (idOrName) => removeDevice(context, actor, idOrName),
    testDevice: (idOrName) => testDevice(context, actor, idOrName),
    close,
    [Symbol.asyncDispose]: close,
  });
}
