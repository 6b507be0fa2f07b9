import { bridge } from '../capability/catalog/bridge.ts';
import { bridgePort } from '../capability/catalog/bridge-port.ts';
import { interfaces } from '../capability/catalog/interface.ts';
import { ipAddress } from '../capability/catalog/ip-address.ts';
import { text, word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import { given, requireMenu, requireNamed } from './checks.ts';
import { defineRecipe } from './define.ts';

export const bridgePortAdd = defineRecipe({
  id: 'bridge-port-add',
  title: 'Bridge port',
  about: 'Makes an interface a port of a bridge; one that carries an address or belongs elsewhere is refused.',
  topic: 'bridge',
  tool: 'plan_add_bridge_port',
  reads: { bridges: bridge, ports: bridgePort, interfaces, addresses: ipAddress },
  input: {
    bridgeName: word({ about: 'Bridge it goes to.', required: true }),
    interface: word({ about: 'Interface that becomes a port.', required: true }),
    comment: text({ about: 'Note kept on the router.' }),
  },
  intents: ({ bridgeName, interface: name, comment }, { bridges, ports = [], interfaces: all = [], addresses = [] }) => {
    requireNamed('bridge', requireMenu(bridge, bridges), bridgeName);
    const { item } = requireNamed('interface', all, name);
    const there = ports.find((port) => port.item['interface'] === name && !port.dynamic);
    const values = given({ bridge: bridgeName, interface: name, comment });
    // Already there: the planner compares, and finds nothing to do or says what is in the way.
    if (there) return [{ verb: 'add', capability: bridgePort.id, values }];
    const why = whyNot(
      item,
      name === bridgeName,
      addresses.some((one) => one.item['interface'] === name),
    );
    if (why !== undefined)
      throw new InputError(`The interface cannot become a port: ${why}.`, { hint: 'Read interface to see the others.' });
    return [{ verb: 'add', capability: bridgePort.id, values }];
  },
  summary: ({ bridgeName, interface: name }) => `Make ${String(name)} a port of ${String(bridgeName)}`,
});

function whyNot(item: Readonly<Record<string, unknown>>, itself: boolean, addressed: boolean): string | undefined {
  if (itself || item['type'] === 'bridge') return 'a bridge is no port of a bridge';
  if (item['type'] === 'loopback') return 'the loopback is no port';
  if (item['slave'] === true) return 'it belongs to a bond or another bridge';
  return addressed ? 'it carries an IP address, which would stop working; move that to the bridge first' : undefined;
}
