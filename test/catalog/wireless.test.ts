import { describe, expect, test } from 'vitest';
import { missingBecause } from '../../src/lib/capability/availability.ts';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import type { Risk } from '../../src/lib/capability/define.ts';
import { newRadarFrequency } from '../../src/lib/capability/groups/wifi.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { link } from './links.ts';
import { add, keyed, recordedRows, refusalOf, remove, riskOf, set, type Told } from './ways.ts';

/** What changes of wireless networks may cost, which are refused, and what tells two rows apart. */

const first = (id: string): Row => recordedRows(link(id))[0]?.row ?? {};
const RADIO = first('wireless');
const PROFILE = first('wireless-security-profiles');
const WIFI = first('wifi');
const CONFIG = first('wifi-configuration');
const SECURITY = first('wifi-security');
const CHANNEL: Row = { '.id': '*1', name: 'ch5', band: '5ghz-ax', frequency: '5180,5220', width: '20/40/80mhz', disabled: 'false' };
const DATAPATH = first('wifi-datapath');
const CAPSMAN = first('wifi-capsman');

const RISKS: readonly (readonly [string, string, Told, Risk])[] = [
  ['wireless', 'a new network', add({ name: 'guest', ssid: 'Guest', 'master-interface': 'wlan1' }), 'medium'],
  ['wireless', 'one less', remove(RADIO), 'high'],
  ['wireless', 'another name of the network', set(RADIO, { ssid: 'Other' }), 'high'],
  ['wireless', 'switching it off', set(RADIO, { disabled: 'true' }), 'high'],
  ['wireless', 'another frequency', set(RADIO, { frequency: '2437' }), 'high'],
  ['wireless', 'another security profile', set(RADIO, { 'security-profile': 'guest' }), 'high'],
  ['wireless', 'transmit power', set(RADIO, { 'tx-power': '17' }), 'medium'],
  ['wireless', 'a note', set(RADIO, { comment: 'attic' }), 'low'],
  ['wireless-security-profiles', 'a new one', add({ name: 'guest' }), 'low'],
  ['wireless-security-profiles', 'other ways in', set(PROFILE, { 'authentication-types': 'wpa2-eap' }), 'high'],
  ['wireless-security-profiles', 'a note', set(PROFILE, { comment: 'house' }), 'low'],
  ['wifi', 'a new network', add({ name: 'wifi9', 'master-interface': 'wifi1', configuration: 'cfg-guest' }), 'medium'],
  ['wifi', 'one less', remove(WIFI), 'high'],
  ['wifi', 'another profile', set(WIFI, { configuration: 'cfg-guest' }), 'high'],
  ['wifi', 'a setting inside', set(WIFI, { 'configuration.ssid': 'Other' }), 'high'],
  ['wifi', 'a note', set(WIFI, { comment: 'attic' }), 'low'],
  ['wifi-configuration', 'a new one', add({ name: 'cfg-new', ssid: 'New' }), 'low'],
  ['wifi-configuration', 'another name of the network', set(CONFIG, { ssid: 'Other' }), 'high'],
  ['wifi-configuration', 'a note', set(CONFIG, { comment: 'main' }), 'low'],
  ['wifi-security', 'other ways in', set(SECURITY, { 'authentication-types': 'wpa3-psk' }), 'high'],
  ['wifi-security', 'a new one', add({ name: 'sec-new' }), 'low'],
  ['wifi-security', 'a note', set(SECURITY, { comment: 'house' }), 'low'],
  ['wifi-security', 'one less', remove(SECURITY), 'high'],
  ['wifi-channel', 'a new one', add({ name: 'ch2', band: '2ghz-ax' }), 'low'],
  ['wifi-channel', 'another frequency', set(CHANNEL, { frequency: '5180' }), 'medium'],
  ['wifi-datapath', 'another VLAN', set(DATAPATH, { 'vlan-id': '77' }), 'high'],
  ['wifi-datapath', 'a note', set(DATAPATH, { comment: 'users' }), 'low'],
  ['wifi-capsman', 'switching it on', set(CAPSMAN, { enabled: 'yes' }), 'high'],
  ['wifi-capsman', 'another package folder', set(CAPSMAN, { 'package-path': '/upgrade' }), 'medium'],
];

describe('risk', () => {
  test.each(RISKS)('%s: %s', (id, _, change, risk) => expect(riskOf(link(id), change)).toBe(risk));
});

