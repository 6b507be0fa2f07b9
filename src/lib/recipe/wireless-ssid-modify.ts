import { ssid, word } from '../capability/kinds.ts';
import type { Intent } from '../plan/intent.ts';
import { given, requireRow, somethingOf } from './checks.ts';
import { defineRecipe } from './define.ts';
import { MENUS, masterOf, radioAccepts, radioInput, radioOf, rfValues } from './radio.ts';

export const wirelessSsidModify = defineRecipe({
  id: 'wireless-ssid-modify',
  title: 'Change a wireless network',
  about: 'Changes name, security, band or channel of a wireless network, named by the id of its interface.',
  topic: 'wireless',
  tool: 'plan_modify_wireless_ssid',
  reads: MENUS,
  input: {
    ssidId: word({ about: 'RouterOS id of the interface, as *8.', required: true }),
    ssid: ssid({ about: 'Name of the network, 1 to 32 characters.' }),
    securityProfile: word({ about: 'Security profile of the router.' }),
    ...radioInput,
  },
  intents: ({ ssidId, ssid: network, securityProfile, ...rf }, rows) => {
    const radio = radioOf(rows);
    const row = requireRow(MENUS[radio.menu], radio.rows, ssidId);
    const master = masterOf(radio, row);
    const own = given(
      radio.menu === 'wifi' ? { configurationSsid: network, security: securityProfile } : { ssid: network, securityProfile },
    );
    const tuned = rfValues(radio.menu, master, rf);
    somethingOf({ ...own, ...tuned });
    const set = (id: string, values: Readonly<Record<string, unknown>>): readonly Intent[] =>
      Object.keys(values).length > 0 ? [{ verb: 'set', capability: radio.menu, where: { id }, values }] : [];
    if (master.id === row.id) return set(row.id, { ...own, ...tuned });
    return [...set(row.id, own), ...set(master.id, tuned)];
  },
  accepts: radioAccepts,
  summary: ({ ssidId }) => `Change wireless network ${String(ssidId)}`,
});
