import { requireTest } from '../accounts.ts';
import type { Context } from '../context.ts';
import { refuse } from '../errors.ts';
import { bytesPerSecond } from '../live.ts';
import { noise } from '../noise.ts';
import type { Row } from '../state/row.ts';
import { rowsOf } from '../state/tables.ts';
import { asText } from '../values.ts';
import type { Values } from '../write.ts';
import { lookUp, reach } from './ping.ts';
import { named, samples, secondsOf } from './samples.ts';

type Command = (context: Context, body: Values) => unknown;

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

/** How many probes go to every hop. */
function rounds(body: Values): number {
  if (body['count'] === undefined) return secondsOf(body);
  const count = Number(asText(body['count'], 'count'));
  if (!Number.isInteger(count) || count < 1) throw refuse('invalid value for argument count');
  if (count > 60) throw refuse('Session closed');
  return count;
}

/** The first hop of the route that is taken, then the host itself; one section a round, and the last one has the totals. */
const traceroute: Command = (context, body) => {
  requireTest(context.account);
  if (body['address'] === undefined) throw refuse('missing =address=');
  const { router } = context;
  const address = lookUp(router, asText(body['address'], 'address'));
  const state = reach(router, address);
  const gateway = rowsOf(router, '/ip/route').find((route) => route['active'] === 'true' && route['dst-address'] === '0.0.0.0/0')?.[
    'gateway'
  ];
  const hop = (at: string, round: number): Row => {
    const times = Array.from({ length: round + 1 }, (_, probe) => 1 + noise(router.seed, 'hop', at, probe) * 9);
    const average = times.reduce((sum, time) => sum + time, 0) / times.length;
    const deviation = Math.sqrt(times.reduce((sum, time) => sum + (time - average) ** 2, 0) / times.length);
    const figures = { avg: average, best: Math.min(...times), last: times.at(-1) ?? 0, 'std-dev': deviation, worst: Math.max(...times) };
    const shown = Object.fromEntries(Object.entries(figures).map(([name, time]) => [name, time.toFixed(1)]));
    return { '.section': String(round), address: at, ...shown, loss: '0', sent: String(round + 1), status: '' };
  };
  return Array.from({ length: rounds(body) }, (_, round) => [
    ...(gateway === undefined || gateway === address ? [] : [hop(gateway, round)]),
    state === 'answers'
      ? hop(address, round)
      : { '.section': String(round), address: '', last: 'timeout', loss: '100', sent: String(round + 1), status: '' },
  ]).flat();
};

export const MONITORS: Readonly<Record<string, Command>> = Object.freeze({
  '/interface/monitor-traffic': traffic,
  '/interface/bridge/monitor': bridge,
  '/tool/profile': profile,
  '/tool/traceroute': traceroute,
});
