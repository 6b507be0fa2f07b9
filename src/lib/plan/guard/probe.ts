import type { Reader } from '../../client/types.ts';
import type { Facts } from '../../device/device.ts';
import type { Guard, Risk, Trigger } from '../types.ts';
import { requireNoSafeMode, somebodyElse, unlessMissing } from './foreign.ts';
import { newToken } from './names.ts';
import { findGuard } from './objects.ts';
import { policiesFor } from './policies.ts';
import { compileRevert } from './revert.ts';
import type { Subject } from './subject.ts';

/** Seconds the router waits for the confirmation, when nobody says otherwise; and the least. */
const SECONDS = 300;
const LEAST_SECONDS = 60;
/** A job that waits longer than a day is no guard. */
const MOST_SECONDS = 86_400;

export interface GuardWish extends Subject {
  readonly risk: Risk;
  readonly facts: Pick<Facts, 'survey'>;
  readonly seconds?: number;
}

/**
 * What can undo these changes on the router itself, found out when the plan is made: read, never hoped.
 * @returns `armed` with the triggers this router allows, or `none` and why
 * @throws DeniedError (retryable) while somebody else is at work there, or holds safe mode
 * @example targetOf(...) then { ...target, guard: await probeGuard(link, { ...target, risk, facts: device.facts }) }
 */
export async function probeGuard(reader: Reader, about: GuardWish): Promise<Guard> {
  await requireNoSafeMode(reader);
  const token = newToken();
  if ((await findGuard(reader, token)).foreign) throw somebodyElse();
  const missing = lackingRights(about);
  if (missing !== undefined) return none(missing);
  const { uncovered, covered, problem } = compileRevert(about, { token });
  if (problem !== undefined) return none(problem);
  if (covered === 0) return none('nothing of this plan can be undone by a script');
  const { triggers, warnings } = await triggersOf(reader, about);
  if (about.risk === 'high' && triggers.length === 1) return none(`${warnings.join('; ')}: not enough for a change of high risk`);
  const left = uncovered.map(({ change, why }) => `change ${change + 1} is not wholly undone there: ${why}`);
  return { kind: 'armed', token, triggers, seconds: secondsOf(about.seconds), warnings: [...warnings, ...left] };
}

const none = (why: string): Guard => ({ kind: 'none', why });

const secondsOf = (wanted: number = SECONDS): number => Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, Math.ceil(wanted)));

/** A script has at most the policies of the account that puts it there, and whoever lacks one of them cannot run it. */
function lackingRights(about: GuardWish): string | undefined {
  const granted = about.facts.survey?.account?.policies;
  if (!granted) return 'the rights of our account on the router are not known';
  const lacking = policiesFor(about)
    .split(',')
    .filter((policy) => !granted.includes(policy));
  return lacking.length === 0 ? undefined : `our account on the router lacks the policy ${lacking.join(' and ')}`;
}

interface Triggers {
  readonly triggers: readonly Trigger[];
  readonly warnings: readonly string[];
}

async function triggersOf(reader: Reader, about: GuardWish): Promise<Triggers> {
  if (!(await allowsScheduler(reader))) {
    return { triggers: ['job'], warnings: ['not reboot-safe: device-mode forbids the scheduler'] };
  }
  if (about.changes.some(({ menu }) => /^\/system\/(?:clock|ntp)(?:\/|$)/.test(menu))) {
    return { triggers: ['job', 'startup'], warnings: ['the clock is part of the change: no entry waits for a time of day'] };
  }
  if (!(await clockIsRight(reader))) {
    return { triggers: ['job', 'startup'], warnings: ['the clock of the router is not set: no entry waits for a time of day'] };
  }
  return { triggers: ['job', 'scheduler', 'startup'], warnings: [] };
}

/** Small boards come with a device-mode that forbids the scheduler (since 7.17); a flagged router refuses it as well. */
async function allowsScheduler(reader: Reader): Promise<boolean> {
  const [mode] = (await unlessMissing(reader.read({ verb: 'read', menu: '/system/device-mode' }, { priority: 'person' }))) ?? [];
  const isOff = (word: string | undefined): boolean => word === 'false' || word === 'no';
  return !isOff(mode?.['scheduler']) && !(mode?.['flagged'] === 'true' || mode?.['flagged'] === 'yes');
}

/** A board without a battery starts in 1970 and jumps once NTP has the time. */
async function clockIsRight(reader: Reader): Promise<boolean> {
  const [clock] = await reader.read({ verb: 'read', menu: '/system/clock' }, { priority: 'person' });
  if (Number((clock?.['date'] ?? '').slice(0, 4)) >= 2024) return true;
  const [ntp] = (await unlessMissing(reader.read({ verb: 'read', menu: '/system/ntp/client' }, { priority: 'person' }))) ?? [];
  return ntp?.['status'] === 'synchronized';
}
