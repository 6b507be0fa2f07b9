import { capsmanManager } from '../capability/catalog/capsman-manager.ts';
import { wifi } from '../capability/catalog/wifi.ts';
import { wifiCap } from '../capability/catalog/wifi-cap.ts';
import { wifiCapsman } from '../capability/catalog/wifi-capsman.ts';
import { wifiConfiguration } from '../capability/catalog/wifi-configuration.ts';
import { wifiRegistration } from '../capability/catalog/wifi-registration.ts';
import { wifiwave2 } from '../capability/catalog/wifiwave2.ts';
import { wifiwave2Registration } from '../capability/catalog/wifiwave2-registration.ts';
import { wireless } from '../capability/catalog/wireless.ts';
import { wirelessRegistration } from '../capability/catalog/wireless-registration.ts';
import { defineView } from './define.ts';
import { type Item, onlyOf, orNull, type Parts, rowsOf } from './values.ts';

/** Radios and networks of whichever of the three wireless menus the router has. */
export const wirelessInterfaces = defineView({
  id: 'wireless-interfaces',
  title: 'Wireless interfaces',
  about: 'Wireless interfaces with network name, channel and number of clients, whichever wireless package the router has.',
  topic: 'wireless',
  tool: 'get_wireless_interfaces',
  input: {},
  parts: {
    wireless: { read: wireless },
    wirelessClients: { read: wirelessRegistration, fields: ['interface'] },
    wifi: { read: wifi },
    wifiProfiles: { read: wifiConfiguration },
    wifiClients: { read: wifiRegistration, fields: ['interface'] },
    wifiwave2: { read: wifiwave2 },
    wifiwave2Clients: { read: wifiwave2Registration, fields: ['interface'] },
    capsman: { read: capsmanManager, fields: ['enabled'] },
    wifiCapsman: { read: wifiCapsman, fields: ['enabled'] },
    wifiCap: { read: wifiCap },
  },
  compose: (parts) => {
    const interfaces = [
      ...rowsOf(parts['wireless']).map((row) => legacy(row, parts)),
      ...rowsOf(parts['wifi']).map((row) => modern(row, 'wifi', parts)),
      ...rowsOf(parts['wifiwave2']).map((row) => modern(row, 'wifiwave2', parts)),
    ];
    return { interfaces, totalCount: interfaces.length, hints: hintsOf(parts) };
  },
});

const clientsOf = (parts: Parts, menu: string, name: unknown): number | null => {
  const table = parts[`${menu}Clients`];
  if (!table || table.missing !== undefined || table.total > table.items.length) return null;
  return table.items.filter((row) => row['interface'] === name).length;
};

const isOn = (value: unknown): boolean | null => (value === undefined || value === null ? null : value === true || value === 'true');

function legacy(row: Item, parts: Parts): Item {
  return {
    id: row['id'],
    menu: 'wireless',
    name: orNull(row['name']),
    ssid: orNull(row['ssid']),
    mode: orNull(row['mode']),
    band: orNull(row['band']),
    frequency: orNull(row['frequency']),
    channelWidth: orNull(row['channelWidth']),
    country: orNull(row['country']),
    txPower: orNull(row['txPower']),
    security: orNull(row['securityProfile']),
    masterInterface: orNull(row['masterInterface']),
    running: orNull(row['running']),
    disabled: isOn(row['disabled']),
    macAddress: orNull(row['macAddress']),
    registeredClients: clientsOf(parts, 'wireless', row['name']),
    comment: orNull(row['comment']),
  };
}

/** What an interface does not say itself comes from the configuration profile it names. */
function modern(row: Item, menu: 'wifi' | 'wifiwave2', parts: Parts): Item {
  const profile = menu === 'wifi' ? rowsOf(parts['wifiProfiles']).find((one) => one['name'] === row['configuration']) : undefined;
  const said = (own: string, there: string): unknown => orNull(row[own] ?? profile?.[there]);
  return {
    id: row['id'],
    menu,
    name: orNull(row['name']),
    ssid: said('configurationSsid', 'ssid'),
    mode: said('configurationMode', 'mode'),
    band: said('channelBand', 'channelBand'),
    frequency: said('channelFrequency', 'channelFrequency'),
    channelWidth: said('channelWidth', 'channelWidth'),
    country: said('configurationCountry', 'country'),
    txPower: said('configurationTxPower', 'txPower'),
    security: said('security', 'security'),
    configuration: orNull(row['configuration']),
    masterInterface: orNull(row['masterInterface']),
    running: orNull(row['running']),
    disabled: isOn(row['disabled']),
    macAddress: orNull(row['macAddress']),
    registeredClients: clientsOf(parts, menu, row['name']),
    managedBy: said('configurationManager', 'manager'),
    comment: orNull(row['comment']),
  };
}

function hintsOf(parts: Parts): readonly Item[] {
  const on = (name: string): boolean => onlyOf(parts[name])['enabled'] === true;
  const managed = rowsOf(parts['wifi']).some((row) => String(row['configurationManager'] ?? '').startsWith('capsman'));
  const hint = (message: string): Item => ({ code: 'capsman_detected', message });
  return [
    ...(on('capsman') || on('wifiCapsman')
      ? [hint('This router is a CAPsMAN controller: what its access points do is in capsman-status.')]
      : []),
    ...(on('wifiCap') || managed ? [hint('A CAPsMAN controller configures these interfaces: change them there, not here.')] : []),
  ];
}
