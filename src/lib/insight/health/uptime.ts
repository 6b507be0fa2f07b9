import { defineMeasurement, fail, PASS, pass } from './measurement.ts';
import { resourceOf } from './resource.ts';
import { isNumber, isRecord, isText, numberOf, textOf } from './values.ts';

interface Uptime {
  readonly seconds: number;
  readonly version: string;
}

export const uptime = defineMeasurement<Uptime>({
  check: 'no reboot',
  always: 'uptime was not measured',
  take: async (look) => {
    const item = await resourceOf(look);
    const seconds = numberOf(item['uptime']);
    return seconds === undefined ? undefined : { seconds, version: textOf(item['version']) ?? '' };
  },
  holds: (value): value is Uptime => isRecord(value) && isNumber(value['seconds']) && isText(value['version']),
  say: ({ seconds }) => `${seconds} s`,
  judge: (before, after, touched) => {
    // Once: the next look has the new version to compare with, and a router that keeps rebooting is found.
    if (touched.upgrades && after.version !== before.version) return pass('the plan restarts it, into another version');
    return after.seconds >= before.seconds && after.version === before.version ? PASS : fail('the router rebooted');
  },
});