const REFUSED: readonly (readonly [string, string, Told, RegExp | undefined])[] = [
  ['wireless', 'a radar channel', set(RADIO, { frequency: '5500' }), /5500 MHz is a radar/],
  ['wireless', 'a channel without radar', set(RADIO, { frequency: '5180' }), undefined],
  ['wireless', 'a new network on a radar channel', add({ name: 'x', ssid: 'x', frequency: '5260' }), /5260/],
  ['wireless-security-profiles', 'removing the one of RouterOS', remove({ ...PROFILE, default: 'true' }), /cannot be removed/],
  ['wireless-security-profiles', 'removing our own', remove({ name: 'guest' }), undefined],
  ['wifi-channel', 'a radar channel more', set(CHANNEL, { frequency: '5180,5220,5260' }), /5260/],
  ['wifi-channel', 'one that was there before', set({ ...CHANNEL, frequency: '5180,5260' }, { frequency: '5220,5260' }), undefined],
  ['wifi-channel', 'a range that meets radar channels', set(CHANNEL, { frequency: '5180-5320:20' }), /5180-5320:20/],
  ['wifi', 'a radar channel of its own', set(WIFI, { 'channel.frequency': '5560' }), /5560/],
  ['wifi-configuration', 'a radar channel of its own', add({ name: 'x', 'channel.frequency': '5560' }), /5560/],
];

describe('refusals', () => {
  test.each(REFUSED)('%s: %s', (id, _, change, words) => {
    const refusal = refusalOf(link(id), change);
    if (words === undefined) expect(refusal).toBeUndefined();
    else expect(refusal).toMatch(words);
  });

  test.each([
    ['5250', false],
    ['5260', true],
    ['5720', true],
    ['5745', false],
    ['2412', false],
    ['auto', false],
    ['', false],
    ['5000-6000', true],
    ['5735-5835', false],
  ])('%s MHz', (frequency, radar) => expect(newRadarFrequency(undefined, frequency) !== undefined).toBe(radar));
});

describe('keys', () => {
  const NAMED = ['wireless', 'wireless-security-profiles', 'wifi', 'wifi-configuration', 'wifi-security', 'wifi-channel', 'wifi-datapath'];
  test.each(NAMED.flatMap(same))('%s: %j and %j', (id, one, other, both) => {
    const keys = [keyed(link(id), one), keyed(link(id), other)];
    expect(keys).not.toContain(undefined);
    expect(keys[0] !== keys[1]).toBe(both);
  });
});

/** Names are unique; notes are not. */
function same(id: string): readonly (readonly [string, Row, Row, boolean])[] {
  return [
    [id, { name: 'a', comment: 'x' }, { name: 'b', comment: 'x' }, true],
    [id, { name: 'a', comment: 'x' }, { name: 'a', comment: 'y' }, false],
  ];
}

test('what a profile leaves open is not read as a no', () => {
  const open = decodeRow(link('wifi'), { name: 'wifi1', configuration: 'cfg-main' }, '7.22.1').item;
  expect(open).not.toHaveProperty('securityFt');
  expect(decodeRow(link('wifi'), { name: 'wifi1', 'security.ft': 'false' }, '7.22.1')).toMatchObject({
    item: { securityFt: 'no' },
    content: { 'security.ft': 'no' },
  });
});

test('fields of a profile stand inside other menus under their own names', () => {
  const row = { name: 'wifi1', 'configuration.ssid': 'Office', 'channel.frequency': '5220,5180', 'steering.2g-probe-delay': 'yes' };
  expect(decodeRow(link('wifi'), row, '7.24')).toMatchObject({
    item: { configurationSsid: 'Office', channelFrequency: ['5220', '5180'], steeringProbeDelay2g: 'yes' },
    extra: {},
  });
});

test('each driver is where it was', () => {
  const facts = { channel: 'stable', board: 'hAP', architecture: 'arm64', hardwareId: 'X', identity: 'ap', absentMenus: [], readAt: 0 };
  const why = (id: string, version: string, packages: readonly string[] = []) => missingBecause(link(id), { ...facts, version, packages });
  expect(why('wifi', '7.12.2')).toContain('7.13');
  expect(why('wifi', '7.16.2')).toBeUndefined();
  expect(why('wifiwave2', '7.12.2')).toContain('wifiwave2');
  expect(why('wifiwave2', '7.12.2', ['wifiwave2'])).toBeUndefined();
  expect(why('wifiwave2', '7.13', ['wifiwave2'])).toContain('7.13');
  // Until 7.12 the older driver was part of RouterOS itself: a package of its name proves nothing.
  expect(why('wireless', '7.12.2')).toBeUndefined();
  expect(why('capsman-manager', '7.24')).toBeUndefined();
});
