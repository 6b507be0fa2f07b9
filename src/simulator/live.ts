import { stamp } from './dates.ts';
import { deviceTime } from './device-clock.ts';
import { formatSeconds, parseDuration } from './durations.ts';
import { noise } from './noise.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import { zone } from './state/tables.ts';

/** What is different now; undefined for what is not there at the moment. */
type Moved = Readonly<Record<string, string | undefined>>;
type Live = (router: RouterState, row: Row, now: number) => Moved;

/** What moves by itself, computed from the stored row, the seed and the time: nothing is stored, so nothing drifts. */
export function live(router: RouterState, menu: string, row: Row, now: number): Row {
  const mover = MOVERS[menu];
  if (!mover) return row;
  const seen: Row = { ...row };
  for (const [name, value] of Object.entries(mover(router, row, now))) {
    if (value === undefined) delete seen[name];
    else seen[name] = value;
  }
  return seen;
}

/** Whole seconds a counter has been running: since the recording was put on, or since it was reset. */
const secondsOf = (router: RouterState, row: Row, now: number): number =>
  Math.max(0, Math.floor((now - Number(row['~since'] ?? router.startedAt)) / 1000));

const add = (stored: string | undefined, more: number): string => String(BigInt(stored ?? '0') + BigInt(Math.floor(more)));

/** A rate of its own for every interface, alike on every read: bytes per second. */
export function bytesPerSecond(router: RouterState, name: string, direction: 'rx' | 'tx'): number {
  return Math.floor(1_000 + noise(router.seed, 'rate', direction, name) * 900_000);
}

const BYTES_PER_PACKET = 780;

function interfaceCounters(router: RouterState, row: Row, now: number): Moved {
  if (row['running'] !== 'true' || row['disabled'] === 'true' || row['type'] === 'loopback') return {};
  const seconds = secondsOf(router, row, now);
  const moved: Row = {};
  for (const direction of ['rx', 'tx'] as const) {
    const bytes = bytesPerSecond(router, row['.id'] ?? '', direction) * seconds;
    for (const suffix of ['byte', 'bytes']) {
      const field = `${direction}-${suffix}`;
      if (Object.hasOwn(row, field)) moved[field] = add(row[field], bytes);
    }
    if (Object.hasOwn(row, `${direction}-packet`)) moved[`${direction}-packet`] = add(row[`${direction}-packet`], bytes / BYTES_PER_PACKET);
  }
  return moved;
}

/** Rules that were hit once go on being hit; one that never matched stays at nought. */
function ruleCounters(router: RouterState, row: Row, now: number): Moved {
  const neverHit = (row['bytes'] ?? '0') === '0' && row['~since'] === undefined;
  if (row['disabled'] === 'true' || neverHit) return {};
  const bytes = (500 + noise(router.seed, 'rule', row['.id'] ?? '') * 50_000) * secondsOf(router, row, now);
  return { bytes: add(row['bytes'], bytes), packets: add(row['packets'], bytes / BYTES_PER_PACKET) };
}

function resource(router: RouterState, row: Row, now: number): Moved {
  const recorded = (parseDuration(row['uptime'] ?? '0s') ?? 0) / 1000;
  const uptime = router.bootedAt === router.startedAt ? now - router.startedAt + recorded : now - router.bootedAt;
  const slot = Math.floor(now / 5_000);
  const base = Number(row['cpu-load'] ?? '0');
  const free = Number(row['free-memory'] ?? '0');
  return {
    uptime: formatSeconds(uptime),
    'cpu-load': String(Math.min(100, Math.max(0, Math.round(base + noise(router.seed, 'cpu', slot) * 12)))),
    'free-memory': String(Math.floor(free - noise(router.seed, 'memory', slot) * free * 0.02)),
  };
}

function cpu(router: RouterState, row: Row, now: number): Moved {
  return {
    load: String(Math.round(Number(row['load'] ?? '0') + noise(router.seed, 'core', row['.id'] ?? '', Math.floor(now / 5_000)) * 12)),
  };
}

function clock(router: RouterState, _row: Row, now: number): Moved {
  const [date = '', time = ''] = stamp(deviceTime(router, now), zone(router)).split(' ');
  return { date, time };
}

function health(router: RouterState, row: Row, now: number): Moved {
  const value = Number(row['value']);
  if (!Number.isFinite(value) || row['type'] !== 'C') return {};
  return { value: String(Math.round(value + noise(router.seed, 'health', row['.id'] ?? '', Math.floor(now / 30_000)) * 3)) };
}

/** A changed client needs a while until it is in step again. */
const UNTIL_SYNCHRONIZED = 15_000;

function ntp(router: RouterState, row: Row, now: number): Moved {
  const offset = (noise(router.seed, 'ntp', Math.floor(now / 60_000)) * 2 - 1).toFixed(3);
  const changed = row['~changed'];
  if (changed === undefined) return row['status'] === 'synchronized' ? { 'system-offset': offset } : {};
  const lost = { 'synced-server': undefined, 'synced-stratum': undefined, 'system-offset': undefined };
  if (row['enabled'] !== 'true') return { ...lost, status: 'stopped' };
  const upstream = row['~upstream'];
  if (upstream === undefined || now - Number(changed) < UNTIL_SYNCHRONIZED) return { ...lost, status: 'waiting' };
  return { status: 'synchronized', 'synced-server': upstream, 'synced-stratum': '3', 'system-offset': offset };
}

/** A list entry with a timeout counts down; `side-effects` takes it away when it is over. */
function timeout(_router: RouterState, row: Row, now: number): Moved {
  const until = row['~until'];
  return until === undefined ? {} : { timeout: formatSeconds(Math.max(1000, Number(until) - now)) };
}

/** An entry shows when it is due, by the router's own clock; one that is not due any more shows nothing. */
function schedule(router: RouterState, row: Row): Moved {
  const next = row['~next'];
  return { 'next-run': next === undefined ? undefined : stamp(Number(next), zone(router)) };
}

const MOVERS: Readonly<Record<string, Live>> = Object.freeze({
  '/system/resource': resource,
  '/system/resource/cpu': cpu,
  '/system/clock': clock,
  '/system/scheduler': schedule,
  '/system/health': health,
  '/system/ntp/client': ntp,
  '/interface': interfaceCounters,
  '/interface/ethernet': interfaceCounters,
  '/ip/firewall/filter': ruleCounters,
  '/ip/firewall/nat': ruleCounters,
  '/ip/firewall/mangle': ruleCounters,
  '/ip/firewall/raw': ruleCounters,
  '/ipv6/firewall/filter': ruleCounters,
  '/ip/firewall/address-list': timeout,
  '/ipv6/firewall/address-list': timeout,
});
