import { systemHealth } from '../../capability/catalog/system-health.ts';
import { defineMeasurement, fail, inconclusive, PASS } from './measurement.ts';
import { isNumber, isRecord, isText, numberOf, textOf } from './values.ts';

interface Sensor {
  readonly name: string;
  readonly celsius: number;
}

/** Degrees Celsius. A bound of ours, not of MikroTik's: the recorded boards are at 39 to 58. */
const HOTTEST = 90;
/** A reading wanders by a few degrees; that many more within one change mean that something heats the board or a fan stopped. */
const MOST_RISE = 20;

const isSensor = (value: unknown): value is Sensor => isRecord(value) && isText(value['name']) && isNumber(value['celsius']);

/** Rows of type `C`; a sensor that says `not-present` has no number and is none. A CHR has no sensors at all. */
export const temperature = defineMeasurement<readonly Sensor[]>({
  check: 'temperature',
  take: async (look) => {
    if (!look.has(systemHealth.menu)) return undefined;
    const items = await look.items(systemHealth, ['name', 'value', 'type']);
    return items.flatMap((item) => {
      const name = textOf(item['name']);
      const celsius = numberOf(item['value']) ?? Number(item['value'] ?? Number.NaN);
      return item['type'] === 'C' && name !== undefined && Number.isFinite(celsius) ? [{ name, celsius }] : [];
    });
  },
  holds: (value): value is readonly Sensor[] => Array.isArray(value) && value.every(isSensor),
  worth: (sensors) => sensors.length > 0,
  say: (sensors) => (sensors.length === 0 ? 'no sensor' : `${Math.max(...sensors.map(({ celsius }) => celsius))} °C`),
  judge: (before, after) => {
    const now = new Map(after.map(({ name, celsius }) => [name, celsius]));
    if (before.some(({ name }) => !now.has(name))) return inconclusive('a sensor that spoke before is silent');
    const hot = before.some(({ name, celsius }) => (now.get(name) ?? 0) >= HOTTEST && celsius < HOTTEST);
    if (hot) return fail(`a sensor shows ${HOTTEST} °C or more`);
    const risen = before.some(({ name, celsius }) => (now.get(name) ?? 0) - celsius >= MOST_RISE);
    return risen ? fail(`a sensor shows ${MOST_RISE} °C more than before`) : PASS;
  },
});
