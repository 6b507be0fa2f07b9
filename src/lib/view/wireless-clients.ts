import { wifiRegistration } from '../capability/catalog/wifi-registration.ts';
import { wifiwave2Registration } from '../capability/catalog/wifiwave2-registration.ts';
import { wirelessRegistration } from '../capability/catalog/wireless-registration.ts';
import { text } from '../capability/kinds.ts';
import { defineView, type Input } from './define.ts';
import { type Item, orNull, type Parts, rowsOf } from './values.ts';

const where = ({ interface: name }: Input): Item => (name === undefined ? {} : { interface: name });

export const wirelessClients = defineView({
  id: 'wireless-clients',
  title: 'Wireless clients',
  about: 'Who is connected over the air, with signal in dBm and traffic, whichever wireless package the router has.',
  topic: 'wireless',
  tool: 'get_wireless_clients',
  input: {
    interface: text({ about: 'Only clients of this interface.' }),
  },
  parts: {
    wireless: { read: wirelessRegistration, where },
    wifi: { read: wifiRegistration, where },
    wifiwave2: { read: wifiwave2Registration, where },
  },
  compose: (parts: Parts) => {
    const menus = ['wireless', 'wifi', 'wifiwave2'] as const;
    const clients = menus.flatMap((menu) => rowsOf(parts[menu]).map((row) => client(menu, row)));
    return { clients, totalCount: menus.reduce((sum, menu) => sum + (parts[menu]?.total ?? 0), 0) };
  },
});

/** `-62`, `-62@1Mbps`, `-65dBm@6Mbps`. */
function dBm(value: unknown): number | null {
  const found = typeof value === 'number' ? [String(value), String(value)] : /^(-?\d+(?:\.\d+)?)(?:dBm)?(?:@|$)/.exec(String(value ?? ''));
  return found ? Number(found[1]) : null;
}

/** `sent,received` of one text. */
const half = (value: unknown, at: 0 | 1): number | null => {
  const digits = String(value ?? '').split(',')[at] ?? '';
  return /^\d+$/.test(digits) && Number.isSafeInteger(Number(digits)) ? Number(digits) : null;
};

const client = (menu: string, row: Item): Item => ({
  id: row['id'],
  menu,
  interface: orNull(row['interface']),
  ssid: orNull(row['ssid']),
  macAddress: orNull(row['macAddress']),
  signalDbm: dBm(row['signal'] ?? row['signalStrength']),
  signalToNoiseDb: orNull(row['signalToNoise']),
  txRate: orNull(row['txRate']),
  rxRate: orNull(row['rxRate']),
  band: orNull(row['band']),
  uptimeSeconds: orNull(row['uptime']),
  bytesSent: half(row['bytes'], 0),
  bytesReceived: half(row['bytes'], 1),
  packetsSent: half(row['packets'], 0),
  packetsReceived: half(row['packets'], 1),
  lastIp: orNull(row['lastIp']),
  vlanId: orNull(row['vlanId']),
});
