import { interfaces } from '../capability/catalog/interface.ts';
import { ipAddress } from '../capability/catalog/ip-address.ts';
import { prefix, text } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import { defineRecipe } from './define.ts';

export const secondaryAddressAdd = defineRecipe({
  id: 'secondary-address-add',
  title: 'Secondary address',
  about: 'Adds an IPv4 address to an interface; one that overlaps another interface is refused.',
  topic: 'ip',
  tool: 'add_secondary_ip_address',
  direct: true,
  reads: { interfaces },
  input: {
    address: prefix({ about: 'Address with its prefix length.', required: true }),
    interface: text({ about: 'Interface it belongs to.', required: true }),
    comment: text({ about: 'Note kept on the router.' }),
  },
  intents: (input, { interfaces: there = [] }) => {
    const names = there.map(({ item }) => String(item['name'] ?? ''));
    if (!names.includes(String(input['interface'])))
      throw new InputError('This router has no interface of that name.', {
        code: 'NO_SUCH_ROW',
        hint: 'Read interface to see the names there are.',
      });
    return [{ verb: 'add', capability: ipAddress.id, values: input }];
  },
  summary: ({ address, interface: name }) => `Add ${String(address)} to ${String(name)}`,
});
