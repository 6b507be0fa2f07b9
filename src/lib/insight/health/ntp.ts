import { ntpClient } from '../../capability/catalog/ntp-client.ts';
import { defineMeasurement, fail, inconclusive, PASS, pass } from './measurement.ts';
import { isRecord, isText, textOf } from './values.ts';

interface Ntp {
  readonly enabled: boolean;
  /** The router's own word; `synchronized` is the one that counts. */
  readonly status: string;
}

const SYNCHRONIZED = 'synchronized';

export const ntp = defineMeasurement<Ntp>({
  check: 'NTP in sync',
  take: async (look) => {
    const [item] = await look.items(ntpClient, ['enabled', 'status']);
    const status = textOf(item?.['status']);
    return status === undefined ? undefined : { enabled: item?.['enabled'] === true, status };
  },
  holds: (value): value is Ntp => isRecord(value) && typeof value['enabled'] === 'boolean' && isText(value['status']),
  worth: ({ enabled, status }) => enabled && status === SYNCHRONIZED,
  say: ({ enabled, status }) => (status === SYNCHRONIZED ? 'in step' : enabled ? 'not in step' : 'off'),
  judge: (_before, after, touched) => {
    if (after.enabled && after.status === SYNCHRONIZED) return PASS;
    const own = touched.below('/system/ntp');
    if (!after.enabled) return own ? pass('the plan switches it off') : fail('it was switched off');
    // Getting into step takes from seconds to many minutes: a client that was just told other servers is not held to it.
    return own ? pass('it was told other servers, and is on its way') : inconclusive('it is not in step with a server at the moment');
  },
});
