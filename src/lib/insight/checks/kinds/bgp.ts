import { bgpSession } from '../../../capability/catalog/bgp-session.ts';
import { defineCheck, saysAt, startsWith } from '../kind.ts';

/** A session is called after its connection: `edge` has `edge-1`. */
const isSessionOf = (name: unknown, connection: string): boolean =>
  typeof name === 'string' &&
  (name === connection || (name.startsWith(`${connection}-`) && /^\d+$/.test(name.slice(connection.length + 1))));

/** By the name of the connection or the session, or by the far end's address. */
export const bgp = defineCheck({
  kind: 'bgp',
  form: 'bgp <name|address> established',
  understand: (words) => {
    if (!startsWith(words, 'bgp')) return undefined;
    const rest = words.slice(saysAt(words, 1, 'peer') && words.length === 4 ? 2 : 1);
    return rest.length === 2 && saysAt(rest, 1, 'established') ? { args: { peer: rest[0] ?? '' } } : undefined;
  },
  look: async (look, { args }) => {
    const { peer = '' } = args;
    const all = await look.items(bgpSession, ['name', 'remote.address', 'established']);
    const ours = all.filter((item) => item['remoteAddress'] === peer || isSessionOf(item['name'], peer));
    if (ours.length === 0) return { holds: false, seen: 'no such session' };
    const up = ours.filter((item) => item['established'] === true).length;
    return { holds: up === ours.length, seen: `${up} of ${ours.length} established` };
  },
});
