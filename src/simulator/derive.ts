import { policyPartition } from './accounts.ts';
import { networkOf, parsePrefix } from './addresses.ts';
import { publicKey } from './defaults.ts';
import { parseDuration } from './durations.ts';
import { refuse } from './errors.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';

/** What follows from what was written, worked out before the row is answered. */
export function derive(router: RouterState, menu: string, row: Row, changed: ReadonlySet<string>, now: number): void {
  DERIVED[menu]?.(router, row, changed, now);
}

type Derive = (router: RouterState, row: Row, changed: ReadonlySet<string>, now: number) => void;

/** The mask may come with the address or as `netmask`; the network follows unless it is given. */
const address: Derive = (_router, row, changed) => {
  const mask = row['netmask'];
  if (mask !== undefined) {
    const bits = [
      ...mask
        .split('.')
        .map((byte) => Number(byte).toString(2).padStart(8, '0'))
        .join(''),
    ].filter((bit) => bit === '1').length;
    row['address'] = `${(row['address'] ?? '').split('/')[0]}/${bits}`;
    delete row['netmask'];
  }
  const prefix = parsePrefix(row['address'] ?? '');
  if (prefix && changed.has('address') && !changed.has('network')) row['network'] = networkOf(prefix);
  row['actual-interface'] = row['interface'] ?? '';
};

/** A timeout makes an entry dynamic: it counts down and is not part of the configuration. */
const listEntry: Derive = (_router, row, changed, now) => {
  if (!changed.has('timeout')) return;
  const micros = parseDuration(row['timeout'] ?? '') ?? 0;
  row['dynamic'] = micros > 0 ? 'true' : 'false';
  if (micros > 0) row['~until'] = String(now + micros / 1000);
  else {
    delete row['timeout'];
    delete row['~until'];
  }
};

const keys: Derive = (_router, row) => {
  if (row['private-key'] !== undefined) row['public-key'] = publicKey(row['private-key']);
};

const size = (range: string): number => {
  const [first = '', last = first] = range.split('-');
  const value = (text: string): number => text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const prefix = parsePrefix(first);
  return first.includes('/') && prefix ? 2 ** (32 - prefix.bits) : value(last) - value(first) + 1;
};

const pool: Derive = (_router, row) => {
  const ranges = row['ranges'] ?? '';
  if (!/^[\d./,-]+$/.test(ranges)) throw refuse('value of range expects range of ip addresses');
  if (row['total'] === undefined) return;
  row['total'] = String(ranges.split(',').reduce((sum, range) => sum + size(range), 0));
  row['available'] = String(Number(row['total']) - Number(row['used'] ?? '0'));
};

/** Policies are kept as a full partition, whatever part of them was written. */
const group: Derive = (_router, row, changed) => {
  if (changed.has('policy')) row['policy'] = policyPartition((row['policy'] ?? '').split(','));
};

const DERIVED: Readonly<Record<string, Derive>> = Object.freeze({
  '/ip/address': address,
  '/ip/firewall/address-list': listEntry,
  '/ipv6/firewall/address-list': listEntry,
  '/interface/wireguard': keys,
  '/ip/pool': pool,
  '/user/group': group,
});
