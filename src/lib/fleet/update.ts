import { plainHostKey } from '../client/host-key.ts';
import type { Actor } from '../core/actor.ts';
import { InputError, StoreError } from '../core/errors.ts';
import { deviceAddress } from '../device/address.ts';
import type { Device } from '../device/device.ts';
import type { StoreWrite } from '../store/store.ts';
import { type Credential, sealCredential } from '../vault/credential.ts';
import type { Context } from './context.ts';
import type { DeviceChange, DeviceView } from './device-types.ts';
import { deviceView, requireDevice } from './devices.ts';
import { beingChanged, factsOver, nameTaken, requireKnown, requireName } from './enrol.ts';
import { requirePerson } from './people.ts';
import { isConflict } from './plans.ts';
import { auditDenial, entry } from './record.ts';
import { anotherBox } from './refresh.ts';
import { hopFrom, hopInputs, secretsOf, sshFrom, trustFor } from './trust.ts';

/** Members of a change that alter the way to a router: it is gone once before it is kept. */
const WAY: readonly (keyof DeviceChange)[] = ['address', 'username', 'password', 'fingerprint', 'authority', 'insecure', 'ssh', 'via'];
const TRUST: readonly (keyof DeviceChange)[] = ['fingerprint', 'authority', 'insecure'];

/** Changes what is known of a router, or how it is reached. The same box must answer, or nothing is kept. */
export async function updateDevice(context: Context, actor: Actor, idOrName: string, change: DeviceChange): Promise<DeviceView> {
  const device = await requireDevice(context, idOrName);
  const named = Object.entries(change)
    .filter(([name, value]) => value !== undefined && name !== 'revision')
    .map(([name]) => name);
  if (named.length === 0)
    throw new InputError('Nothing is asked to be another way.', { hint: 'Say what to change, for example the address.' });
  const isWay = WAY.some((name) => named.includes(name));
  const isTrust = TRUST.some((name) => named.includes(name)) || hasOtherKeys(device, change);
  const operation = isTrust ? 'device.trust' : 'device.update';
  const details = { changed: named, name: device.name, ...(change.environment && { environment: change.environment }) };
  await auditDenial(context, actor, operation, { device, details }, async () => {
    requirePerson(actor, 'admin', isTrust ? 'say whom to trust' : 'change a device');
    context.routers.requireTouchable(device.environment);
    context.routers.requireTouchable(change.environment ?? device.environment);
  });
  if (change.revision !== undefined && change.revision !== device.revision) throw overtaken();
  const revision = device.revision + 1;
  const plain: Device = {
    ...device,
    revision,
    ...(change.name !== undefined && { name: change.name }),
    ...(change.environment && { environment: change.environment }),
    ...(change.tags && { tags: change.tags }),
    ...(change.allow && { allow: change.allow }),
  };
  requireName(plain.name);
  requireKnown({ ...plain, username: change.username ?? device.username });
  if (isWay) await requireIdle(context, device);
  const { next, writes } = isWay ? await wayOf(context, plain, change) : { next: plain, writes: [] };
  const about = { ...details, trust: next.trust.kind, ...(change.allow && { allow: change.allow }) };
  await keep(context, [{ kind: 'device-put', device: next }, ...writes], entry(actor, operation, 'ok', { device: next, details: about }));
  if (isWay) await context.routers.forget(device.id);
  return deviceView(next);
}

/** A line is not changed under a plan that is being applied over it. */
async function requireIdle(context: Context, device: Device): Promise<void> {
  const lease = await context.store.lease(device.id);
  if (lease && lease.holder !== '' && lease.until > context.store.now()) throw beingChanged();
}

async function keep(context: Context, writes: readonly StoreWrite[], record: ReturnType<typeof entry>): Promise<void> {
  try {
    await context.ledger.commit(writes, [record]);
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
    const [put] = writes;
    const now = put?.kind === 'device-put' ? await context.store.device(put.device.id) : undefined;
    if (put?.kind === 'device-put' && now?.revision === put.device.revision - 1) throw nameTaken();
    throw overtaken();
  }
}

const overtaken = (): StoreError =>
  new StoreError('Somebody else changed this device just now.', {
    code: 'STORE_CONFLICT',
    retryable: true,
    hint: 'Look at it, then try again.',
  });

/** To accept another host key is to say whom to trust. */
const hasOtherKeys = ({ ssh: had }: Device, { ssh }: DeviceChange): boolean =>
  had !== undefined && (ssh?.hostKeys.some((key) => !had.hostKeys.includes(plainHostKey(key) ?? key)) ?? false);

/** The device with the new way, after it was gone once; and the new credential, where there is one. */
async function wayOf(
  context: Context,
  device: Device,
  change: DeviceChange,
): Promise<{ readonly next: Device; readonly writes: readonly StoreWrite[] }> {
  const old = await context.routers.credential(device);
  const { ssh: hadSsh, via: hadVia, ...rest } = device;
  const address = change.address === undefined ? device.address : deviceAddress(change.address);
  const ssh = change.ssh === undefined ? hadSsh : change.ssh === null ? undefined : sshFrom(change.ssh);
  const via = change.via === undefined ? hadVia : (change.via ?? []).map(hopFrom);
  const key = change.ssh === null ? undefined : (change.ssh?.key ?? old.key);
  const credential: Credential = {
    password: change.password ?? old.password,
    ...(key && { key }),
    hops: change.via === undefined ? old.hops : (change.via ?? []).map(secretsOf),
  };
  const way = {
    address,
    username: change.username ?? device.username,
    ...(ssh && { ssh }),
    ...(via && via.length > 0 && { via }),
  };
  const trust = keepsTrust(device, address, change)
    ? device.trust
    : await trustFor(context, address, change, hopInputs(way.via ?? [], credential));
  const facts = await factsOver(context, { ...way, trust, environment: device.environment }, credential);
  if (facts.hardwareId !== device.facts.hardwareId) throw anotherBox();
  return {
    next: { ...rest, ...way, trust, facts, wayRevision: device.revision },
    writes: [{ kind: 'credential-put', credential: sealCredential(context.vault, device.id, credential) }],
  };
}

/** A certificate or an authority goes with its router to another address; what was accepted for plain HTTP does not. */
function keepsTrust({ trust, address: was }: Device, address: string, change: DeviceChange): boolean {
  if (TRUST.some((name) => change[name] !== undefined)) return false;
  if (address === was) return true;
  return (trust.kind === 'pinned' || trust.kind === 'authority') && address.startsWith('https:');
}
