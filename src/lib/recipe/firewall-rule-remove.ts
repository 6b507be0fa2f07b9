import { firewallFilter } from '../capability/catalog/firewall-filter.ts';
import { word } from '../capability/kinds.ts';
import { defineRecipe } from './define.ts';

export const firewallRuleRemove = defineRecipe({
  id: 'firewall-rule-remove',
  title: 'Remove a firewall rule',
  about: 'Removes a filter rule, named by its id.',
  topic: 'firewall',
  tool: 'plan_remove_firewall_rule',
  input: {
    ruleId: word({ about: 'RouterOS id of the rule, as *1B.', required: true }),
  },
  intents: ({ ruleId }) => [{ verb: 'remove', capability: firewallFilter.id, where: { id: ruleId } }],
  summary: ({ ruleId }) => `Remove firewall rule ${String(ruleId)}`,
});
