import { describe, expect, test } from 'vitest';
import * as catalogEntries from '../../src/lib/capability/catalog/index.ts';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import { isWritable, type Risk, type WriteVerb } from '../../src/lib/capability/define.ts';
import { catalogOf } from '../../src/lib/capability/lookup.ts';
import type { Row } from '../../src/lib/client/types.ts';

/** What a change of the menus about a router itself may cost, and which changes are refused; judged on rows as routers show them. */

const catalog = catalogOf(catalogEntries);
const VERSION = '7.20.8';

interface Case {
  readonly what: string;
  readonly verb?: WriteVerb;
  /** The row as it is; absent for an addition. */
  readonly row?: Row;
  /** What is different afterwards, or the row that is added. */
  readonly to?: Row;
  /** Other rows of the menu. */
  readonly others?: readonly Row[];
  readonly risk?: Risk;
  readonly refuse?: RegExp;
}

function judged(
  id: string,
  { verb = 'set', row, to = {}, others = [] }: Case,
): { readonly risk: Risk | undefined; readonly refusal: string | undefined } {
  const capability = catalog.capability(id);
  const item = (wire: Row) => decodeRow(capability, wire, VERSION).item;
  const before = row && item(row);
  const sketch = { verb, ...(before && { before }), ...(verb !== 'remove' && { after: item({ ...row, ...to }) }) };
  const rows = [...(before ? [before] : []), ...others.map(item)];
  const context = { environment: 'prod' as const, ownHost: '10.10.99.1', rows };
  return { risk: capability.risk?.(sketch, context), refusal: capability.refuse?.(sketch, context) };
}

