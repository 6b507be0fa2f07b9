import { defineMeasurement, fail, PASS } from './measurement.ts';
import { resourceOf } from './resource.ts';
import { isNumber, numberOf } from './values.ts';

/** Percent: what is busier has nothing left for packets. A router that was so busy before is not made worse by the change. */
const MOST_LOAD = 95;

export const load = defineMeasurement<number>({
  check: 'processor load',
  always: 'load was not measured',
  take: async (look) => numberOf((await resourceOf(look))['cpuLoad']),
  holds: isNumber,
  say: (percent) => `${percent} %`,
  judge: (before, after) => (after >= MOST_LOAD && before < MOST_LOAD ? fail(`load is ${MOST_LOAD} % or more`) : PASS),
});
