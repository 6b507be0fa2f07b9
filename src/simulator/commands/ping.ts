import { isIP } from 'node:net';
import { requireTest } from '../accounts.ts';
import { contains, parsePrefix } from '../addresses.ts';
import type { Context } from '../context.ts';
import { formatDuration, parseDuration } from '../durations.ts';
import { refuse } from '../errors.ts';
import { noise } from '../noise.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { rowsOf } from '../state/tables.ts';
import { asText } from '../values.ts';
import type { Values } from '../write.ts';

/** More than the minute a command may take, at one probe a second. */
const CAP = 60;

/** What became of probes to an address: the route decides, and hosts whose last byte is 254 never answer. */
export function reach(router: RouterState, address: string): 'answers' | 'timeout' | 'no route to host' {
  if (rowsOf(router, '/ip/address').some((row) => row['address']?.split('/')[0] === address)) return 'answers';
  const ways = rowsOf(router, '/ip/route')
    .filter((route) => route['active'] === 'true' && contains(route['dst-address'] ?? '', address))
    .sort((a, b) => (parsePrefix(b['dst-address'] ?? '')?.bits ?? 0) - (parsePrefix(a['dst-address'] ?? '')?.bits ?? 0));
  const way = ways[0];
  if (!way || way['blackhole'] !== undefined) return 'no route to host';
  return address.endsWith('.254') ? 'timeout' : 'answers';
}

/** A name becomes the address of its static record, else one in a documentation network. */
export function resolve(router: RouterState, host: string): string {
  if (isIP(host) !== 0) return host;
  const record = rowsOf(router, '/ip/dns/static').find((row) => row['name'] === host && row['address'] !== undefined);
  return record?.['address'] ?? `192.0.2.${1 + Math.floor(noise(router.seed, 'host', host) * 250)}`;
}

/** The same for who asks for nothing else: names below `invalid` are nobody's (RFC 2606). The words are unproven. */
export function lookUp(router: RouterState, name: string): string {
  if (/(?:^|\.)invalid$/.test(name)) throw refuse('failure: dns name does not exist');
  return resolve(router, name);
}

/** Microseconds there and back. */
const roundTrip = (router: RouterState, address: string, seq: number): number =>
  Math.floor(200 + noise(router.seed, 'rtt', address) * 8_000 + noise(router.seed, 'rtt', address, seq) * 400);

/** `count` probes, with running totals in every row. Without a count it would run into the cap of a minute. */
export function ping(context: Context, body: Values): Row[] {
  requireTest(context.account);
  if (body['address'] === undefined) throw refuse('missing =address=');
  const host = lookUp(context.router, asText(body['address'], 'address'));
  const count = Number(asText(body['count'] ?? '', 'count'));
  if (body['count'] === undefined || count > CAP) throw refuse('Session closed');
  if (!Number.isInteger(count) || count < 1) throw refuse('invalid value for argument count');
  const interval = parseDuration(asText(body['interval'] ?? '1s', 'interval'));
  if (interval === undefined) throw refuse('invalid value for argument interval');
  if ((count - 1) * interval >= CAP * 1_000_000) throw refuse('Session closed');
  const size = asText(body['size'] ?? '56', 'size');
  const state = isIP(host) === 4 ? reach(context.router, host) : 'answers';
  const times: number[] = [];
  return Array.from({ length: count }, (_, seq): Row => {
    const row: Row = { host, sent: String(seq + 1), seq: String(seq) };
    if (state === 'answers') {
      times.push(roundTrip(context.router, host, seq));
      Object.assign(row, { size, time: formatDuration(times.at(-1) ?? 0), ttl: '64' });
    } else row['status'] = state;
    if (times.length > 0) {
      row['min-rtt'] = formatDuration(Math.min(...times));
      row['avg-rtt'] = formatDuration(times.reduce((sum, time) => sum + time, 0) / times.length);
      row['max-rtt'] = formatDuration(Math.max(...times));
    }
    row['received'] = String(times.length);
    row['packet-loss'] = String(Math.round(((seq + 1 - times.length) * 100) / (seq + 1)));
    return Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
