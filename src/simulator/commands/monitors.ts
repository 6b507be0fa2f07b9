import { requireTest } from '../accounts.ts';
import type { Context } from '../context.ts';
import { parseDuration } from '../durations.ts';
import { refuse } from '../errors.ts';
import { bytesPerSecond } from '../live.ts';
import { noise } from '../noise.ts';
import type { Row } from '../state/row.ts';
import { findRow, rowsOf } from '../state/tables.ts';
import { asText } from '../values.ts';
import type { Values } from '../write.ts';
import { reach, resolve } from './ping.ts';

type Command = (context: Context, body: Values) => unknown;

/** Samples of a measurement: one without a number for `once`, one a second with `.section` for `duration`; else it runs into the cap. */
function samples(body: Values, sample: (second: number) => Row[]): Row[] {
  if (Object.hasOwn(body, 'once')) return sample(0);
  const micros = parseDuration(asText(body['duration'] ?? '', 'duration'));
  if (micros === undefined || micros > 60_000_000) throw refuse('Session closed');
  const seconds = Math.max(1, Math.floor(micros / 1_000_000));
  return Array.from({ length: seconds }, (_, second) => sample(second).map((row) => ({ '.section': String(second), ...row }))).flat();
}

/** The rows `numbers` or `interface` names. */
function named(context: Context, body: Values, argument: string, menu: string): Row[] {
  if (body[argument] === undefined) throw refuse(`missing =${argument}=`);
  return asText(body[argument], argument)
    .split(',')
    .map((key) => {
      const row = findRow(context.router, menu, key);
      if (!row) throw refuse(`input does not match any value of ${argument}`);
      return row;
    });
}

const traffic: Command = (context, body) => {
  const { router, now } = context;
  const rows = named(context, body, 'interface', '/interface');
  return samples(body, (second) =>
    rows.map((row) => {
      const rate = (direction: 'rx' | 'tx'): number => {
        if (row['running'] !== 'true' || row['type'] === 'loopback') return 0;
        const swing = 0.8 + noise(router.seed, 'now', direction, row['.id'] ?? '', Math.floor(now / 1000) + second) * 0.4;
        return Math.floor(bytesPerSecond(router, row['.id'] ?? '', direction) * 8 * swing);
      };
      const [rx, tx] = [rate('rx'), rate('tx')];
      const packets = (bits: number): string => String(Math.ceil(bits / 8 / 780));
      return {
        name: row['name'] ?? '',
        'rx-packets-per-second': packets(rx),
        'rx-bits-per-second': String(rx),
        'fp-rx-packets-per-second': '0',
        'fp-rx-bits-per-second': '0',
        'rx-drops-per-second': '0',
        'rx-errors-per-second': '0',
        'tx-packets-per-second': packets(tx),
        'tx-bits-per-second': String(tx),
        'fp-tx-packets-per-second': '0',
        'fp-tx-bits-per-second': '0',
        'tx-drops-per-second': '0',
        'tx-queue-drops-per-second': '0',
        'tx-errors-per-second': '0',
      };
    }),
  );
};

const link: Command = (context, body) => {
  const rows = named(context, body, 'numbers', '/interface/ethernet');
  return samples(body, () =>
    rows.map((row) => {
      const up = row['running'] === 'true';
      const virtual = context.router.board === 'chr';
      return {
        name: row['name'] ?? '',
        status: up ? 'link-ok' : 'no-link',
        'auto-negotiation': up ? 'done' : 'incomplete',
        rate: virtual ? '' : up ? '1Gbps' : '',
        'full-duplex': up && !virtual ? 'true' : 'false',
      };
    }),
  );
};

const bridge: Command = (context, body) => {
  const rows = named(context, body, 'numbers', '/interface/bridge');
  return samples(body, () =>
    rows.map((row) => {
      const ports = rowsOf(context.router, '/interface/bridge/port').filter((port) => port['bridge'] === row['name']);
      const id = `${row['priority'] ?? '0x8000'}.${row['mac-address'] ?? ''}`;
      return {
        state: row['disabled'] === 'true' ? 'disabled' : 'enabled',
        'current-mac-address': row['mac-address'] ?? '',
        'bridge-id': id,
        'root-bridge': 'true',
        'root-bridge-id': id,
        'root-path-cost': '0',
        'root-port': 'none',
        'port-count': String(ports.length),
        'designated-port-count': String(ports.filter((port) => port['role'] === 'designated-port').length),
        'fast-forward': 'false',
      };
    }),
  );
};

const profile: Command = (context, body) => {
  requireTest(context.account);
  const { router, now } = context;
  return samples(body, (second) => {
    const usage = (name: string): number => Math.round(noise(router.seed, 'profile', name, Math.floor(now / 1000) + second) * 50) / 10;
    const parts = ['networking', 'management', 'unclassified'].map((name) => ({ name, usage: usage(name) }));
    const total = { name: 'total', usage: Math.round(parts.reduce((sum, part) => sum + part.usage, 0) * 10) / 10 };
    return [...parts, total].map(({ name, usage: share }) => ({ name, usage: String(share) }));
  });
};

/** The first hop of the route that is taken, then the host itself. */
const traceroute: Command = (context, body) => {
  requireTest(context.account);
  if (body['address'] === undefined) throw refuse('missing =address=');
  if (body['count'] === undefined && body['duration'] === undefined) throw refuse('Session closed');
  const address = resolve(context.router, asText(body['address'], 'address'));
  const state = reach(context.router, address);
  const gateway = rowsOf(context.router, '/ip/route').find((route) => route['active'] === 'true' && route['dst-address'] === '0.0.0.0/0')?.[
    'gateway'
  ];
  const hop = (at: string): Row => {
    const last = (1 + noise(context.router.seed, 'hop', at) * 9).toFixed(1);
    return { '.section': '0', address: at, avg: last, best: last, last, loss: '0', sent: '1', status: '', 'std-dev': '0', worst: last };
  };
  const hops = gateway === undefined || gateway === address ? [] : [hop(gateway)];
  return [
    ...hops,
    state === 'answers' ? hop(address) : { '.section': '0', address: '', last: 'timeout', loss: '100', sent: '1', status: '' },
  ];
};

export const MONITORS: Readonly<Record<string, Command>> = Object.freeze({
  '/interface/monitor-traffic': traffic,
  '/interface/ethernet/monitor': link,
  '/interface/bridge/monitor': bridge,
  '/tool/profile': profile,
  '/tool/traceroute': traceroute,
});
