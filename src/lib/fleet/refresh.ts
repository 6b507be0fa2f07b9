import type { CallOptions, Link } from '../client/types.ts';
import { canonical } from '../core/canonical.ts';
import { UnreachableError } from '../core/errors.ts';
import type { Device, Facts } from '../device/device.ts';
import { readFacts } from '../insight/facts.ts';
import { readSurvey } from '../insight/survey.ts';
import type { Context } from './context.ts';
import { isConflict } from './plans.ts';
import { entry, SYSTEM } from './record.ts';

/** How long (ms) a survey is good for. */
const DAY = 86_400_000;

/**
 * The router as it is today: it may have been upgraded since it was added. A plan made for the version of that day would be stale
 * for ever.
 * @throws UnreachableError `NOT_A_ROUTER` another box answers at its address
 */
export async function upToDate(context: Context, device: Device, link: Link, options: CallOptions = {}): Promise<Device> {
  const facts = await factsNow(context, device, link, options);
  if (facts.hardwareId !== device.facts.hardwareId) throw anotherBox();
  if (sameFacts(facts, device.facts)) return device;
  const now: Device = { ...device, facts, revision: device.revision + 1 };
  const details = { version: facts.version, was: device.facts.version };
  try {
    await context.ledger.commit([{ kind: 'device-put', device: now }], [entry(SYSTEM, 'device.update', 'ok', { device, details })]);
    return now;
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
    // Somebody else wrote first, or it was removed: what we saw is true for this answer and is seen again at the next.
    return (await context.store.device(device.id)) ?? now;
  }
}

const isDue = (context: Context, { facts }: Device): boolean => context.store.now() - (facts.survey?.readAt ?? 0) >= DAY;

/** Whoever reads a router may find that a day has passed: it is asked again on the side, once, and nobody waits for it. */
export function keepUpToDate(context: Context, device: Device): void {
  const { refreshing, closing } = context;
  if (!isDue(context, device) || refreshing.has(device.id) || closing.aborted) return;
  const work = context.routers
    .link(device)
    .then((link) => upToDate(context, device, link, { priority: 'poll', signal: closing }))
    // It is tried again at the next occasion; whoever needs the router now hears of it from the router.
    .catch(() => undefined)
    .then(() => void refreshing.delete(device.id));
  refreshing.set(device.id, work);
}

/** The name plate each time; everything else when it is new, when the software changed, and once a day. */
async function factsNow(context: Context, device: Device, link: Link, options: CallOptions): Promise<Facts> {
  const plate = await readFacts(link, context.store.now(), options);
  const { survey, ...was } = device.facts;
  const known = canonical([was.version, was.packages]) === canonical([plate.version, plate.packages]);
  if (survey && known && !isDue(context, device)) {
    return { ...plate, absentMenus: union(plate.absentMenus, was.absentMenus), survey };
  }
  return surveyed(context, device.username, plate, link, options);
}

/** The facts of a router that nobody asked yet, or not for long. */
export async function surveyed(context: Context, username: string, plate: Facts, link: Link, options: CallOptions = {}): Promise<Facts> {
  const menus = [...new Set(context.catalog.capabilities.map(({ menu }) => menu))];
  const { survey, absentMenus } = await readSurvey(link, { username, menus, now: context.store.now() }, options);
  return { ...plate, absentMenus: union(plate.absentMenus, absentMenus), survey };
}

const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])].sort();

const sameFacts = ({ readAt: _a, ...a }: Facts, { readAt: _b, ...b }: Facts): boolean => canonical(a) === canonical(b);

export const anotherBox = (): UnreachableError =>
  new UnreachableError('Another box answers at this address.', {
    code: 'NOT_A_ROUTER',
    retryable: false,
    hint: 'Remove the device and add it again.',
  });
