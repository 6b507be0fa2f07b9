import type { Actor } from '../core/actor.ts';
import { InputError } from '../core/errors.ts';
import { newDeviceId } from '../core/ids.ts';
import { deviceAddress } from '../device/address.ts';
import { ALLOWANCES, type Device, deviceName, ENVIRONMENTS, type Facts } from '../device/device.ts';
import { readFacts } from '../insight/facts.ts';
import { type Credential, sealCredential } from '../vault/credential.ts';
import type { Context } from './context.ts';
import type { DeviceInput, DeviceView } from './device-types.ts';
import { deviceView, requireDevice } from './devices.ts';
import type { Reachable } from './line.ts';
import { requirePerson } from './people.ts';
import { isConflict } from './plans.ts';
import { auditDenial, entry } from './record.ts';
import { surveyed } from './refresh.ts';
import { hopFrom, secretsOf, sshFrom, trustFor } from './trust.ts';

/** Enrols a router: trust is settled, it is asked who it is, and only then is anything stored. */
export async function addDevice(context: Context, actor: Actor, input: DeviceInput): Promise<DeviceView> {
  const address = deviceAddress(input.address);
  requireName(input.name);
  requireKnown(input);
  if (await context.store.device(input.name)) throw nameTaken();
  await auditDenial(context, actor, 'device.add', { details: { name: input.name, address, environment: input.environment } }, async () => {
    requirePerson(actor, 'admin', 'add a device');
    context.routers.requireTouchable(input.environment);
  });
  const { via = [] } = input;
  const way = {
    address,
    username: input.username,
    ...(input.ssh && { ssh: sshFrom(input.ssh) }),
    ...(via.length > 0 && { via: via.map(hopFrom) }),
    trust: await trustFor(context, address, input, via),
  };
  const credential: Credential = { password: input.password, ...(input.ssh?.key && { key: input.ssh.key }), hops: via.map(secretsOf) };
  const device: Device = {
    ...way,
    id: newDeviceId(),
    revision: 0,
    wayRevision: 0,
    name: input.name,
    environment: input.environment,
    tags: input.tags ?? {},
    allow: input.allow ?? [],
    facts: await factsOver(context, { ...way, environment: input.environment }, credential),
    enrolledAt: context.store.now(),
  };
  const details = {
    name: device.name,
    address,
    trust: device.trust.kind,
    allow: device.allow,
    ssh: device.ssh !== undefined,
    via: via.length,
  };
  try {
    await context.ledger.commit(
      [
        { kind: 'device-put', device },
        { kind: 'credential-put', credential: sealCredential(context.vault, device.id, credential) },
      ],
      [entry(actor, 'device.add', 'ok', { device, details })],
    );
  } catch (thrown) {
    if (isConflict(thrown)) throw nameTaken();
    throw thrown;
  }
  return deviceView(device);
}

export const nameTaken = (): InputError =>
  new InputError('A device of that name, or this very router, is enrolled already.', {
    code: 'ALREADY_EXISTS',
    hint: 'Choose another name, or see routeros-mcp device list.',
  });

/** @throws InputError */
export function requireName(text: string): void {
  const name = deviceName.safeParse(text);
  if (name.success) return;
  throw new InputError(`${name.error.issues[0]?.message ?? 'The device name is not valid'}.`, { hint: 'For example edge-1' });
}

/**
 * What a caller without types may get wrong, and what would otherwise fail later and in other words.
 * @throws InputError
 */
export function requireKnown({ environment, allow = [], username }: Pick<DeviceInput, 'environment' | 'allow' | 'username'>): void {
  if (!ENVIRONMENTS.includes(environment))
    throw new InputError('There is no environment of that name.', { hint: `Use one of: ${ENVIRONMENTS.join(', ')}.` });
  if (!allow.every((one) => ALLOWANCES.includes(one)))
    throw new InputError('There is no allowance of that name.', { hint: `Use some of: ${ALLOWANCES.join(', ')}.` });
  // The login travels as name:password.
  if (username === '' || username.includes(':'))
    throw new InputError('The user name must not be empty or hold a colon.', { hint: 'Use the name of an account on the router.' });
}

/** Goes the whole way once: REST for the facts, and SSH where it is set up, so that a way that does not work is not kept. */
export async function factsOver(context: Context, box: Reachable & Pick<Device, 'environment'>, credential: Credential): Promise<Facts> {
  const line = context.routers.visit(box, credential);
  try {
    const plate = await readFacts(line.link, context.store.now());
    const facts = await surveyed(context, box.username, plate, line.link);
    await line.ssh?.read({ verb: 'read', menu: '/system/identity' });
    return facts;
  } finally {
    await line.close();
  }
}

/** Forgets a router and its password; its history stays. */
export async function removeDevice(context: Context, actor: Actor, idOrName: string): Promise<DeviceView> {
  const device = await requireDevice(context, idOrName);
  const about = { device, details: { name: device.name } };
  await auditDenial(context, actor, 'device.remove', about, async () => requirePerson(actor, 'admin', 'remove a device'));
  try {
    await context.ledger.commit([{ kind: 'device-remove', deviceId: device.id }], [entry(actor, 'device.remove', 'ok', about)]);
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
    throw beingChanged();
  }
  await context.routers.forget(device.id);
  return deviceView(device);
}

export const beingChanged = (): InputError =>
  new InputError('This router is being changed right now, or is gone already.', {
    code: 'PLAN_STATE',
    hint: 'Wait until its plan has ended, then try again.',
  });
