import type { Reader, Runner } from '../../client/types.ts';
import { dns } from './dns.ts';
import { interfaces } from './interfaces.ts';
import { load } from './load.ts';
import { type LookFacts, lookOver } from './look.ts';
import type { Measurement, Taken, Verdict } from './measurement.ts';
import { memory } from './memory.ts';
import { bgpSessions, neighbours, ospfNeighbours } from './neighbours.ts';
import { ntp } from './ntp.ts';
import { ipv4Routes, ipv6Routes } from './routes.ts';
import { temperature } from './temperature.ts';
import { NOTHING_TOUCHED, type Touched } from './touched.ts';
import { uptime } from './uptime.ts';
import { isRecord } from './values.ts';

/**
 * What was measured of a router, by the name of each check: plain data, fit to be kept as JSON and compared by another process.
 * Router text in it is data.
 */
export type HealthSnapshot = Readonly<Record<string, Taken>>;

/** In the order in which people read them. */
const MEASUREMENTS: readonly Measurement[] = [
  uptime,
  load,
  memory,
  temperature,
  interfaces,
  neighbours,
  bgpSessions,
  ospfNeighbours,
  ipv4Routes,
  ipv6Routes,
  dns,
  ntp,
];

/**
 * A router before a change, in some twelve requests one after the other. What it does not have, or does not do, is left out: a CHR has no
 * thermometer, and who had no time before is not asked for it after.
 * @throws UnreachableError the line broke; RouterError the router failed to answer properly
 */
export async function measure(link: Reader & Runner, facts: LookFacts): Promise<HealthSnapshot> {
  const taken = await takeAll(link, facts, MEASUREMENTS);
  return Object.fromEntries(
    MEASUREMENTS.flatMap((one): readonly [string, Taken][] => {
      const found = taken[one.check];
      return found && one.worth(found) ? [[one.check, found]] : [];
    }),
  );
}

/** The same router after it: only what was measured before is asked for. */
export const measureAgain = (link: Reader & Runner, facts: LookFacts, before: HealthSnapshot): Promise<HealthSnapshot> =>
  takeAll(
    link,
    facts,
    MEASUREMENTS.filter(({ check }) => Object.hasOwn(before, check)),
  );

async function takeAll(link: Reader & Runner, facts: LookFacts, which: readonly Measurement[]): Promise<HealthSnapshot> {
  const look = lookOver(link, facts);
  const taken: [string, Taken][] = [];
  for (const one of which) {
    const found = await one.take(look);
    if (found) taken.push([one.check, found]);
  }
  return Object.fromEntries(taken);
}

/** Three-valued: what was measured before and cannot be measured now is inconclusive, and inconclusive means stop. */
export const compareHealth = (before: HealthSnapshot, after: HealthSnapshot, touched: Touched): readonly Verdict[] =>
  MEASUREMENTS.flatMap((one) => {
    const was = before[one.check];
    return was ? [one.judge(was, after[one.check], touched)] : [];
  });

/**
 * The snapshot to compare with next: as before, but up for as long as was last seen. A router that is watched for a while may reboot,
 * and be up for longer by the next look than it was before the change.
 */
export const watched = (before: HealthSnapshot, after: HealthSnapshot, touched: Touched = NOTHING_TOUCHED): HealthSnapshot => {
  const was = before[uptime.check];
  const is = after[uptime.check];
  return was && is && uptime.judge(was, is, touched).verdict === 'pass' ? { ...before, [uptime.check]: is } : before;
};

/** Is this, out of a journal, a snapshot? What each measurement kept is looked at when it is compared. */
export const isSnapshot = (value: unknown): value is HealthSnapshot =>
  isRecord(value) && Object.values(value).every((taken) => isRecord(taken) && ('value' in taken || typeof taken['missing'] === 'string'));
