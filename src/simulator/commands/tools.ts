import { isIP } from 'node:net';
import { requirePolicy } from '../accounts.ts';
import type { Context } from '../context.ts';
import { requireFeature } from '../device-mode.ts';
import { refuse } from '../errors.ts';
import { bytesPerSecond } from '../live.ts';
import { noise } from '../noise.ts';
import type { Row } from '../state/row.ts';
import { rowsOf } from '../state/tables.ts';
import { asText } from '../values.ts';
import type { Values } from '../write.ts';
import { lookUp, reach, resolve } from './ping.ts';
import { named, samples, secondsOf } from './samples.ts';

type Command = (context: Context, body: Values) => unknown;

const needed = (body: Values, name: string): string => {
  if (body[name] === undefined) throw refuse(`missing =${name}=`);
  return asText(body[name], name);
};

/** What goes over an interface now: a flow for each connection the router knows, and the sum of them. */
const torch: Command = (context, body) => {
  const { router, account, now } = context;
  requirePolicy(account, 'sniff');
  requireFeature(router, 'sniffer');
  needed(body, 'interface');
  const [port] = named(context, body, 'interface', '/interface');
  const flows = rowsOf(router, '/ip/firewall/connection').slice(0, 5);
  return samples(body, (at) => {
    const load = (direction: 'rx' | 'tx'): number =>
      port?.['running'] === 'true' ? bytesPerSecond(router, port['.id'] ?? '', direction) * 8 : 0;
    const share = (name: string): number => noise(router.seed, 'torch', name, Math.floor(now / 1000) + at) / Math.max(1, flows.length);
    const rates = (part: number): Row => ({
      tx: String(Math.floor(load('tx') * part)),
      rx: String(Math.floor(load('rx') * part)),
      'tx-packets': String(Math.ceil((load('tx') * part) / 6_240)),
      'rx-packets': String(Math.ceil((load('rx') * part) / 6_240)),
    });
    const rows = flows.map((flow): Row => {
      const [source = '', sourcePort = ''] = (flow['src-address'] ?? '').split(':');
      const [target = '', targetPort = ''] = (flow['dst-address'] ?? '').split(':');
      const ends = { 'src-address': source, 'src-port': sourcePort, 'dst-address': target, 'dst-port': targetPort };
      return { 'ip-protocol': flow['protocol'] ?? 'tcp', ...ends, ...rates(share(flow['.id'] ?? '')) };
    });
    const asked = rows.filter((row) =>
      ['src-address', 'dst-address'].every((name) => [undefined, '0.0.0.0/0', row[name]].includes(plain(body, name))),
    );
    return [...asked, rates(1)];
  });
};

const plain = (body: Values, name: string): string | undefined => (body[name] === undefined ? undefined : asText(body[name], name));

/** One row a second, and the last one says that it is done. */
const bandwidthTest: Command = (context, body) => {
  const { router, account } = context;
  requirePolicy(account, 'test');
  requireFeature(router, 'bandwidth-test');
  const address = resolve(router, needed(body, 'address'));
  const seconds = secondsOf(body);
  if (reach(router, address) !== 'answers')
    return [
      { '.section': '0', status: 'connecting' },
      { '.section': '1', status: 'can not connect' },
    ];
  const direction = plain(body, 'direction') ?? 'receive';
  return Array.from({ length: seconds + 1 }, (_, at): Row => {
    const rate = Math.floor(850_000_000 + noise(router.seed, 'btest', address, at) * 90_000_000);
    const common = { '.section': String(at), 'connection-count': '20', direction, duration: `${at}s`, 'random-data': 'false' };
    if (at === 0) return { ...common, status: 'connecting' };
    const side = direction === 'transmit' ? 'tx' : 'rx';
    const rates = {
      [`${side}-current`]: String(rate),
      [`${side}-10-second-average`]: String(rate),
      [`${side}-total-average`]: String(rate),
    };
    const lost = side === 'rx' ? { 'lost-packets': '0', 'rx-size': '1500' } : { 'tx-size': '1500' };
    return { ...common, ...rates, ...lost, status: at === seconds ? 'done testing' : 'running' };
  });
};

/** A simulated router reaches nothing: what it would fetch is made up, and kept in a file unless it is wanted at once. */
const fetchIt: Command = (context, body) => {
  const { router, account } = context;
  requirePolicy(account, 'test');
  requireFeature(router, 'fetch');
  const url = needed(body, 'url');
  const data = plain(body, 'http-data') ?? '';
  // Measured on 7.21.
  if (Buffer.byteLength(data) > 65_430) throw refuse('failure: maximum message size exceeded');
  const host = /^[a-z]+:\/\/(?:[^/@]*@)?([^/:]+)/.exec(url)?.[1];
  if (host === undefined) throw refuse('failure: invalid URL');
  if (isIP(host) === 4 && reach(router, host) !== 'answers')
    return [
      { '.section': '0', status: 'connecting' },
      { '.section': '1', status: 'failed' },
    ];
  const wanted = plain(body, 'output') === 'user';
  return [
    { '.section': '0', status: 'connecting' },
    {
      '.section': '1',
      ...(wanted ? { data: `simulated answer of ${host}\n` } : {}),
      downloaded: '0',
      duration: '1s',
      status: 'finished',
      total: '0',
    },
  ];
};

/** `:resolve` over REST. */
const resolveName: Command = ({ router, account }, body) => {
  requirePolicy(account, 'test');
  return { ret: lookUp(router, needed(body, 'domain-name')) };
};

/** Without an account at the vendor nothing can be renewed; the failure is in the last row. */
const renewLicense: Command = (_context, body) => {
  needed(body, 'account');
  needed(body, 'password');
  return ['connecting', 'renewing', 'ERROR: Unauthorized'].map((status, at) => ({ '.section': String(at), status }));
};

export const TOOLS: Readonly<Record<string, Command>> = Object.freeze({
  '/tool/torch': torch,
  '/tool/bandwidth-test': bandwidthTest,
  '/tool/fetch': fetchIt,
  '/resolve': resolveName,
  '/system/license/renew': renewLicense,
});
