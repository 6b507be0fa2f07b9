import { readAddress } from '../../../capability/address.ts';
import { dhcpServerLease } from '../../../capability/catalog/dhcp-server-lease.ts';
import { oneLine } from '../../../core/clean.ts';
import { InputError } from '../../../core/errors.ts';
import { defineCheck, startsWith } from '../kind.ts';

/** A client has the address now; a reservation alone is none. */
export const dhcpLease = defineCheck({
  kind: 'dhcp-lease',
  form: 'dhcp-lease <address>',
  understand: (words) => {
    if (!startsWith(words, 'dhcp-lease')) return undefined;
    const address = readAddress(words[1] ?? '');
    if (address !== undefined && words.length === 2) return { args: { address } };
    throw new InputError('A lease is named by its address.', { hint: 'For example: dhcp-lease 192.0.2.20' });
  },
  look: async ({ link }, { args }) => {
    const where = { address: args['address'] ?? '' };
    const rows = await link.read({ verb: 'read', menu: dhcpServerLease.menu, fields: ['address', 'status'], where });
    if (rows.length === 0) return { holds: false, seen: 'no such lease' };
    const states = rows.map((row) => row['status'] ?? 'no status');
    return { holds: states.includes('bound'), seen: oneLine(states.join(', '), 60) };
  },
});
