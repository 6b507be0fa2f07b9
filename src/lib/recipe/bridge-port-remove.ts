import { bridgePort } from '../capability/catalog/bridge-port.ts';
import { word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import { requireMenu } from './checks.ts';
import { defineRecipe } from './define.ts';

export const bridgePortRemove = defineRecipe({
  id: 'bridge-port-remove',
  title: 'Remove a bridge port',
  about: 'Takes an interface out of a bridge; who is behind it is cut off from the others.',
  topic: 'bridge',
  tool: 'plan_remove_bridge_port',
  reads: { ports: bridgePort },
  input: {
    bridgeName: word({ about: 'Bridge it is a port of.', required: true }),
    interface: word({ about: 'Interface that is the port.', required: true }),
  },
  intents: ({ bridgeName, interface: name }, { ports }) => {
    const row = requireMenu(bridgePort, ports).find(
      ({ item, dynamic }) => !dynamic && item['bridge'] === bridgeName && item['interface'] === name,
    );
    if (row) return [{ verb: 'remove', capability: bridgePort.id, where: { id: row.id } }];
    throw new InputError('That bridge has no such port.', { code: 'NO_SUCH_ROW', hint: 'Read bridge-port to see the ports there are.' });
  },
  summary: ({ bridgeName, interface: name }) => `Take ${String(name)} out of ${String(bridgeName)}`,
});
