import { describe } from 'vitest';
import * as catalogEntries from '../../src/lib/capability/catalog/index.ts';
import { fieldExists } from '../../src/lib/capability/codec.ts';
import { type Capability, defineCapability } from '../../src/lib/capability/define.ts';
import { kebab } from '../../src/lib/capability/field.ts';
import {
  addressSequence,
  duration,
  flag,
  integer,
  mac,
  network,
  not,
  oneOf,
  prefix,
  text,
  textSet,
  word,
} from '../../src/lib/capability/kinds.ts';
import { catalogOf } from '../../src/lib/capability/lookup.ts';

/** Everything the catalog exports, whatever files it has today. */
export const catalog = catalogOf(catalogEntries);

/** A list with every sort of field, a key, and fields that go by `!field`. */
export const tunnels = defineCapability({
  id: 'test-tunnels',
  title: 'Tunnels',
  about: 'A list that is not in the catalog.',
  menu: '/test/tunnels',
  shape: 'list',
  topic: 'interface',
  key: ['name'],
  unset: 'bang',
  fields: {
    name: text({ about: 'Name.', required: true, column: 1 }),
    remote: network({ about: 'Far end.', column: 2 }),
    local: prefix({ about: 'Near end.' }),
    mtu: integer({ min: 68, max: 65_535, words: ['auto'] })({ about: 'Largest packet.' }),
    keepalive: duration('disabled')({ about: 'Time between keep-alives.' }),
    hardware: mac({ about: 'Hardware address.' }),
    mode: oneOf('ip', 'ethernet')({ about: 'What it carries.' }),
    allowed: textSet({ about: 'What may pass.' }),
    dns: addressSequence({ about: 'Servers, in order.' }),
    presharedKey: text({ about: 'Extra key.', secret: true }),
    disabled: flag({ about: 'Kept but not in force.' }),
    uptime: duration()({ about: 'Time since it came up.', readOnly: true, live: true }),
    comment: text({ about: 'Note.' }),
    renamed: text({ about: 'Renamed on the wire.', wire: [{ from: '7.17', name: 'new-name' }, { name: 'old-name' }] }),
  },
  risk: () => 'low',
});

/** An ordered menu without a key, without the `unset` command. */
export const rules = defineCapability({
  id: 'test-rules',
  title: 'Rules',
  about: 'An ordered menu that is not in the catalog.',
  menu: '/test/rules',
  shape: 'ordered',
  topic: 'routing',
  key: [],
  unset: 'bang',
  fields: {
    chain: oneOf('one', 'two')({ about: 'Chain.', required: true, column: 1 }),
    match: not.ports({ about: 'Ports.' }),
    state: not.setOf('new', 'old', 'odd')({ about: 'States.' }),
    comment: text({ about: 'Note.', column: 2 }),
    disabled: flag({ about: 'Kept but not asked.' }),
  },
  risk: () => 'low',
});

/** Rows that can be set only. */
export const services = defineCapability({
  id: 'test-services',
  title: 'Services',
  about: 'Fixed rows that are not in the catalog.',
  menu: '/test/services',
  shape: 'fixed',
  topic: 'ip',
  key: ['name'],
  unset: 'bang',
  fields: {
    name: text({ about: 'Name.', readOnly: true }),
    port: integer({ min: 1, max: 65_535 })({ about: 'Port.', required: true }),
    extra: not.ports({ about: 'More ports.' }),
    disabled: flag({ about: 'Off.' }),
  },
  risk: () => 'low',
});

/** A list in which nothing tells two rows apart. */
export const notes = defineCapability({
  id: 'test-notes',
  title: 'Notes',
  about: 'A list without a key that is not in the catalog.',
  menu: '/test/notes',
  shape: 'list',
  topic: 'system',
  key: [],
  fields: {
    topic: oneOf('one', 'two')({ about: 'Topic.', required: true, column: 1 }),
    options: textSet({ about: 'Options, of which a new row has two.', fallback: 'hostname,clientid' }),
    learn: flag({ about: 'A switch that a new row has on.', fallback: 'yes' }),
    age: duration()({ about: 'Age.' }),
    comment: text({ about: 'Note.' }),
    disabled: flag({ about: 'Off.' }),
  },
  risk: () => 'low',
});

/** An ordered menu whose rows have names. */
export const queues = defineCapability({
  id: 'test-queues',
  title: 'Queues',
  about: 'An ordered menu with a key that is not in the catalog.',
  menu: '/test/queues',
  shape: 'ordered',
  topic: 'interface',
  key: ['name'],
  unset: 'command',
  fields: {
    name: text({ about: 'Name.', required: true, column: 1 }),
    target: network({ about: 'What it slows down.', column: 2 }),
    limit: integer()({ about: 'Bits a second.' }),
    kind: word({ about: 'Kind, which is never empty.' }),
    disabled: flag({ about: 'Off.' }),
  },
  risk: () => 'low',
});

export const OWN: readonly Capability[] = [tunnels, rules, services, notes, queues];
export const everyCapability: readonly Capability[] = [...catalog.capabilities, ...OWN];
export const writableCapabilities = everyCapability.filter((one) => one.shape !== 'table');

const byId = new Map(everyCapability.map((one) => [one.id, one]));
export function capabilityOf(id: string): Capability {
  const found = byId.get(id);
  if (!found) throw new Error(`no capability ${id} in this test`);
  return found;
}

/** Menus that one plan touches together. */
export const PAIRS: readonly (readonly Capability[])[] = [
  [capabilityOf('dns'), capabilityOf('ntp-client')],
  [capabilityOf('firewall-address-list'), capabilityOf('firewall-filter')],
  [capabilityOf('interface'), capabilityOf('ip-address')],
  [tunnels, rules],
  [rules, services],
  [notes, queues],
];

export const VERSIONS = ['7.12.2', '7.16.2', '7.20.8', '7.22.2', '7.23.2', '7.24'] as const;

/** Names of the fields a caller may write on a router of this version; what a command sets is no business of a router in memory. */
export const writableNames = (capability: Capability, version: string): readonly string[] =>
  Object.entries(capability.fields)
    .filter(
      ([name, field]) =>
        !field.traits.readOnly && !field.traits.secret && kebab(name) !== capability.setBy?.field && fieldExists(field, version),
    )
    .map(([name]) => name);

/** `npm run test:long` asks for twenty times as many cases. */
export const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] !== undefined && process.env['ROUTEROS_MCP_TEST_LONG'] !== '';
/** Under mutation every test runs once for each mutant that it reaches: a tenth of the cases has to do. */
export const BRIEF = process.env['ROUTEROS_MCP_TEST_BRIEF'] === '1';
export const runs = (count: number): { readonly numRuns: number } => ({
  numRuns: LONG ? count * 20 : BRIEF ? Math.ceil(count / 10) : count,
});

/**
 * The same for laws of single menus. The kit's own samples have every kind and shape and get all cases; a catalog of well over a
 * hundred files shares what a dozen had, each file at least eight, so that the laws stay a matter of seconds.
 */
export function runsOf(subjects: readonly Capability[], count: number): { readonly numRuns: number } {
  if (LONG || subjects.some((one) => OWN.includes(one))) return runs(count);
  return runs(Math.max(8, Math.round((count * 12) / catalog.capabilities.length)));
}

/** One describe block for each capability. */
export const forEach = (capabilities: readonly Capability[], block: (capability: Capability) => void): void => {
  for (const capability of capabilities) describe(capability.id, () => block(capability));
};
