import { insideIpv4, readPrefix } from '../capability/address.ts';
import { ipAddress } from '../capability/catalog/ip-address.ts';
import { word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import { defineRecipe } from './define.ts';

export const secondaryAddressRemove = defineRecipe({
  id: 'secondary-address-remove',
  title: 'Remove a secondary address',
  about: 'Removes an IPv4 address, named by its id; the last one of an interface is refused.',
  topic: 'ip',
  tool: 'remove_secondary_ip_address',
  direct: true,
  reads: { addresses: ipAddress },
  input: {
    addressId: word({ about: 'RouterOS id of the address, as *4.', required: true }),
  },
  intents: ({ addressId }, { addresses = [] }, place) => {
    const fixed = addresses.filter(({ dynamic }) => !dynamic);
    const row = fixed.find(({ id }) => id === String(addressId).toUpperCase());
    if (!row)
      throw new InputError('No address of this router has that id.', {
        code: 'NO_SUCH_ROW',
        hint: 'Read ip-address; what DHCP gave cannot be removed here.',
      });
    const prefix = readPrefix(String(row.item['address'] ?? ''));
    if (prefix && insideIpv4(place.host, prefix))
      throw new InputError('We reach the router through the network of that address.', {
        hint: 'If that is meant, plan it as a change of ip-address.',
      });
    if (fixed.filter(({ item }) => item['interface'] === row.item['interface']).length < 2)
      throw new InputError('It is the last address of its interface.', { hint: 'If that is meant, plan it as a change of ip-address.' });
    return [{ verb: 'remove', capability: ipAddress.id, where: { id: row.id } }];
  },
  summary: ({ addressId }) => `Remove secondary address ${String(addressId)}`,
});
