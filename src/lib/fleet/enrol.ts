import { linkOver, openChannel } from '../client/connect.ts';
import { deviceAddress, isLoopback, plainFingerprint, seeCertificate } from '../client/trust.ts';
import type { Actor } from '../core/actor.ts';
import { asFleetError, InputError, UnreachableError } from '../core/errors.ts';
import { newDeviceId } from '../core/ids.ts';
import { ALLOWANCES, type Device, deviceName, ENVIRONMENTS, type Facts, type Trust } from '../device/device.ts';
import { readFacts } from '../insight/facts.ts';
import { sealCredential } from '../vault/credential.ts';
import type { Context } from './context.ts';
import { deviceView, requireDevice } from './devices.ts';
import { requirePerson } from './people.ts';
import { isConflict } from './plans.ts';
import { auditDenial, entry } from './record.ts';
import { anotherBox } from './refresh.ts';
import type { DeviceInput, DeviceTest, DeviceView, Probe } from './types.ts';

/** What a router shows before anyone logs in. Nothing secret is sent. */
export async function probe(context: Context, written: string): Promise<Probe> {
  const address = deviceAddress(written);
  if (address.startsWith('http:')) return { address, tls: false, trusted: isLoopback(address) };
  const { fingerprint, subject, validTo, trusted } = await seeCertificate(address, context.config.timeouts.connectSeconds * 1_000);
  return { address, tls: true, fingerprint, subject, validTo, trusted };
}

/** The certificate a person accepted, the system's authorities, or nothing on loopback; anything else stops here. */
async function trustFor(context: Context, address: string, fingerprint: string | undefined): Promise<Trust> {
  if (address.startsWith('http:')) {
    if (fingerprint !== undefined)
      throw new InputError('Plain HTTP has no certificate whose fingerprint could be compared.', {
        hint: 'Use https://, or leave it out.',
      });
    if (isLoopback(address)) return { kind: 'none' };
    throw new InputError('Plain HTTP would send the password readable by anyone on the way.', {
      hint: 'Use https:// (service www-ssl with a certificate).',
    });
  }
  const seen = await seeCertificate(address, context.config.timeouts.connectSeconds * 1_000);
  if (fingerprint !== undefined) {
    if (plainFingerprint(fingerprint) === seen.fingerprint) return { kind: 'pinned', fingerprint: seen.fingerprint, pem: seen.pem };
    throw new UnreachableError('The router shows another certificate than the fingerprint given; nothing was sent.', {
      code: 'TLS_PIN_MISMATCH',
      retryable: false,
      hint: 'Compare it on the router: /certificate print detail.',
      details: { seen: seen.fingerprint },
    });
  }
  if (seen.trusted) return { kind: 'system' };
  throw new UnreachableError("Nobody vouches for the router's certificate, so nothing was sent.", {
    code: 'TLS_UNTRUSTED',
    retryable: false,
    hint: `If this is its fingerprint on the router, add the device with --fingerprint ${seen.fingerprint}`,
    details: { fingerprint: seen.fingerprint, validTo: seen.validTo },
  });
}

/** Enrols a router: trust is settled, it is asked who it is, and only then is anything stored. */
export async function addDevice(context: Context, actor: Actor, input: DeviceInput): Promise<DeviceView> {
  const name = deviceName.safeParse(input.name);
  if (!name.success)
    throw new InputError(`${name.error.issues[0]?.message ?? 'The device name is not valid'}.`, { hint: 'For example edge-1' });
  const address = deviceAddress(input.address);
  requireKnown(input);
  const clash = await context.store.device(input.name);
  if (clash)
    throw new InputError('A device of that name exists already.', {
      code: 'ALREADY_EXISTS',
      hint: 'Choose another name, or remove the old device.',
    });
  await auditDenial(context, actor, 'device.add', { details: { name: input.name, address, environment: input.environment } }, async () => {
    requirePerson(actor, 'admin', 'add a device');
    context.routers.requireTouchable(input.environment);
  });
  const trust = await trustFor(context, address, input.fingerprint);
  const facts = await factsOf(context, { ...input, address, trust });
  const device: Device = {
    id: newDeviceId(),
    name: input.name,
    address,
    environment: input.environment,
    tags: input.tags ?? {},
    allow: input.allow ?? [],
    trust,
    username: input.username,
    facts,
    enrolledAt: context.store.now(),
  };
  const details = { name: device.name, address, trust: trust.kind, allow: device.allow };
  try {
    await context.ledger.commit(
      [
        { kind: 'device-put', device },
        { kind: 'credential-put', credential: sealCredential(context.vault, device.id, input.password) },
      ],
      [entry(actor, 'device.add', 'ok', { device, details })],
    );
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
    throw new InputError('This name or this very router is enrolled already.', {
      code: 'ALREADY_EXISTS',
      hint: 'See routeros-mcp device list.',
    });
  }
  return deviceView(device);
}

/** What a caller without types may get wrong, and what would otherwise fail later and in other words. */
function requireKnown({ environment, allow = [], username }: DeviceInput): void {
  if (!ENVIRONMENTS.includes(environment))
    throw new InputError('There is no environment of that name.', { hint: `Use one of: ${ENVIRONMENTS.join(', ')}.` });
  if (!allow.every((one) => ALLOWANCES.includes(one)))
    throw new InputError('There is no allowance of that name.', { hint: `Use some of: ${ALLOWANCES.join(', ')}.` });
  // The login travels as name:password.
  if (username === '' || username.includes(':'))
    throw new InputError('The user name must not be empty or hold a colon.', { hint: 'Use the name of an account on the router.' });
}

async function factsOf(context: Context, target: Parameters<typeof openChannel>[0]): Promise<Facts> {
  const { connectSeconds, requestSeconds } = context.config.timeouts;
  const link = linkOver(openChannel(target, { connect: connectSeconds * 1_000, request: requestSeconds * 1_000 }, context.clock));
  try {
    return await readFacts(link, context.store.now());
  } finally {
    await link.close();
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
    throw new InputError('This router is being changed right now, or is gone already.', {
      code: 'PLAN_STATE',
      hint: 'Wait until its plan has ended, then try again.',
    });
  }
  await context.routers.forget(device.id);
  return deviceView(device);
}

/** Reaches for a router step by step, and says what each step came to. */
export async function testDevice(context: Context, actor: Actor, idOrName: string): Promise<DeviceTest> {
  const device = await requireDevice(context, idOrName);
  const steps: DeviceTest['steps'][number][] = [];
  const attempt = async (name: string, work: () => Promise<string>): Promise<boolean> => {
    try {
      steps.push({ name, ok: true, detail: await work() });
      return true;
    } catch (thrown) {
      const { code, message, hint } = asFleetError(thrown);
      steps.push({ name, ok: false, detail: message, code, hint });
      return false;
    }
  };
  const link = await auditDenial(context, actor, 'device.test', { device }, () => context.routers.fresh(device));
  try {
    const read = await attempt('log in and read', async () => {
      const facts = await readFacts(link, context.store.now());
      if (facts.hardwareId !== device.facts.hardwareId) throw anotherBox();
      return `RouterOS ${facts.version}`;
    });
    if (read)
      await attempt('read the configuration', async () => `${(await link.read({ verb: 'read', menu: '/ip/service' })).length} services`);
  } finally {
    await link.close();
  }
  return { device: deviceView(device), ok: steps.every((step) => step.ok), steps };
}
