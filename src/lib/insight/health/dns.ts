import { dns as menu } from '../../capability/catalog/dns.ts';
import { newRequestId } from '../../core/ids.ts';
import { lookUp } from './look-up.ts';
import { defineMeasurement, fail, PASS, pass } from './measurement.ts';
import { isRecord } from './values.ts';

interface Resolver {
  /** Servers are set or learned. */
  readonly servers: boolean;
  /** A server answered. */
  readonly answers: boolean;
}

const said = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value !== '');

/** A name nobody has asked for before, so that no cache answers for a server; `example.com` belongs to no one (RFC 2606). */
const strangeName = (): string => `${newRequestId().replace('_', '-')}.example.com`;

export const dns = defineMeasurement<Resolver>({
  check: 'DNS answers',
  take: async (look) => {
    const [item = {}] = await look.items(menu, ['servers', 'dynamic-servers', 'use-doh-server']);
    const servers = [item['servers'], item['dynamicServers'], item['useDohServer']].some(said);
    if (!servers) return { servers, answers: false };
    const { failure } = await lookUp(look.link, strangeName());
    // That there is no such name is a server's answer.
    return { servers, answers: failure === null || /does not exist/i.test(failure) };
  },
  holds: (value): value is Resolver => isRecord(value) && typeof value['servers'] === 'boolean' && typeof value['answers'] === 'boolean',
  worth: ({ answers }) => answers,
  say: ({ servers, answers }) => (answers ? 'answers' : servers ? 'no answer' : 'no servers'),
  judge: (_before, after, touched) => {
    if (after.answers) return PASS;
    if (after.servers) return fail('no DNS server answers');
    return touched.below(menu.menu) ? pass('the plan takes the servers away') : fail('the router has no DNS servers any more');
  },
});
