import type { Actor } from '../core/actor.ts';
import { asFleetError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import { readFacts } from '../insight/facts.ts';
import type { Context } from './context.ts';
import type { DeviceTest } from './device-types.ts';
import { deviceView, requireDevice } from './devices.ts';
import type { Line } from './line.ts';
import { auditDenial } from './record.ts';
import { anotherBox, surveyed } from './refresh.ts';

/** What each policy of RouterOS lets us do, in the order of need (RouterOS manual, user groups). */
const RIGHTS: readonly (readonly [policy: string, what: string])[] = [
  ['read', 'read the configuration'],
  ['write', 'change the configuration'],
  ['test', 'ping, traceroute and other tests'],
  ['policy', 'scripts, schedules and users: what the guard on the router needs'],
  ['sensitive', 'see secrets, which nothing here needs'],
  ['reboot', 'reboot'],
  ['ssh', 'log in over SSH'],
];

/** Reaches for a router step by step, over every way it has, and says what each step came to and what the account may do. */
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
  const line = await auditDenial(context, actor, 'device.test', { device }, () => context.routers.fresh(device));
  let policies: readonly string[] | null = null;
  try {
    if (await attempt('log in and read', () => sameBox(context, device, line))) {
      await attempt(
        'read the configuration',
        async () => `${(await line.link.read({ verb: 'read', menu: '/ip/service' })).length} services`,
      );
      await attempt('ask what the account may do', async () => {
        policies = await policiesOver(context, device, line);
        return policies === null ? 'it may not see its own rights' : inWords(policies);
      });
    }
    const { ssh } = line;
    if (ssh) await attempt('read over SSH', async () => `${(await ssh.read({ verb: 'read', menu: '/system/identity' })).length} answer`);
  } finally {
    await line.close();
  }
  return { device: deviceView(device), ok: steps.every((step) => step.ok), steps, policies };
}

async function sameBox(context: Context, device: Device, { link }: Line): Promise<string> {
  const facts = await readFacts(link, context.store.now());
  if (facts.hardwareId !== device.facts.hardwareId) throw anotherBox();
  return `RouterOS ${facts.version}`;
}

async function policiesOver(context: Context, device: Device, { link }: Line): Promise<readonly string[] | null> {
  const { survey } = await surveyed(context, device.username, device.facts, link);
  return survey?.account?.policies ?? null;
}

function inWords(policies: readonly string[]): string {
  const can = RIGHTS.filter(([policy]) => policies.includes(policy)).map(([, what]) => what);
  const cannot = RIGHTS.filter(([policy]) => !policies.includes(policy)).map(([, what]) => what);
  return `it can: ${can.join('; ') || 'nothing'}. It cannot: ${cannot.join('; ') || '-'}`;
}
