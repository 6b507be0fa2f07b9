import { interfaces } from '../capability/catalog/interface.ts';
import { systemResource } from '../capability/catalog/system-resource.ts';
import { decodeRow } from '../capability/codec.ts';
import type { Item } from '../capability/field.ts';
import type { Reader } from '../client/types.ts';

/** A handful of measurements by which a router before a change is compared with the same router after it. */
export interface Health {
  readonly version: string | null;
  readonly uptime: number | null;
  readonly cpuLoad: number | null;
  readonly freeMemory: number | null;
  readonly totalMemory: number | null;
  /** Interfaces that are up. */
  readonly running: readonly string[];
}

export interface Verdict {
  readonly check: string;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly before?: string;
  readonly after?: string;
  readonly why?: string;
}

/** A load (percent) at which a router no longer does its work, and the share of memory that must stay free. */
const MOST_LOAD = 95;
const LEAST_MEMORY = 0.03;

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const string = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export async function measure(reader: Reader): Promise<Health> {
  const row = (await reader.read({ verb: 'read', menu: systemResource.menu }))[0];
  const resource: Item = row ? decodeRow(systemResource, row, '').item : {};
  const rows = await reader.read({ verb: 'read', menu: interfaces.menu, fields: ['name', 'running'] });
  const items = rows.map((one) => decodeRow(interfaces, one, '').item);
  return {
    version: string(resource['version']),
    uptime: number(resource['uptime']),
    cpuLoad: number(resource['cpuLoad']),
    freeMemory: number(resource['freeMemory']),
    totalMemory: number(resource['totalMemory']),
    running: items.flatMap((item) => (item['running'] === true ? (string(item['name']) ?? []) : [])),
  };
}

/**
 * Three-valued: what was not measured is inconclusive, and inconclusive means stop.
 * @param touched names of interfaces that the change itself sets, which may go up or down
 */
export function compareHealth(before: Health, after: Health, touched: ReadonlySet<string>): readonly Verdict[] {
  return [uptime(before, after), load(before, after), memory(before, after), links(before, after, touched)];
}

function uptime(before: Health, after: Health): Verdict {
  const check = 'no reboot';
  if (before.uptime === null || after.uptime === null) return { check, verdict: 'inconclusive', why: 'uptime was not measured' };
  const same = after.uptime >= before.uptime && before.version === after.version;
  return {
    check,
    verdict: same ? 'pass' : 'fail',
    before: `${before.uptime} s`,
    after: `${after.uptime} s`,
    ...(!same && { why: 'the router rebooted' }),
  };
}

function load(before: Health, after: Health): Verdict {
  const check = 'processor load';
  if (before.cpuLoad === null || after.cpuLoad === null) return { check, verdict: 'inconclusive', why: 'load was not measured' };
  const bad = after.cpuLoad >= MOST_LOAD && before.cpuLoad < MOST_LOAD;
  return {
    check,
    verdict: bad ? 'fail' : 'pass',
    before: `${before.cpuLoad} %`,
    after: `${after.cpuLoad} %`,
    ...(bad && { why: `load is ${MOST_LOAD} % or more` }),
  };
}

function memory(before: Health, after: Health): Verdict {
  const check = 'free memory';
  if (before.freeMemory === null || after.freeMemory === null || after.totalMemory === null) {
    return { check, verdict: 'inconclusive', why: 'memory was not measured' };
  }
  const floor = after.totalMemory * LEAST_MEMORY;
  const bad = after.freeMemory < floor && before.freeMemory >= floor;
  return {
    check,
    verdict: bad ? 'fail' : 'pass',
    before: `${before.freeMemory} bytes`,
    after: `${after.freeMemory} bytes`,
    ...(bad && { why: 'memory has run out' }),
  };
}

function links(before: Health, after: Health, touched: ReadonlySet<string>): Verdict {
  const check = 'interfaces running';
  if (before.running.length === 0) return { check, verdict: 'inconclusive', why: 'no interface was running before' };
  const down = before.running.filter((name) => !after.running.includes(name) && !touched.has(name));
  return {
    check,
    verdict: down.length === 0 ? 'pass' : 'fail',
    before: `${before.running.length} up`,
    after: `${after.running.length} up`,
    ...(down.length > 0 && { why: `${down.length} went down` }),
  };
}