const BOOT: Row = {
  'auto-upgrade': 'false',
  'boot-device': 'nand-if-fail-then-ethernet',
  'boot-os': 'router-os',
  'cpu-frequency': '800MHz',
  'protected-routerboot': 'disabled',
  'silent-boot': 'false',
};
const MEMORY: Row = { '.id': '*0', default: 'true', name: 'memory', target: 'memory', 'memory-lines': '1000' };
const SYSLOG: Row = { '.id': '*5', name: 'central', target: 'remote', remote: '192.0.2.14' };
const RULE: Row = { '.id': '*1', action: 'memory', default: 'true', disabled: 'false', invalid: 'false', prefix: '', topics: 'info' };
const DOG: Row = { 'watch-address': 'none', 'watchdog-timer': 'true', 'ping-timeout': '1m', 'ping-start-after-boot': '5m' };
const ADMIN: Row = { '.id': '*1', name: 'admin', group: 'full', address: '', disabled: 'false' };
const NETOPS: Row = { '.id': '*2', name: 'netops', group: 'netops', address: '10.10.99.0/24', disabled: 'false' };
const READ: Row = { '.id': '*1', name: 'read', policy: 'read,test,!write', skin: 'default' };
const service = (name: string, disabled = 'false', more: Row = {}): Row => ({
  '.id': `*${name.length}`,
  name,
  port: '22',
  disabled,
  ...more,
});
const OPEN: Row = service('ssh', 'false', { connection: 'true', dynamic: 'true' });
const SSH: Row = { 'strong-crypto': 'false', 'host-key-type': 'rsa' };
const SNMP: Row = { enabled: 'false', contact: '', location: '', 'trap-version': '1', 'trap-target': '' };
const PUBLIC: Row = { '.id': '*1', name: 'public', default: 'true', addresses: '::/0', 'read-access': 'true', 'write-access': 'false' };
const WATCH: Row = { '.id': '*1', host: '203.0.113.1', type: 'icmp', 'up-script': '', 'down-script': '', 'test-script': '' };
const CLOUD: Row = { 'ddns-enabled': 'auto', 'ddns-update-interval': 'none', 'update-time': 'true' };
const NAME: Row = { '.id': '*1', name: 'nas.lan', address: '192.168.88.20', type: 'A', ttl: '1d' };
const SPEED: Row = { enabled: 'true', authenticate: 'true', 'max-sessions': '100' };

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'routerboard-settings': [
    { what: 'firmware kept up to date', row: BOOT, to: { 'auto-upgrade': 'true' }, risk: 'low' },
    { what: 'a quiet start', row: BOOT, to: { 'silent-boot': 'true' }, risk: 'low' },
    { what: 'another boot device', row: BOOT, to: { 'boot-device': 'ethernet' }, risk: 'high' },
    { what: 'another clock', row: BOOT, to: { 'cpu-frequency': '1200MHz' }, risk: 'high' },
    { what: 'a locked boot loader', row: BOOT, to: { 'protected-routerboot': 'enabled' }, refuse: /locked boot loader/ },
    {
      what: 'an unlocked one',
      row: { ...BOOT, 'protected-routerboot': 'enabled' },
      to: { 'protected-routerboot': 'disabled' },
      risk: 'high',
    },
    { what: 'SwOS', row: BOOT, to: { 'boot-os': 'swos' }, refuse: /SwOS/ },
  ],
  logging: [
    { what: 'one more rule', verb: 'add', to: { topics: 'firewall', action: 'memory' }, risk: 'low' },
    { what: 'a rule switched off', row: RULE, to: { disabled: 'true' }, risk: 'medium' },
    { what: 'a rule of RouterOS removed', verb: 'remove', row: RULE, refuse: /comes with/ },
    { what: 'a rule of ours removed', verb: 'remove', row: { ...RULE, default: 'false' }, risk: 'medium' },
  ],
  'logging-action': [
    { what: 'one more syslog server', verb: 'add', to: SYSLOG, risk: 'low' },
    { what: 'a script for each note', verb: 'add', to: { name: 'run', target: 'script', script: 'x' }, risk: 'medium' },
    { what: 'another server', row: SYSLOG, to: { remote: '192.0.2.99' }, risk: 'medium' },
    { what: 'a log of RouterOS removed', verb: 'remove', row: MEMORY, refuse: /comes with/ },
    { what: 'a log of ours removed', verb: 'remove', row: SYSLOG, risk: 'medium' },
  ],
  watchdog: [
    { what: 'an address to watch', row: DOG, to: { 'watch-address': '192.0.2.1' }, risk: 'high' },
    { what: 'less patience', row: { ...DOG, 'watch-address': '192.0.2.1' }, to: { 'ping-timeout': '10s' }, risk: 'high' },
    { what: 'an earlier start', row: { ...DOG, 'watch-address': '192.0.2.1' }, to: { 'ping-start-after-boot': '1m' }, risk: 'high' },
    { what: 'a support file beside it', row: { ...DOG, 'watch-address': '192.0.2.1' }, to: { 'automatic-supout': 'true' }, risk: 'low' },
    { what: 'nothing to watch any more', row: { ...DOG, 'watch-address': '192.0.2.1' }, to: { 'watch-address': 'none' }, risk: 'medium' },
    { what: 'no restart when it hangs', row: DOG, to: { 'watchdog-timer': 'false' }, risk: 'medium' },
    { what: 'patience without an address', row: DOG, to: { 'ping-timeout': '2m' }, risk: 'low' },
    { what: 'a support file', row: DOG, to: { 'automatic-supout': 'false' }, risk: 'low' },
  ],
  'system-note': [{ what: 'another note', row: { note: '' }, to: { note: 'For authorized use only.' }, risk: 'low' }],
  'ntp-server': [
    { what: 'time for others', row: { enabled: 'false' }, to: { enabled: 'true' }, risk: 'medium' },
    { what: 'another way of giving it', row: { enabled: 'true' }, to: { broadcast: 'true' }, risk: 'low' },
    { what: 'no time for others', row: { enabled: 'true' }, to: { enabled: 'false' }, risk: 'low' },
  ],
  user: [
    { what: 'a comment', row: ADMIN, to: { comment: 'break glass' }, others: [NETOPS], risk: 'high' },
    { what: 'one account off', row: ADMIN, to: { disabled: 'true' }, others: [NETOPS], risk: 'high' },
    { what: 'the last account off', row: ADMIN, to: { disabled: 'true' }, others: [{ ...NETOPS, disabled: 'true' }], refuse: /no account/ },
    { what: 'an account on', row: { ...ADMIN, disabled: 'true' }, to: { disabled: 'false' }, risk: 'high' },
  ],
  'user-group': [
    { what: 'one more group', verb: 'add', to: { name: 'monitor', policy: 'read,api' }, risk: 'medium' },
    { what: 'other rights', row: { ...READ, name: 'netops' }, to: { policy: 'read' }, risk: 'high' },
    { what: 'a group of ours removed', verb: 'remove', row: { ...READ, name: 'netops' }, risk: 'high' },
    { what: 'a group of RouterOS removed', verb: 'remove', row: READ, refuse: /read, write and full/ },
  ],
  'ip-service': [
    { what: 'telnet off', row: service('telnet'), to: { disabled: 'true' }, others: [], risk: 'high' },
    { what: 'one of two ways in off', row: service('www'), to: { disabled: 'true' }, others: [service('ssh')], risk: 'high' },
    {
      what: 'the last way in off',
      row: service('www'),
      to: { disabled: 'true' },
      others: [service('ssh', 'true'), service('winbox')],
      refuse: /come in again/,
    },
    {
      what: 'the last way in off, while somebody is inside',
      row: service('www'),
      to: { disabled: 'true' },
      others: [OPEN],
      refuse: /come in again/,
    },
    { what: 'networks', row: service('ssh'), to: { address: '10.10.99.0/24' }, risk: 'high' },
  ],
  'ip-ssh': [{ what: 'strong ciphers', row: SSH, to: { 'strong-crypto': 'true' }, risk: 'high' }],
  snmp: [
    { what: 'a contact', row: SNMP, to: { contact: 'noc@example.net' }, risk: 'low' },
    { what: 'answering', row: SNMP, to: { enabled: 'true' }, risk: 'medium' },
    { what: 'no longer answering', row: { ...SNMP, enabled: 'true' }, to: { enabled: 'false' }, risk: 'low' },
    { what: 'alarms elsewhere', row: SNMP, to: { 'trap-target': '192.0.2.14' }, risk: 'medium' },
  ],
  'snmp-community': [
    { what: 'fewer networks', row: PUBLIC, to: { addresses: '10.10.99.0/24' }, risk: 'medium' },
    { what: 'writing', row: PUBLIC, to: { 'write-access': 'true' }, risk: 'high' },
  ],
  netwatch: [
    { what: 'one more watch', verb: 'add', to: { host: '192.0.2.1' }, risk: 'low' },
    { what: 'a watch that only looks', row: WATCH, to: { interval: '30s' }, risk: 'low' },
    { what: 'a watch with a script', row: { ...WATCH, 'down-script': '/ip route disable 0' }, to: { interval: '30s' }, risk: 'medium' },
    { what: 'a watch with a script removed', verb: 'remove', row: { ...WATCH, 'test-script': 'x' }, risk: 'medium' },
  ],
  'ip-cloud': [
    { what: 'a public name', row: CLOUD, to: { 'ddns-enabled': 'yes' }, risk: 'medium' },
    { what: 'time from the cloud', row: CLOUD, to: { 'update-time': 'false' }, risk: 'low' },
  ],
  'neighbor-discovery-settings': [
    { what: 'another list', row: { protocol: 'cdp,lldp,mndp' }, to: { 'discover-interface-list': 'LAN' }, risk: 'medium' },
  ],
  'mac-server': [{ what: 'nobody', row: { 'allowed-interface-list': 'all' }, to: { 'allowed-interface-list': 'none' }, risk: 'medium' }],
  'mac-winbox': [{ what: 'nobody', row: { 'allowed-interface-list': 'all' }, to: { 'allowed-interface-list': 'none' }, risk: 'medium' }],
  'dns-static': [
    { what: 'one more name', verb: 'add', to: NAME, risk: 'low' },
    { what: 'a pattern', verb: 'add', to: { regexp: '.*\\.nas\\.lan', address: '192.168.88.20' }, risk: 'medium' },
    { what: 'all names below one', verb: 'add', to: { ...NAME, 'match-subdomain': 'true' }, risk: 'medium' },
    { what: 'another address', row: NAME, to: { address: '192.168.88.21' }, risk: 'medium' },
    { what: 'a name removed', verb: 'remove', row: NAME, risk: 'medium' },
    { what: 'a name moved', verb: 'move', row: NAME, risk: 'medium' },
    { what: 'neither name nor pattern', verb: 'add', to: { address: '192.0.2.1' }, refuse: /needs a name/ },
    { what: 'both name and pattern', row: NAME, to: { regexp: '.*' }, refuse: /not both/ },
  ],
  'bandwidth-server': [
    { what: 'off', row: SPEED, to: { enabled: 'false' }, risk: 'low' },
    { what: 'on', row: { ...SPEED, enabled: 'false' }, to: { enabled: 'true' }, risk: 'medium' },
    { what: 'without a login', row: SPEED, to: { authenticate: 'false' }, risk: 'medium' },
    { what: 'fewer at once', row: SPEED, to: { 'max-sessions': '5' }, risk: 'low' },
  ],
};

for (const [id, cases] of Object.entries(CASES)) {
  describe(id, () => {
    test.each(cases)('$what', (one) => {
      expect(isWritable(catalog.capability(id))).toBe(true);
      const { risk, refusal } = judged(id, one);
      if (one.risk !== undefined) expect(risk).toBe(one.risk);
      if (one.refuse) expect(refusal).toMatch(one.refuse);
      else expect(refusal).toBeUndefined();
    });
  });
}
