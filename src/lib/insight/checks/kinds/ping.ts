import { readAddress } from '../../../capability/address.ts';
import { ping as action } from '../../../capability/catalog/ping.ts';
import { InputError } from '../../../core/errors.ts';
import { defineCheck, saysAt, startsWith, type Understood } from '../kind.ts';

const PROBES = 3;
/** A router waits for every probe, and does nothing else for us meanwhile. */
const MOST_PROBES = 10;
const INTERVAL = '200ms';

/** One lost packet is no failure: one that comes back is enough. */
export const ping = defineCheck({
  kind: 'ping',
  form: 'ping <address> [count n] [from <address>]',
  understand: (words) => {
    if (!startsWith(words, 'ping')) return undefined;
    const address = readAddress(words[1] ?? '');
    if (address === undefined) throw new InputError('A ping goes to an IP address.', { hint: 'For example: ping 192.0.2.1 count 5' });
    return withOptions({ address, count: String(PROBES) }, words.slice(2));
  },
  look: async ({ link }, { args }) => {
    const { address = '', count = '', from } = args;
    const wire = { address, count, interval: INTERVAL, ...(from !== undefined && { 'src-address': from }) };
    const rows = await link.run({ verb: 'run', menu: action.menu, command: action.command, args: wire });
    // A lost probe has a status, and no time.
    const back = rows.filter((row) => row['time'] !== undefined).length;
    return { holds: back > 0, seen: `${back} of ${count} answered` };
  },
});

function withOptions(args: Understood['args'], words: readonly string[]): Understood {
  if (words.length === 0) return { args };
  if (startsWith(words, 'from', 'the', 'router')) return withOptions(args, words.slice(3));
  const value = words[1] ?? '';
  if (saysAt(words, 0, 'count') && /^\d{1,2}$/.test(value) && Number(value) >= 1 && Number(value) <= MOST_PROBES) {
    return withOptions({ ...args, count: String(Number(value)) }, words.slice(2));
  }
  const from = readAddress(value);
  if (saysAt(words, 0, 'from') && from !== undefined) return withOptions({ ...args, from }, words.slice(2));
  throw new InputError(`After the address of a ping stand count and a number up to ${MOST_PROBES}, or from and an address of the router.`, {
    hint: 'For example: ping 192.0.2.1 count 5 from 198.51.100.1',
  });
}
