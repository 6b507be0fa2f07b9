import { integer, word } from '../capability/kinds.ts';
import { requireNamed, somethingOf } from './checks.ts';
import { defineRecipe } from './define.ts';
import { MENUS, masterOf, radioAccepts, radioInput, radioOf, rfValues } from './radio.ts';

export const wirelessRfSettings = defineRecipe({
  id: 'wireless-rf-settings',
  title: 'Radio settings',
  about: 'Changes channel, band or power of a radio; its clients are dropped for a moment.',
  topic: 'wireless',
  tool: 'plan_wireless_rf_settings',
  reads: MENUS,
  input: {
    interface: word({ about: 'Radio, or a network on it.', required: true }),
    ...radioInput,
    txPower: integer({ max: 30 })({ about: 'Power in dBm; 0 leaves it.' }),
  },
  intents: ({ interface: name, txPower, ...rf }, rows) => {
    const radio = radioOf(rows);
    const row = masterOf(radio, requireNamed(radio.menu, radio.rows, name));
    const values = { ...rfValues(radio.menu, row, rf), ...power(radio.menu === 'wifi', Number(txPower ?? 0)) };
    return [{ verb: 'set', capability: radio.menu, where: { id: row.id }, values: somethingOf(values) }];
  },
  accepts: radioAccepts,
  summary: ({ interface: name }) => `Change radio settings of ${String(name)}`,
});

/** The older package minds the number only in the mode that is for it. */
function power(modern: boolean, dBm: number): Readonly<Record<string, unknown>> {
  if (dBm === 0) return {};
  return modern ? { configurationTxPower: dBm } : { txPower: dBm, txPowerMode: 'all-rates-fixed' };
}
