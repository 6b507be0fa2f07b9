import { acceptValues } from '../capability/accept.ts';
import { firewallFilter } from '../capability/catalog/firewall-filter.ts';
import { firewallMangle } from '../capability/catalog/firewall-mangle.ts';
import { firewallNat } from '../capability/catalog/firewall-nat.ts';
import { firewallRaw } from '../capability/catalog/firewall-raw.ts';
import { ipv6FirewallFilter } from '../capability/catalog/ipv6-firewall-filter.ts';
import { decodeRow, encodeItem, wireMap } from '../capability/codec.ts';
import type { Capability } from '../capability/define.ts';
import { oneOf, rowsOf, type WrittenRow, word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import type { Intent } from '../plan/intent.ts';
import { type Content, differing } from './chain/difference.ts';
import { type Rule, type Step, stepsBetween } from './chain/steps.ts';
import { requireMenu, requireWhole } from './checks.ts';
import { defineRecipe, type ReadRow } from './define.ts';

/** The tables whose rules can be written. */
const TABLES = {
  filter: firewallFilter,
  nat: firewallNat,
  mangle: firewallMangle,
  raw: firewallRaw,
  'ipv6-filter': ipv6FirewallFilter,
} as const;

type Table = keyof typeof TABLES;
const isTable = (name: unknown): name is Table => typeof name === 'string' && Object.hasOwn(TABLES, name);
const tableOf = (name: unknown): Table => (isTable(name) ? name : 'filter');

/** A rule as it is to be: its values, and what the router will say of it. */
interface Wanted {
  readonly values: Readonly<Record<string, unknown>>;
  readonly content: Content;
}

export const firewallChainSync = defineRecipe({
  id: 'firewall-chain-sync',
  title: 'Firewall chain sync',
  about: 'Makes the rules of one firewall chain exactly the given ones, in their order; the router’s own rules stay.',
  topic: 'firewall',
  reads: TABLES,
  needs: ({ table }) => [tableOf(table)],
  input: {
    table: oneOf('filter', 'nat', 'mangle', 'raw', 'ipv6-filter')({ about: 'Firewall table; filter by default.' }),
    chain: word({ about: 'Chain that becomes so: input, forward or another.', required: true }),
    rules: rowsOf({ about: 'All rules of the chain from the top, as JSON; the chain itself may be left out.', required: true }),
  },
  intents: ({ table, chain, rules }, rows, { version }) => {
    const capability: Capability = TABLES[tableOf(table)];
    const there = requireMenu(capability, rows[tableOf(table)]).filter(({ dynamic }) => !dynamic);
    const ours = there.filter(({ content }) => content['chain'] === chain);
    requireUnderstood(ours);
    const wanted = wantedRules(capability, version, String(chain), rules);
    const steps = stepsBetween(
      there.map(({ id }) => id),
      ours,
      wanted.map(({ content }) => content),
    );
    return steps.map((step) => intentOf(capability, version, ours, wanted, step));
  },
  summary: ({ table, chain }) => `Make the chain ${String(chain)} of ${tableOf(table)} exactly what is given`,
});

/** @throws InputError a rule says something that this program does not know: whether it is the wanted one cannot be told */
function requireUnderstood(rules: readonly ReadRow[]): void {
  const strange = rules.find(({ content, extra }) => Object.keys(extra).some((name) => !(name in content)));
  if (!strange) return;
  throw new InputError(`Rule ${strange.id} of the chain has fields that this program does not know.`, {
    hint: 'Take that rule away first, or change single rules.',
    details: { id: strange.id },
  });
}

function wantedRules(capability: Capability, version: string, chain: string, written: unknown): readonly Wanted[] {
  const rules: readonly WrittenRow[] = Array.isArray(written) ? written : [];
  if (rules.length === 0)
    throw new InputError('A chain without a rule lets everything through.', { hint: 'Remove the rules one by one if that is meant.' });
  return rules.map((rule, at) => wantedRule(capability, version, chain, rule, at + 1));
}

function wantedRule(capability: Capability, version: string, chain: string, rule: WrittenRow, number: number): Wanted {
  const values: Readonly<Record<string, unknown>> = { chain, ...acceptAt(capability, rule, number) };
  if (values['chain'] !== chain)
    throw new InputError(`Rule ${number} is of another chain.`, { hint: 'Leave chain out of the rules; sync one chain at a time.' });
  if (values['action'] === undefined) throw new InputError(`Rule ${number} has no action.`, { hint: 'For example "action": "accept"' });
  requireWhole(values);
  const { content } = decodeRow(capability, encodeItem(capability, values, version), version);
  return { values, content };
}

/** As `acceptValues`, and says which rule it was. */
function acceptAt(capability: Capability, rule: WrittenRow, number: number): Readonly<Record<string, unknown>> {
  try {
    return acceptValues(capability, rule);
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    const code = thrown.code === 'UNKNOWN_FIELD' || thrown.code === 'READ_ONLY' ? thrown.code : 'INVALID_INPUT';
    throw new InputError(`Rule ${number}: ${thrown.message}`, { code, hint: thrown.hint, details: thrown.details });
  }
}

function intentOf(capability: Capability, version: string, ours: readonly Rule[], wanted: readonly Wanted[], step: Step): Intent {
  const { id: capabilityId } = capability;
  if (step.verb === 'remove') return { verb: 'remove', capability: capabilityId, where: { id: step.id } };
  const place = 'before' in step && step.before !== null ? { before: { id: step.before } } : {};
  if (step.verb === 'move') return { verb: 'move', capability: capabilityId, where: { id: step.id }, ...place };
  const { values, content } = wanted[step.wanted] ?? { values: {}, content: {} };
  if (step.verb === 'add') return { verb: 'add', capability: capabilityId, values, ...place, again: true };
  const was = ours.find(({ id }) => id === step.id)?.content ?? {};
  const names = differing(was, content).map((wire) => ({ wire, name: wireMap(capability, version).get(wire)?.name ?? wire }));
  return {
    verb: 'set',
    capability: capabilityId,
    where: { id: step.id },
    values: Object.fromEntries(names.flatMap(({ wire, name }) => (wire in content ? [[name, values[name]]] : []))),
    unset: names.filter(({ wire }) => !(wire in content)).map(({ name }) => name),
  };
}
