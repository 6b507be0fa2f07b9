import { type Catalog, kebab, views, writableFields } from '../../lib/index.ts';
import { BINDINGS, type Group } from '../keys.ts';
import { EMPTY, type Line, labelled, line, sentence, span } from '../parts/line.ts';
import { deviceTabs } from './device.ts';
import type { Scene, ScreenView } from './view.ts';

const GROUPS: readonly (readonly [Group, string])[] = [
  ['move', 'Moving'],
  ['look', 'Looking'],
  ['change', 'Changing: every change is a plan first'],
  ['program', 'Program'],
];

const COMMANDS: readonly (readonly [string, string])[] = [
  [':fleet  :plans  :history  :help  :quit', 'the screens'],
  [':router NAME', 'open a router'],
  [':dns, :interface, ...', 'a page of the selected router; every capability has one'],
  [':view NAME [ROUTER] field=value ...', 'several menus of a router, put together'],
  [':plan ID', 'open a plan'],
  [':set | :add | :remove | :move CAPABILITY field=value ...', 'make a plan, from anywhere'],
  [':recipe NAME field=value ...', 'make a plan from a recipe'],
  [':plan', 'as e in the fleet: one plan for all marked routers'],
  [':pause  :resume  :cancel', 'a plan under way: start no more routers, go on, call it off'],
  [':resolve pre | post | accept [ROUTER]', 'close a stuck plan: as before, as planned, or as it is'],
  [':run ACTION', 'a harmless command, such as dns-flush'],
];

/** Keys, commands, and the first five minutes. Written from the table of keys and the catalog. */
export function helpView(scene: Scene): ScreenView {
  return {
    crumbs: ['Help'],
    note: [span('j k scroll, Esc leaves', 'dim')],
    intro: [],
    faded: false,
    body: { kind: 'text', lines: helpLines(scene) },
  };
}

function helpLines(scene: Scene): readonly Line[] {
  const { columns, catalog } = scene;
  const title = (text: string): Line => line(` ${text}`, 'title');
  return [
    title('First steps'),
    ...firstSteps(catalog).flatMap((text, index) => sentence(text, columns, { indent: 3, sign: `${index + 1}.` })),
    EMPTY,
    ...GROUPS.flatMap(([group, words]) => [title(words), ...keyLines(group), EMPTY]),
    title('Commands (: then Tab completes)'),
    ...COMMANDS.flatMap(([usage, words]) => commandLines(usage, words, columns)),
    EMPTY,
    title('Editing (e)'),
    ...editLines(columns),
    EMPTY,
    title('Views (:view and the name)'),
    ...views.flatMap(({ id, about }) => labelled(id, about, columns, { indent: 3, label: 20 })),
    EMPTY,
    title('Pages of a router: these are its tabs, as far as it has them'),
    ...labelled('', namesOf(deviceTabs(catalog)).join(', '), columns, { indent: 2, label: 0 }),
    EMPTY,
    title('and these open by their name (: and Tab)'),
    ...otherPages(catalog).flatMap(([topic, names]) => labelled(topic, names.join(', '), columns, { indent: 3, label: 12 })),
  ];
}

const namesOf = (pages: readonly { readonly id: string }[]): readonly string[] => pages.map(({ id }) => id);

/** Pages that are no tabs, by what they are about. */
function otherPages(catalog: Catalog): readonly (readonly [topic: string, names: readonly string[]])[] {
  const tabs = namesOf(deviceTabs(catalog));
  const others = catalog.capabilities.filter(({ id }) => !tabs.includes(id));
  const topics = [...new Set(others.map(({ topic }) => topic))].sort();
  return topics.map((topic) => [topic, namesOf(others.filter((one) => one.topic === topic))] as const);
}

function firstSteps(catalog: Catalog): readonly string[] {
  const dns = catalog.capabilities.find(({ id }) => id === 'dns');
  const page = dns ? dns.id : 'interface';
  return [
    'Select a router with j and k, open it with Enter.',
    `Tab goes from page to page, or type :${page} and Enter.`,
    `Press e and type ${dns && writableFields(dns).includes('servers') ? 'servers=9.9.9.9' : 'a change'}, then Enter: that makes a plan.`,
    'Read what it changes. Press a to approve it, then A to apply it.',
    'Watch it land step by step; z makes the plan that undoes it.',
  ];
}

const keyLines = (group: Group): readonly Line[] =>
  BINDINGS.filter((binding) => binding.group === group).map(
    ({ keys, words }): Line => [span('   '), span(keys.join('  ').padEnd(22), 'key'), span(` ${words}`)],
  );

function commandLines(usage: string, words: string, columns: number): readonly Line[] {
  const wide = columns >= 110;
  return wide
    ? [[span('   '), span(usage.padEnd(58), 'key'), span(` ${words}`)]]
    : [[span('   '), span(usage, 'key')], line(`       ${words}`)];
}

const editLines = (columns: number): readonly Line[] =>
  [
    'field=value ... changes the selected row, or the page where it has no rows; !field takes a field away.',
    'add field=value ... makes a row; before=ID or before=here places it where order matters.',
    'In the fleet the same for all marked routers: dns servers=9.9.9.9, or set interface where:name=ether1 comment=uplink.',
    'remove takes the selected row away; move before=ID or move end gives it another place.',
    `Values with blanks go in quotes: comment="uplink to core". Field names are those of the table (${kebab('allowRemoteRequests')}).`,
  ].flatMap((text) => sentence(text, columns, { indent: 3 }));
