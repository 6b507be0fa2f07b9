import { ipv4Number, isIpv4 } from '../address.ts';
import { defineCapability } from '../define.ts';
import { counter, networkSequence, text } from '../kinds.ts';

interface Span {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** A range as numbers; undefined for anything but IPv4 addresses and rising ranges of them. */
function spanOf(text: string): Span | undefined {
  const [first = '', last = first, ...more] = text.split('-');
  if (!isIpv4(first) || !isIpv4(last) || more.length > 0 || ipv4Number(first) > ipv4Number(last)) return undefined;
  return { text, from: ipv4Number(first), to: ipv4Number(last) };
}

const spansOf = (ranges: readonly unknown[] | undefined): readonly Span[] => (ranges ?? []).flatMap((range) => spanOf(String(range)) ?? []);
const meet = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to;

export const ipPool = defineCapability({
  id: 'ip-pool',
  title: 'Address pools',
  about: 'Ranges of IPv4 addresses that DHCP, PPP and HotSpot give out.',
  menu: '/ip/pool',
  shape: 'list',
  topic: 'dhcp',
  key: ['name'],
  fence: 'dhcp-writes',
  fields: {
    name: text({ about: 'Name by which servers refer to it.', required: true, column: 1 }),
    ranges: networkSequence({ about: 'Ranges from-to, used in this order.', required: true, column: 2 }),
    nextPool: text({ about: 'Pool that is used when this one is empty.', fallback: 'none', column: 3 }),
    total: counter({ about: 'Addresses it holds.', readOnly: true, live: true, column: 4 }),
    used: counter({ about: 'Addresses given out now.', readOnly: true, live: true, column: 5 }),
    available: counter({ about: 'Addresses left.', readOnly: true, live: true, column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
  },
  risk: ({ verb }) => (verb === 'add' ? 'low' : verb === 'remove' ? 'high' : 'medium'),
  refuse: ({ verb, before, after }, { rows }) => {
    if (after?.nextPool !== undefined && after.nextPool === after.name) return 'a pool cannot be its own next pool';
    const same = String(before?.ranges ?? '') === String(after?.ranges ?? '');
    if (verb === 'remove' || same) return undefined;
    const bad = after?.ranges?.find((range) => spanOf(String(range)) === undefined);
    if (bad !== undefined) return `${bad} is not a range of IPv4 addresses such as 192.168.88.100-192.168.88.199`;
    const own = spansOf(after?.ranges);
    if (own.some((span, at) => own.slice(at + 1).some((other) => meet(span, other)))) return 'the ranges of the pool overlap each other';
    const others = rows.filter((row) => row.name !== before?.name);
    const met = others.find((row) => spansOf(row.ranges).some((there) => own.some((span) => meet(span, there))));
    return met && `the ranges overlap those of pool ${met.name}`;
  },
});
