import { describe, expect, test } from 'vitest';
import type { Row } from '../../../src/lib/client/types.ts';
import { predictReach } from '../../../src/lib/insight/reach/predict.ts';
import { rules, verdict, worldWith } from './worlds.ts';

/** The verdict where these rules are all there is. */
const under = (...some: readonly Row[]) => verdict(worldWith(rules(...some)));

test('without a rule everything is let in', () => {
  expect(predictReach(worldWith(), 'rest')).toEqual({
    transport: 'rest',
    verdict: 'yes',
    why: 'No rule of the input chain is against it.',
  });
});

test('the rule that decides is named, by its comment or by what it does', () => {
  expect(predictReach(worldWith(rules({ comment: 'the rest' })), 'rest')).toEqual({
    transport: 'rest',
    verdict: 'no',
    why: 'A rule of the input chain turns us away.',
    rule: 'the rest',
  });
  expect(predictReach(worldWith(rules({ action: 'accept' }, {})), 'ssh')).toMatchObject({ verdict: 'yes', rule: 'input accept *1' });
  expect(predictReach(worldWith(rules({ content: 'x', comment: 'odd' }, {}, {})), 'rest')).toMatchObject({
    verdict: 'no',
    rule: 'input drop *2',
  });
  expect(predictReach(worldWith(rules({ content: 'x', comment: 'odd' })), 'rest')).toMatchObject({ verdict: 'unknown', rule: 'odd' });
});

describe('a rule that drops', () => {
  test.each<[Row, 'yes' | 'no' | 'unknown']>([
    [{}, 'no'],
    [{ action: 'reject' }, 'no'],
    [{ action: 'tarpit' }, 'no'],
    [{ disabled: 'true' }, 'yes'],
    [{ chain: 'forward' }, 'yes'],
    [{ action: 'passthrough' }, 'yes'],
    [{ action: 'log' }, 'yes'],
    [{ action: 'add-src-to-address-list', 'address-list': 'seen' }, 'yes'],
    [{ action: 'some-new-action' }, 'unknown'],
    [{ protocol: 'tcp' }, 'no'],
    [{ protocol: '6' }, 'no'],
    [{ protocol: 'udp' }, 'yes'],
    [{ protocol: '!tcp' }, 'yes'],
    [{ protocol: '!udp' }, 'no'],
    [{ 'src-address': '192.0.2.20' }, 'no'],
    [{ 'src-address': '192.0.2.0/24' }, 'no'],
    [{ 'src-address': '192.0.2.10-192.0.2.20' }, 'no'],
    [{ 'src-address': '192.0.2.21-192.0.2.30' }, 'yes'],
    [{ 'src-address': '!192.0.2.20' }, 'yes'],
    [{ 'src-address': '!198.51.100.0/24' }, 'no'],
    [{ 'src-address': 'office.example.net' }, 'unknown'],
    [{ 'dst-address': '192.0.2.1' }, 'no'],
    [{ 'dst-address': '192.0.2.2' }, 'yes'],
    [{ 'src-address-list': 'ours' }, 'no'],
    [{ 'src-address-list': '!ours' }, 'yes'],
    [{ 'src-address-list': 'others' }, 'yes'],
    [{ 'src-address-list': 'names' }, 'unknown'],
    [{ 'src-address-list': '!names' }, 'unknown'],
    [{ 'src-address-list': 'soon-over' }, 'unknown'],
    [{ 'src-address-list': 'nothing-there' }, 'yes'],
    [{ 'dst-address-list': 'ours' }, 'no'],
    [{ 'in-interface': 'mgmt' }, 'no'],
    [{ 'in-interface': '!mgmt' }, 'yes'],
    [{ 'in-interface': 'ether1' }, 'yes'],
    [{ 'in-interface': '!gone' }, 'unknown'],
    [{ 'in-interface': 'all-vlan' }, 'unknown'],
    [{ 'in-interface-list': 'LAN' }, 'no'],
    [{ 'in-interface-list': '!LAN' }, 'yes'],
    [{ 'in-interface-list': 'WAN' }, 'yes'],
    [{ 'in-interface-list': 'ALL' }, 'no'],
    [{ 'in-interface-list': 'REST' }, 'yes'],
    [{ 'in-interface-list': 'all' }, 'no'],
    [{ 'in-interface-list': 'none' }, 'yes'],
    [{ 'in-interface-list': 'static' }, 'no'],
    [{ 'in-interface-list': 'dynamic' }, 'yes'],
    [{ 'in-interface-list': 'nobody-knows' }, 'unknown'],
    [{ protocol: 'tcp', 'dst-port': '80' }, 'no'],
    [{ protocol: 'tcp', 'dst-port': '22,79-90' }, 'no'],
    [{ protocol: 'tcp', 'dst-port': '443,8080' }, 'yes'],
    [{ protocol: 'tcp', 'dst-port': '!80' }, 'yes'],
    [{ protocol: 'tcp', port: '80' }, 'no'],
    [{ protocol: 'tcp', port: '22' }, 'yes'],
    [{ protocol: 'tcp', port: '50000' }, 'unknown'],
    [{ protocol: 'tcp', 'src-port': '1-1023' }, 'yes'],
    [{ protocol: 'tcp', 'src-port': '1024-65535' }, 'no'],
    [{ 'connection-state': 'new' }, 'no'],
    [{ 'connection-state': 'invalid' }, 'yes'],
    [{ 'connection-state': '!established,related' }, 'no'],
    // What opens the connection passes; what follows does not.
    [{ 'connection-state': 'established' }, 'no'],
    [{ 'connection-state': 'untracked' }, 'yes'],
    [{ 'src-address-type': 'local' }, 'yes'],
    [{ 'src-address-type': '!local' }, 'no'],
    [{ 'src-address-type': 'blackhole' }, 'unknown'],
    [{ 'dst-address-type': 'local' }, 'no'],
    [{ 'dst-address-type': 'broadcast,multicast' }, 'yes'],
    [{ protocol: 'tcp', 'tcp-flags': 'syn' }, 'no'],
    [{ protocol: 'tcp', 'tcp-flags': 'fin,syn' }, 'yes'],
    [{ fragment: 'true' }, 'yes'],
    [{ 'layer7-protocol': 'x' }, 'unknown'],
    [{ time: '8h-17h,mon' }, 'unknown'],
    [{ 'connection-limit': '20,32' }, 'unknown'],
    [{ 'what-comes-next-year': 'x' }, 'unknown'],
    [{ 'what-comes-next-year': 'x', protocol: 'udp' }, 'yes'],
    [{ invalid: 'true' }, 'unknown'],
  ])('%j: %s', (row, expected) => {
    expect(under(row)).toBe(expected);
  });
});

