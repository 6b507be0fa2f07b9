import { firewallFilter } from '../capability/catalog/firewall-filter.ts';
import { flag, not, oneOf, text, word } from '../capability/kinds.ts';
import { requireRow, requireWhole, somethingOf } from './checks.ts';
import { defineRecipe } from './define.ts';

export const firewallRuleModify = defineRecipe({
  id: 'firewall-rule-modify',
  title: 'Change a firewall rule',
  about: 'Changes a filter rule, named by its id; its place stays.',
  topic: 'firewall',
  tool: 'plan_modify_firewall_rule',
  reads: { rules: firewallFilter },
  input: {
    ruleId: word({ about: 'RouterOS id of the rule, as *1B.', required: true }),
    chain: text({ about: 'input, forward, output or a chain of your own.' }),
    action: oneOf('accept', 'drop', 'reject', 'jump', 'return', 'log', 'passthrough')({ about: 'What happens to a packet that fits.' }),
    srcAddress: not.network({ about: 'Address the packet comes from.' }),
    dstAddress: not.network({ about: 'Address the packet goes to.' }),
    protocol: not.text({ about: 'Protocol, as tcp.' }),
    dstPort: not.ports({ about: 'Ports the packet goes to.' }),
    jumpTarget: word({ about: 'Chain to jump to; needed with action jump.' }),
    comment: text({ about: 'Note kept on the router.' }),
    disabled: flag({ about: 'Kept but not asked.' }),
  },
  intents: ({ ruleId, ...values }, { rules }) => {
    const { id, item } = requireRow(firewallFilter, rules, ruleId);
    // What counts is the rule as it will be, not the part that was named.
    requireWhole({ ...item, ...values });
    return [{ verb: 'set', capability: firewallFilter.id, where: { id }, values: somethingOf(values) }];
  },
  summary: ({ ruleId }) => `Change firewall rule ${String(ruleId)}`,
});
