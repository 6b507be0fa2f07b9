import type { Context } from '../context.ts';
import { noise } from '../noise.ts';
import type { Row } from '../state/row.ts';
import { rowsOf } from '../state/tables.ts';
import type { Values } from '../write.ts';
import { named, samples } from './samples.ts';

type Command = (context: Context, body: Values) => unknown;

/** What is in an SFP cage, and how it is doing. Without light there is nothing to tell but that. */
function module({ router, now }: Context, row: Row, up: boolean, at: number): Row {
  const swing = (name: string): number => noise(router.seed, 'sfp', name, row['.id'] ?? '', Math.floor(now / 1000) + at);
  const present: Row = { 'sfp-module-present': String(up), 'sfp-rx-loss': String(!up), 'sfp-tx-fault': 'false' };
  if (!up) return present;
  return {
    ...present,
    'sfp-type': 'SFP/SFP+/SFP28/SFP56',
    'sfp-connector-type': 'LC',
    'sfp-vendor-name': 'Mikrotik',
    'sfp-vendor-part-number': 'S+85DLC03D',
    'sfp-vendor-revision': '1.0',
    'sfp-vendor-serial': 'XXXXXXXXXXXX',
    'sfp-manufacturing-date': '20-03-01',
    'sfp-wavelength': '850',
    'sfp-temperature': String(39 + Math.round(swing('temperature') * 4)),
    'sfp-supply-voltage': (3.26 + swing('voltage') * 0.04).toFixed(2),
    'sfp-tx-bias-current': '6',
    'sfp-tx-power': (-2.4 + swing('tx') * 0.2).toFixed(2),
    'sfp-rx-power': (-3.1 + swing('rx') * 0.2).toFixed(2),
  };
}

/** A virtual port has no rate; a real one has the fastest it may advertise. */
function rateOf({ router }: Context, row: Row): string {
  if (router.board === 'chr' || row['running'] !== 'true') return '';
  const fastest = /(\d+(?:\.\d+)?)([MG])-base/.exec((row['advertise'] ?? '').split(',').at(-1) ?? '');
  return fastest ? `${fastest[1]}${fastest[2]}bps` : '1Gbps';
}

/** `/interface/ethernet/monitor` */
const ethernet: Command = (context, body) => {
  const rows = named(context, body, 'numbers', '/interface/ethernet');
  return samples(body, (at) =>
    rows.map((row) => {
      const up = row['running'] === 'true';
      const real = context.router.board !== 'chr';
      const optical = /^sfp/.test(row['default-name'] ?? row['name'] ?? '');
      return {
        name: row['name'] ?? '',
        status: up ? 'link-ok' : 'no-link',
        'auto-negotiation': up ? 'done' : 'incomplete',
        rate: rateOf(context, row),
        'full-duplex': String(up && real),
        ...(real ? { 'tx-flow-control': 'false', 'rx-flow-control': 'false', advertising: row['advertise'] ?? '' } : {}),
        ...(optical ? module(context, row, up, at) : {}),
      };
    }),
  );
};

/** `/interface/ethernet/poe/monitor`: a port feeds what is plugged in, when it is allowed to. */
const poe: Command = (context, body) => {
  const { router, now } = context;
  const rows = named(context, body, 'numbers', '/interface/ethernet/poe');
  return samples(body, (at) =>
    rows.map((row) => {
      const off = row['poe-out'] === 'off';
      const fed = !off && rowsOf(router, '/interface').some((one) => one['name'] === row['name'] && one['running'] === 'true');
      const shown = { name: row['name'] ?? '', 'poe-out': row['poe-out'] ?? '', 'poe-voltage': row['poe-voltage'] ?? 'auto' };
      if (!fed) return { ...shown, 'poe-out-status': off ? 'disabled' : 'waiting-for-load' };
      const current = 180 + Math.round(noise(router.seed, 'poe', row['.id'] ?? '', Math.floor(now / 1000) + at) * 30);
      const volts = 24.1;
      return {
        ...shown,
        'poe-out-status': 'powered-on',
        'poe-out-voltage': String(volts),
        'poe-out-current': String(current),
        'poe-out-power': ((volts * current) / 1000).toFixed(1),
      };
    }),
  );
};

/** `/interface/wifi/monitor` */
const wifi: Command = (context, body) => {
  const rows = named(context, body, 'numbers', '/interface/wifi');
  return samples(body, () =>
    rows.map((row) => {
      const clients = rowsOf(context.router, '/interface/wifi/registration-table').filter((one) => one['interface'] === row['name']).length;
      if (row['running'] !== 'true') return { state: row['disabled'] === 'true' ? 'disabled' : 'initializing' };
      const channel = /2/.test(row['default-name'] ?? '') ? '2412/ax' : '5180/ax/Ceee';
      return { state: 'running', channel, 'registered-peers': String(clients), 'authorized-peers': String(clients), 'tx-power': '22' };
    }),
  );
};

/** `/interface/lte/monitor` */
const lte: Command = (context, body) => {
  const { router, now } = context;
  const rows = named(context, body, 'numbers', '/interface/lte');
  return samples(body, (at) =>
    rows.map((row) => {
      if (row['running'] !== 'true') return { status: 'searching', 'registration-status': 'not-registered' };
      const swing = (name: string): number => Math.round(noise(router.seed, 'lte', name, Math.floor(now / 1000) + at) * 4);
      return {
        status: 'connected',
        'registration-status': 'registered',
        manufacturer: 'MikroTik',
        model: 'R11e-LTE6',
        revision: 'R11e-LTE6_V040',
        'current-operator': 'Example',
        'access-technology': 'LTE',
        'data-class': 'LTE',
        'session-uptime': '1h2m3s',
        'primary-band': 'B3@20Mhz earfcn: 1300 phy-cellid: 101',
        rssi: String(-63 + swing('rssi')),
        rsrp: String(-94 + swing('rsrp')),
        rsrq: '-10',
        sinr: String(12 + swing('sinr')),
        cqi: '11',
      };
    }),
  );
};

/** Monitors of ports, whatever they carry. */
export const LINKS: Readonly<Record<string, Command>> = Object.freeze({
  '/interface/ethernet/monitor': ethernet,
  '/interface/ethernet/poe/monitor': poe,
  '/interface/wifi/monitor': wifi,
  '/interface/lte/monitor': lte,
});
