import { wifiSecurity } from '../capability/catalog/wifi-security.ts';
import { wirelessSecurityProfiles } from '../capability/catalog/wireless-security-profiles.ts';
import { ssid, word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import type { Intent } from '../plan/intent.ts';
import { requireNamed } from './checks.ts';
import { defineRecipe, type Rows } from './define.ts';
import { MENUS, type Radio, radioAccepts, radioInput, radioOf, rfValues } from './radio.ts';

export const wirelessSsidCreate = defineRecipe({
  id: 'wireless-ssid-create',
  title: 'Wireless network',
  about: 'Adds a network (SSID) on a radio, with a security profile that is there already; an open network is refused.',
  topic: 'wireless',
  tool: 'plan_create_wireless_ssid',
  reads: { ...MENUS, profiles: wirelessSecurityProfiles, securities: wifiSecurity },
  input: {
    ssid: ssid({ about: 'Name of the network, 1 to 32 characters.', required: true }),
    masterInterface: word({ about: 'Radio it is on, as wifi1 or wlan1.', required: true }),
    securityProfile: word({ about: 'Security profile of the router; default by default.' }),
    ...radioInput,
    name: word({ about: 'Name of the new interface; made from the radio by default.' }),
  },
  intents: (input, rows) => {
    const radio = radioOf(rows);
    const master = requireNamed(radio.menu, radio.rows, input['masterInterface']);
    if (master.item['masterInterface'] !== undefined)
      throw new InputError('That is a network on a radio, not a radio.', {
        hint: `Its radio is ${String(master.item['masterInterface'])}.`,
      });
    const security = String(input['securityProfile'] ?? 'default');
    requireClosed(radio, rows, security);
    const name = input['name'] ?? nameFor(radio, String(input['masterInterface']), input['ssid']);
    // A network has the channel of its radio: asking for another one changes the radio, and the plan shows that.
    const rf = rfValues(radio.menu, master, input);
    const tuned: readonly Intent[] =
      Object.keys(rf).length > 0 ? [{ verb: 'set', capability: radio.menu, where: { id: master.id }, values: rf }] : [];
    return [{ verb: 'add', capability: radio.menu, values: valuesFor(radio, name, security, input) }, ...tuned];
  },
  accepts: radioAccepts,
  summary: ({ masterInterface }) => `Add a wireless network on ${String(masterInterface)}`,
});

function valuesFor({ menu }: Radio, name: unknown, security: string, input: Readonly<Record<string, unknown>>) {
  const { ssid: network, masterInterface } = input;
  if (menu === 'wifi') return { name, masterInterface, configurationSsid: network, configurationMode: 'ap', security, disabled: false };
  return { name, masterInterface, ssid: network, mode: 'ap-bridge', securityProfile: security, disabled: 'no' };
}

/** A profile that is not there, or one without a key, would open the network to everybody. */
function requireClosed({ menu }: Radio, rows: Rows, security: string): void {
  const found = requireNamed(
    menu === 'wifi' ? 'wifi-security' : 'wireless-security-profiles',
    (menu === 'wifi' ? rows['securities'] : rows['profiles']) ?? [],
    security,
  );
  const { mode, authenticationTypes } = found.item;
  const open =
    menu === 'wifi' ? !Array.isArray(authenticationTypes) || authenticationTypes.length === 0 : mode === undefined || mode === 'none';
  if (!open) return;
  throw new InputError(`The security profile ${security} has no encryption: the network would be open to everybody.`, {
    hint: `Name another one; if that is meant, plan it as a change of ${menu}.`,
  });
}

/** The network that is there already, else the first name that is free. */
function nameFor({ menu, rows }: Radio, master: string, network: unknown): string {
  const field = menu === 'wifi' ? 'configurationSsid' : 'ssid';
  const there = rows.find(({ item }) => item['masterInterface'] === master && item[field] === network);
  if (there) return String(there.item['name']);
  const taken = new Set(rows.map(({ item }) => item['name']));
  const names = Array.from({ length: rows.length + 1 }, (_, nth) => `${master}-${nth + 1}`);
  return names.find((name) => !taken.has(name)) ?? `${master}-new`;
}
