import { fromStamp, stamp } from './dates.ts';
import { refuse } from './errors.ts';
import type { RouterState } from './state/router.ts';
import { zone } from './state/tables.ts';

/** Where the clock of a board without a battery stands after a start. */
const WITHOUT_BATTERY = Date.UTC(1970, 0, 2);

/** What the router believes the time to be. It can be wrong: after a start without a battery, or when somebody set it. */
export function deviceTime({ power, hardware, bootedAt }: RouterState, now: number): number {
  if (!hardware.rtc && power.starts > 0 && now < power.syncedAt) return WITHOUT_BATTERY + now - bootedAt;
  return now + power.clockOffset;
}

/** When the router's clock will show `wanted`, or has shown it; counted in real time. */
export function momentOf(router: RouterState, wanted: number): number {
  const { power, hardware, bootedAt } = router;
  const synced = wanted - power.clockOffset;
  if (hardware.rtc || power.starts === 0) return synced;
  const unsynced = bootedAt + wanted - WITHOUT_BATTERY;
  return unsynced >= bootedAt && unsynced < power.syncedAt ? unsynced : Math.max(synced, power.syncedAt);
}

/** Somebody sets the clock, or it jumps: what waits for a time of day sees it, what waits a while does not. */
export function jumpDeviceClock({ power }: RouterState, ms: number): void {
  power.clockOffset += ms;
}

/** Somebody writes the date or the time of day; the other stays as it is. */
export function setDeviceClock(router: RouterState, now: number, date: string | undefined, time: string | undefined): void {
  const [today = '', hour = ''] = stamp(deviceTime(router, now), zone(router)).split(' ');
  const wanted = fromStamp(`${date ?? today} ${time ?? hour}`, zone(router));
  if (Number.isNaN(wanted)) throw refuse(`invalid value for argument ${date === undefined ? 'time' : 'date'}`);
  jumpDeviceClock(router, wanted - deviceTime(router, now));
}
