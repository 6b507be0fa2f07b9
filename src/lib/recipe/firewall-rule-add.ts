import { firewallFilter } from '../capability/catalog/firewall-filter.ts';
import { flag, not, oneOf, text, word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import type { Intent } from '../plan/intent.ts';
import { requireWhole } from './checks.ts';
import { defineRecipe, type ReadRow, type Rows } from './define.ts';

export const firewallRuleAdd = defineRecipe({
  id: 'firewall-rule-add',
  title: 'Firewall rule at a place',
  about: 'Adds a filter rule in front of or behind a rule that has a comment, or at the end of all rules.',
  topic: 'firewall',
  tool: 'plan_add_firewall_rule',
  reads: { rules: firewallFilter },
  input: {
    chain: text({ about: 'input, forward, output or a chain of your own.', required: true }),
    action: oneOf(
      'accept',
      'drop',
      'reject',
      'jump',
      'return',
      'log',
      'passthrough',
    )({ about: 'What happens to a packet that fits.', required: true }),
    srcAddress: not.network({ about: 'Address the packet comes from.' }),
    dstAddress: not.network({ about: 'Address the packet goes to.' }),
    srcAddressList: not.text({ about: 'Address list the source is in.' }),
    protocol: not.text({ about: 'Protocol, as tcp.' }),
    dstPort: not.ports({ about: 'Ports the packet goes to.' }),
    inInterface: not.text({ about: 'Interface it came in by.' }),
    inInterfaceList: not.text({ about: 'Interface list it came in by.' }),
    jumpTarget: word({ about: 'Chain to jump to; needed with action jump.' }),
    comment: text({ about: 'Note kept on the router, by which the rule is found again.' }),
    disabled: flag({ about: 'Add it switched off.' }),
    beforeComment: word({ about: 'Comment of the rule it goes in front of.' }),
    afterComment: word({ about: 'Comment of the rule it goes behind.' }),
  },
  intents: ({ beforeComment, afterComment, ...values }, rows) => {
    requireWhole(values);
    const place = placeOf(rows, values, beforeComment, afterComment);
    if (values['disabled'] !== true) requireAsked(rows, values['chain'], place.before?.['id']);
    return [{ verb: 'add', capability: firewallFilter.id, values, ...place }];
  },
  summary: ({ chain, action }) => `Add a firewall rule: ${String(action)} in ${String(chain)}`,
});

/** Behind a rule is in front of the next one that is not this very rule, or the end. */
function placeOf(
  { rules = [] }: Rows,
  values: Readonly<Record<string, unknown>>,
  before: unknown,
  after: unknown,
): Pick<Extract<Intent, { verb: 'add' }>, 'before'> {
  if (before !== undefined && after !== undefined) throw new InputError('A rule goes in front of one or behind one, not both.');
  const comment = before ?? after;
  if (comment === undefined) return {};
  const fixed = rules.filter(({ dynamic }) => !dynamic);
  const found = fixed.filter(({ item }) => item['comment'] === comment);
  const [anchor] = found;
  if (!anchor || found.length > 1) {
    throw new InputError(found.length > 1 ? 'Several rules have that comment.' : 'No rule has that comment.', {
      code: found.length > 1 ? 'AMBIGUOUS_ROW' : 'NO_SUCH_ROW',
      hint: 'Read firewall-filter to see the comments there are.',
    });
  }
  if (before !== undefined) return { before: { id: anchor.id } };
  const isOurs = ({ item }: ReadRow): boolean =>
    Object.entries(values).every(([name, value]) => String(item[name] ?? '') === String(value));
  const next = fixed.slice(fixed.indexOf(anchor) + 1).find((row) => !isOurs(row));
  return next ? { before: { id: next.id } } : {};
}

const ENDS = ['accept', 'drop', 'reject', 'return'];
/** What a rule has besides matchers: one that has nothing else fits every packet of its chain. */
const NO_MATCHERS = ['chain', 'action', 'rejectWith', 'log', 'logPrefix', 'comment', 'disabled', 'invalid', 'bytes', 'packets'];

const endsAll = ({ item }: ReadRow): boolean =>
  item['disabled'] !== true &&
  ENDS.includes(String(item['action'])) &&
  Object.entries(item).every(([name, value]) => NO_MATCHERS.includes(name) || value === undefined || value === '' || value === false);

/** @throws InputError a rule above it takes every packet, so that this one would never be asked */
function requireAsked({ rules = [] }: Rows, chain: unknown, before: unknown): void {
  const end = before === undefined ? rules.length : rules.findIndex(({ id }) => id === before);
  const above = rules.slice(0, end).filter(({ item }) => item['chain'] === chain);
  const wall = above.find(endsAll);
  if (!wall) return;
  throw new InputError(`Rule ${wall.id} above it takes every packet of the chain: this one would never be asked.`, {
    hint: `Put it in front of that rule: before-comment, or plan_change with before=id=${wall.id}.`,
  });
}
