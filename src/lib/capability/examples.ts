import type { Field, Fields } from './field.ts';

/** Examples for fields of plain text, by what such a field is called everywhere: text has no example of its own that says anything. */
const BY_NAME: Readonly<Record<string, string>> = {
  addressList: 'blocked',
  addressPool: 'office-pool',
  allowedInterfaceList: 'LAN',
  apn: 'internet',
  area: 'backbone',
  as: '65001',
  bridge: 'bridge1',
  bridgeName: 'bridge1',
  certificate: 'server-cert',
  chain: 'forward',
  channel: 'ch-5ghz',
  cname: 'www.example.net',
  configuration: 'cfg-main',
  connectTo: 'vpn.example.net',
  connectionMark: 'voip',
  contact: 'noc@example.net',
  country: 'Latvia',
  datapath: 'dp-main',
  defaultProfile: 'default',
  discoverInterfaceList: 'LAN',
  domain: 'example.net',
  dstAddressList: 'servers',
  endpointAddress: 'vpn.example.net',
  forwardTo: '192.0.2.53',
  frequency: '5180',
  fromPool: 'office-pool',
  gateway: '192.0.2.1',
  group: 'read',
  host: '192.0.2.10',
  inInterface: 'ether1',
  inInterfaceList: 'WAN',
  instance: 'main',
  interface: 'ether1',
  interfaceList: 'LAN',
  interfaces: 'ether2',
  jumpTarget: 'icmp',
  limit: '5,5:packet',
  list: 'blocked',
  listName: 'mcp-blocked',
  localAddress: '10.0.0.1',
  location: 'rack 3',
  masterInterface: 'wifi1',
  mode: 'ap',
  name: 'office',
  nextPool: 'office-pool',
  outInterface: 'ether1',
  outInterfaceList: 'WAN',
  packetMark: 'voip',
  parent: 'ether1',
  poolId: '*1',
  poolName: 'office-pool',
  prefix: 'fw',
  profile: 'default',
  protocol: 'tcp',
  publicKey: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
  rateLimit: '10M/50M',
  regexp: '.*[.]example[.]net',
  remoteAddress: '10.0.0.2',
  remoteAs: '65002',
  routerId: '192.0.2.1',
  routeId: '*1',
  routingMark: 'main',
  routingTable: 'main',
  ruleId: '*1B',
  security: 'sec-main',
  securityProfile: 'default',
  server: 'dhcp1',
  slaves: 'ether3',
  srcAddressList: 'blocked',
  ssidId: '*8',
  table: 'main',
  tagged: 'bridge1',
  timeZoneName: 'Europe/Riga',
  topics: 'info',
  untagged: 'ether3',
  user: 'branch1',
  vrf: 'main',
};

/** What the kinds of plain text say of themselves. */
const SAYS_NOTHING = ['uplink to core', 'equal:64'];

/** Fields with examples that fit their names, where the kind has only one that fits any text. */
export const withExamples = <F extends Fields>(fields: F): F => {
  const named = Object.entries(fields).map(([name, field]): [string, Field] => [name, withExample(name, field)]);
  return Object.freeze(Object.fromEntries(named)) as F;
};

function withExample(name: string, field: Field): Field {
  const example = BY_NAME[name];
  if (example === undefined || !SAYS_NOTHING.includes(field.kind.example) || field.kind.decode(example) === undefined) return field;
  return Object.freeze({ ...field, kind: Object.freeze({ ...field.kind, example }) });
}
