import { defineCapability } from '../define.ts';
import { duration, flag, integer, text, textSet } from '../kinds.ts';

export const routingSettings = defineCapability({
  id: 'routing-settings',
  title: 'Routing settings',
  about: 'How the routing process of a router works as a whole.',
  menu: '/routing/settings',
  shape: 'table',
  topic: 'routing',
  key: [],
  fields: {
    singleProcess: flag({ about: 'All protocols run in one process.', column: 1 }),
    connectedInChain: text({ about: 'Filter chain for networks of own addresses.', from: '7.19', column: 2 }),
    dynamicInChain: text({ about: 'Filter chain for routes of DHCP, PPP and the like.', from: '7.19', column: 3 }),
    checkGatewayPingInterval: duration()({ about: 'Time between pings to a watched gateway.', from: '7.21', column: 4 }),
    checkGatewayPingTimeout: duration()({ about: 'Wait for the answer of a watched gateway.', from: '7.21' }),
    checkGatewayPingCount: integer({ max: 65_535 })({ about: 'Pings without an answer until a gateway counts as gone.', from: '7.21' }),
    policyRules: textSet({ about: 'Chains of routing rules that are asked.', from: '7.22' }),
  },
});
