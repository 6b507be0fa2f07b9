import { bridge } from '../capability/catalog/bridge.ts';
import { duration, flag, integer, oneOf, word } from '../capability/kinds.ts';
import { given, requireMenu, requireNamed, somethingOf } from './checks.ts';
import { defineRecipe } from './define.ts';

export const bridgeSettingsModify = defineRecipe({
  id: 'bridge-settings-modify',
  title: 'Bridge settings',
  about: 'Changes spanning tree, VLAN filtering and timers of a bridge.',
  topic: 'bridge',
  tool: 'plan_modify_bridge_settings',
  reads: { bridges: bridge },
  input: {
    bridgeName: word({ about: 'Bridge to change.', required: true }),
    protocolMode: oneOf('none', 'stp', 'rstp', 'mstp')({ about: 'Spanning tree protocol; none is without.' }),
    vlanFiltering: flag({ about: 'Forward by VLAN; switching it can cut management off.' }),
    priority: integer({ max: 65_535 })({ about: 'Priority; the lower number wins.' }),
    ageingTime: duration()({ about: 'How long an unseen host is remembered.' }),
    forwardDelay: duration()({ about: 'Wait before a port forwards.' }),
    maxMessageAge: duration()({ about: 'How long a spanning tree message counts.' }),
  },
  intents: ({ bridgeName, ...settings }, { bridges }) => {
    const row = requireNamed('bridge', requireMenu(bridge, bridges), bridgeName);
    return [{ verb: 'set', capability: bridge.id, where: { id: row.id }, values: given(somethingOf(settings)) }];
  },
  summary: ({ bridgeName }) => `Change settings of the bridge ${String(bridgeName)}`,
});