describe('the order of rules', () => {
  const odd = { 'packet-mark': 'x' };
  test('the first that fits wins', () => {
    expect(under({ action: 'accept' }, {})).toBe('yes');
    expect(under({}, { action: 'accept' })).toBe('no');
    expect(under({ action: 'log' }, {})).toBe('no');
  });

  test('a rule that is not judged matters only where it changes the answer', () => {
    expect(under({ ...odd, action: 'accept' }, { action: 'accept' }, {})).toBe('yes');
    expect(under({ ...odd, action: 'accept' }, {})).toBe('unknown');
    expect(under({ ...odd }, { action: 'accept' })).toBe('unknown');
    expect(under({ ...odd }, {})).toBe('no');
    expect(under({ ...odd, action: 'log' }, {})).toBe('no');
    expect(under({ action: 'accept' }, { ...odd })).toBe('yes');
  });

  const jump = { action: 'jump', 'jump-target': 'mine' };
  const mine = (row: Row): Row => ({ chain: 'mine', ...row });
  test('jumps go there and come back', () => {
    expect(under(jump, mine({}))).toBe('no');
    expect(under(jump, mine({ action: 'accept' }), {})).toBe('yes');
    expect(under(jump, mine({ action: 'log' }))).toBe('yes');
    expect(under(jump, mine({ action: 'log' }), {})).toBe('no');
    expect(under(jump, mine({ action: 'return' }), mine({}))).toBe('yes');
    expect(under(jump, mine({ ...odd, action: 'return' }), mine({}))).toBe('unknown');
    expect(under({ ...jump, ...odd }, mine({}))).toBe('unknown');
    expect(under({ ...jump, protocol: 'udp' }, mine({}))).toBe('yes');
    expect(under({ action: 'return' }, {})).toBe('yes');
  });

  test('a chain that leads into itself is not followed', () => {
    expect(under(jump, mine(jump))).toBe('unknown');
  });

  test('what is put on the fast track may also go on', () => {
    expect(under({ action: 'fasttrack-connection' }, { action: 'accept' })).toBe('yes');
    expect(under({ action: 'fasttrack-connection' }, {})).toBe('unknown');
  });

  test('a list that rules fill may hold us when it is asked', () => {
    const fill = { action: 'add-src-to-address-list', 'address-list': 'bad' };
    expect(under(fill, { 'src-address-list': 'bad' })).toBe('unknown');
    expect(under({ ...fill, disabled: 'true' }, { 'src-address-list': 'bad' })).toBe('yes');
  });
});

