import { wifi } from '../capability/catalog/wifi.ts';
import { wifiwave2 } from '../capability/catalog/wifiwave2.ts';
import { wireless } from '../capability/catalog/wireless.ts';
import type { Consent } from '../capability/define.ts';
import { flag, integer, oneOf } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import type { ReadRow, Rows } from './define.ts';

/** The wireless menus a router may have, and what bands and channels are called in each. */

export const BANDS = ['2ghz-b', '2ghz-g', '2ghz-n', '2ghz-ax', '5ghz-a', '5ghz-n', '5ghz-ac', '5ghz-ax'] as const;

/** In the words of the older package; the newer one has them as they are, but for the one it dropped. */
const LEGACY: Readonly<Record<string, string>> = {
  '2ghz-b': '2ghz-b',
  '2ghz-g': '2ghz-onlyg',
  '2ghz-n': '2ghz-onlyn',
  '5ghz-a': '5ghz-a',
  '5ghz-n': '5ghz-onlyn',
  '5ghz-ac': '5ghz-onlyac',
};

const FIVE: readonly number[] = [36, 40, 44, 48, 149, 153, 157, 161, 165];

export const MENUS = { wifi, wifiwave2, wireless } as const;

export const radioInput = {
  band: oneOf(...BANDS)({ about: 'Band and standard of the radio.' }),
  channel: integer({ max: 165 })({ about: 'Channel number; 0 leaves it.' }),
  allowDfs: flag({ about: 'Allow a radar (DFS) channel.' }),
};

export const radioAccepts = ({ allowDfs }: Readonly<Record<string, unknown>>): readonly Consent[] => (allowDfs === true ? ['dfs'] : []);

export type RadioMenu = 'wifi' | 'wireless';

export interface Radio {
  readonly menu: RadioMenu;
  readonly rows: readonly ReadRow[];
}

/**
 * The wireless menu this router works with.
 * @throws InputError it has none that can be changed
 */
export function radioOf(rows: Rows): Radio {
  if (rows['wifi']) return { menu: 'wifi', rows: rows['wifi'] };
  if (rows['wireless']) return { menu: 'wireless', rows: rows['wireless'] };
  const old = rows['wifiwave2'] !== undefined;
  throw new InputError(old ? 'The wifiwave2 package of this version can only be read here.' : 'This router has no wireless package.', {
    code: old ? 'READ_ONLY' : 'NOT_ON_THIS_ROUTER',
    hint: old ? 'From RouterOS 7.13 on it is called wifi, and can be changed.' : 'Read system-package to see what it has.',
  });
}

/** The radio an interface sends by: itself, or the one it is on. */
export function masterOf({ rows }: Radio, row: ReadRow): ReadRow {
  const name = row.item['masterInterface'];
  return rows.find(({ item }) => name !== undefined && item['name'] === name) ?? row;
}

/**
 * What band and channel mean on this radio; empty where neither was given.
 * @throws InputError a channel that is none of the band, or one that listens for radar first
 */
export function rfValues(
  menu: RadioMenu,
  row: ReadRow,
  { band, channel, allowDfs }: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const number = Number(channel ?? 0);
  const five = band === undefined ? isFive(row) : String(band).startsWith('5');
  const frequency = number === 0 ? undefined : frequencyOf(number, five, allowDfs === true);
  const named = band === undefined ? undefined : menu === 'wifi' ? String(band) : LEGACY[String(band)];
  if (band !== undefined && (named === undefined || (menu === 'wifi' && band === '2ghz-b')))
    throw new InputError(`This router does not know the band ${String(band)}.`, {
      hint: `It has ${Object.keys(LEGACY).join(', ')} or the newer ones.`,
    });
  const fields = menu === 'wifi' ? (['channelBand', 'channelFrequency'] as const) : (['band', 'frequency'] as const);
  return {
    ...(named !== undefined && { [fields[0]]: named }),
    ...(frequency !== undefined && { [fields[1]]: menu === 'wifi' ? [String(frequency)] : String(frequency) }),
  };
}

/** Which of the two bands a radio is on; undefined where its rows do not say. */
function isFive({ item }: ReadRow): boolean | undefined {
  const band = String(item['band'] ?? item['channelBand'] ?? '');
  if (band !== '') return band.startsWith('5');
  const frequency = /^\d+/.exec(String(item['channelFrequency'] ?? item['frequency'] ?? ''))?.[0];
  return frequency === undefined ? undefined : Number(frequency) > 4_900;
}

const isRadar = (channel: number): boolean => channel % 4 === 0 && ((channel >= 52 && channel <= 64) || (channel >= 100 && channel <= 144));

function frequencyOf(channel: number, five: boolean | undefined, allowDfs: boolean): number {
  if (five !== true && channel <= 14) return channel === 14 ? 2_484 : 2_407 + channel * 5;
  if (five !== false && isRadar(channel) && !allowDfs) {
    throw new InputError(`Channel ${channel} is a radar (DFS) channel: the radio stays silent for 1 to 10 minutes before it may use it.`, {
      hint: `Use one of ${FIVE.join(', ')}, or allow-dfs=yes where that is meant.`,
    });
  }
  if (five !== false && (FIVE.includes(channel) || isRadar(channel))) return 5_000 + channel * 5;
  throw new InputError(`Channel ${channel} does not fit the band.`, { hint: `2.4 GHz has 1 to 14, 5 GHz ${FIVE.join(', ')}.` });
}