describe('other gates', () => {
  const raw = (row: Row) => ({ 'firewall-raw': [{ '.id': '*1', chain: 'prerouting', action: 'drop', ...row }] });
  const nat = (row: Row) => ({ 'firewall-nat': [{ '.id': '*1', chain: 'dstnat', action: 'dst-nat', ...row }] });

  test('raw comes first', () => {
    expect(verdict(worldWith({ ...rules({ action: 'accept' }), ...raw({}) }))).toBe('no');
    expect(verdict(worldWith({ ...rules({}), ...raw({ action: 'accept' }) }))).toBe('no');
    expect(verdict(worldWith(raw({ 'src-address': '203.0.113.0/24' })))).toBe('yes');
    expect(verdict(worldWith(raw({ chain: 'output', 'dst-address': '192.0.2.20' })))).toBe('no');
    expect(verdict(worldWith(raw({ protocol: 'tcp', 'tcp-flags': 'syn' })))).toBe('no');
  });

  test('what is not tracked has no state that can be told', () => {
    const untracked = raw({ action: 'notrack' });
    expect(verdict(worldWith({ ...rules({ 'connection-state': 'new' }), ...untracked }))).toBe('unknown');
    expect(verdict(worldWith({ ...rules({ 'connection-state': 'new,untracked,established' }), ...untracked }))).toBe('no');
    expect(verdict(worldWith({ ...rules({ 'connection-state': 'invalid' }), ...untracked }))).toBe('yes');
    const always = { 'firewall-connection-tracking': [{ enabled: 'yes' }] };
    expect(verdict(worldWith({ ...rules({ 'connection-state': 'new' }), ...always }))).toBe('no');
    const never = { 'firewall-connection-tracking': [{ enabled: 'no' }] };
    expect(verdict(worldWith({ ...rules({ 'connection-state': 'new' }), ...never }))).toBe('unknown');
  });

  test('NAT may send us elsewhere', () => {
    expect(verdict(worldWith(nat({ protocol: 'tcp', 'dst-port': '80', 'to-addresses': '192.0.2.9' })))).toBe('unknown');
    expect(verdict(worldWith(nat({ protocol: 'tcp', 'dst-port': '8080', 'to-addresses': '192.0.2.9' })))).toBe('yes');
    expect(verdict(worldWith(nat({ action: 'accept' })))).toBe('yes');
  });

  test('answers must get out', () => {
    expect(verdict(worldWith(rules({ chain: 'output', 'dst-address': '192.0.2.0/24' })))).toBe('no');
    expect(verdict(worldWith(rules({ chain: 'output', protocol: 'tcp', 'src-port': '22' })))).toBe('yes');
    expect(verdict(worldWith(rules({ chain: 'output', protocol: 'tcp', 'src-port': '22' })), 'ssh')).toBe('no');
    expect(verdict(worldWith(rules({ chain: 'output', 'out-interface': 'ether1' })))).toBe('yes');
  });

  test('the other family has its own rules', () => {
    const six = {
      ...rules({}),
      'ipv6-address': [{ '.id': '*1', address: '2001:db8::1/64', interface: 'mgmt' }],
    };
    const ways = [{ source: '2001:db8::20', destination: '2001:db8::1', interface: 'mgmt' }];
    const closed = { 'ipv6-firewall-filter': [{ '.id': '*1', chain: 'input', action: 'drop', 'src-address': '2001:db8::/64' }] };
    expect(verdict(worldWith(six, { ways }))).toBe('yes');
    expect(verdict(worldWith({ ...six, ...closed }, { ways }))).toBe('no');
  });
});

test('each way that may be ours counts', () => {
  const ways = [
    { source: '192.0.2.20', destination: '192.0.2.1', interface: 'mgmt' },
    { source: '192.0.2.30', destination: '192.0.2.1', interface: 'mgmt' },
  ];
  expect(verdict(worldWith(rules({ 'src-address': '192.0.2.20' }), { ways }))).toBe('unknown');
  expect(verdict(worldWith(rules({ 'src-address': '192.0.2.0/24' }), { ways }))).toBe('no');
  expect(verdict(worldWith(rules({ 'src-address': '192.0.2.99' }), { ways }))).toBe('yes');
  expect(verdict(worldWith({}, { ways: [] }))).toBe('unknown');
});

test('without a known interface only what asks for it is open', () => {
  const ways = [{ source: '192.0.2.20', destination: '192.0.2.1' }];
  expect(verdict(worldWith(rules({ 'in-interface': 'mgmt' }), { ways }))).toBe('unknown');
  expect(verdict(worldWith(rules({ 'in-interface-list': 'LAN' }), { ways }))).toBe('unknown');
  expect(verdict(worldWith(rules({ 'src-address': '192.0.2.20' }), { ways }))).toBe('no');
  expect(verdict(worldWith(rules({ 'src-address': '192.0.2.21' }), { ways }))).toBe('yes');
});

test('what was not read is not guessed', () => {
  expect(predictReach(worldWith({}, { unread: new Set(['firewall-filter']) }), 'rest')).toMatchObject({
    verdict: 'unknown',
    why: 'The router did not show all it takes to tell: firewall-filter.',
  });
  expect(verdict(worldWith(rules({ 'src-address-list': 'others' }), { lists: new Set(['ours']) }))).toBe('unknown');
});
