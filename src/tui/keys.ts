import { isWritable } from '../lib/index.ts';
import type { Situation } from './situation.ts';

/** What a key can mean. */
export type Command =
  | 'help'
  | 'command'
  | 'filter'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'top'
  | 'bottom'
  | 'open'
  | 'back'
  | 'next-pane'
  | 'previous-pane'
  | 'pane'
  | 'describe'
  | 'raw'
  | 'edit'
  | 'plans'
  | 'diff'
  | 'approve'
  | 'reject'
  | 'apply'
  | 'roll-back'
  | 'refresh'
  | 'pause'
  | 'sort'
  | 'repaint'
  | 'quit';

export type Where = Situation['kind'];
export type Group = 'move' | 'look' | 'change' | 'program';

/** A key as data: the table below is the matcher, the hints at the foot of the screen, the reasons and the help page. */
export interface Binding {
  readonly command: Command;
  /** Names as `keyNames` makes them; the first is the one that is shown. */
  readonly keys: readonly string[];
  readonly words: string;
  /** In three words or fewer, for the foot of the screen; without it the key is not hinted at. */
  readonly hint?: string;
  readonly group: Group;
  /** Screens where it means something; everywhere when left out. */
  readonly where?: readonly Where[];
  /** Why it cannot work now, as a sentence; undefined when it can. */
  readonly whyNot?: (situation: Situation) => string | undefined;
}

const noTable = ({ body }: Situation): string | undefined => (body.kind === 'table' ? undefined : 'This page is not a list.');
const noRow = ({ body, row }: Situation): string | undefined => (body.kind === 'table' && row === null ? 'The list is empty.' : undefined);

const noPlan = ({ plan }: Situation): string | undefined => (plan ? undefined : 'No plan is selected.');
const frozen = ({ readOnly }: Situation): string | undefined => (readOnly === undefined ? undefined : `Read-only: ${readOnly}`);
const working = ({ busy }: Situation): string | undefined => (busy === undefined ? undefined : `${busy}: wait until that is done.`);

const first =
  (...reasons: readonly ((situation: Situation) => string | undefined)[]) =>
  (situation: Situation): string | undefined => {
    for (const reason of reasons) {
      const why = reason(situation);
      if (why !== undefined) return why;
    }
    return undefined;
  };

const notInState =
  (wanted: readonly string[], sentence: string) =>
  ({ plan }: Situation): string | undefined =>
    plan && !wanted.includes(plan.state) ? `This plan is ${plan.state}: ${sentence}` : undefined;

function notEditable({ kind, capability, view }: Situation): string | undefined {
  if (kind !== 'device') return 'Open a router first.';
  if (view) return 'A view is put together from several menus: edit the page of one of them.';
  if (!capability) return 'The overview cannot be edited: go to a page such as dns (tab, or :dns).';
  return isWritable(capability) ? undefined : `${capability.title} is read only: RouterOS sets it itself.`;
}

function nothingToDescribe({ kind, body, capability, view }: Situation): string | undefined {
  if (kind === 'device' && (capability || view) && body.kind === 'text') return 'All fields are on the page already; y shows them raw.';
  return kind === 'device' && !capability ? 'The overview has no rows.' : undefined;
}

export const BINDINGS: readonly Binding[] = [
  { command: 'down', keys: ['j', 'down'], words: 'one line down', group: 'move' },
  { command: 'up', keys: ['k', 'up'], words: 'one line up', group: 'move' },
  { command: 'page-down', keys: ['PgDn', 'ctrl+f', 'space'], words: 'one page down', group: 'move' },
  { command: 'page-up', keys: ['PgUp', 'ctrl+b'], words: 'one page up', group: 'move' },
  { command: 'top', keys: ['g', 'home'], words: 'to the top', group: 'move' },
  { command: 'bottom', keys: ['G', 'end'], words: 'to the bottom', group: 'move' },
  {
    command: 'open',
    keys: ['Enter'],
    words: 'open the selected row',
    hint: 'open',
    group: 'move',
    whyNot: first(({ body }) => (body.kind === 'text' ? 'Nothing to open here.' : undefined), noRow),
  },
  {
    command: 'back',
    keys: ['Esc', 'backspace'],
    words: 'clear the filter, else go back',
    hint: 'back',
    group: 'move',
    whyNot: ({ depth, filtered }) => (depth > 1 || filtered ? undefined : 'This is the first screen; q quits.'),
  },
  { command: 'next-pane', keys: ['tab', 'right'], words: 'next page', hint: 'next page', group: 'move', where: ['device', 'plan'] },
  { command: 'previous-pane', keys: ['shift+tab', 'left'], words: 'page before', group: 'move', where: ['device', 'plan'] },
  { command: 'pane', keys: ['1-9'], words: 'page by its number', group: 'move', where: ['device', 'plan'] },

  { command: 'filter', keys: ['/'], words: 'filter; /! keeps what does not match', hint: 'filter', group: 'look', whyNot: noTable },
  {
    command: 'sort',
    keys: ['o'],
    words: 'choose the order',
    hint: 'order',
    group: 'look',
    whyNot: first(noTable, ({ body }) =>
      body.kind === 'table' && body.sortable.length === 0 ? 'This list has one order only.' : undefined,
    ),
  },
  {
    command: 'describe',
    keys: ['d'],
    words: 'all fields of the selected row',
    hint: 'details',
    group: 'look',
    where: ['fleet', 'device'],
    whyNot: first(nothingToDescribe, noRow),
  },
  { command: 'raw', keys: ['y'], words: 'the same as raw JSON', group: 'look', where: ['fleet', 'device', 'plans', 'plan'], whyNot: noRow },
  { command: 'refresh', keys: ['R'], words: 'ask again now', group: 'look' },
  { command: 'pause', keys: ['P'], words: 'stop and go on with live updates', group: 'look' },

  {
    command: 'edit',
    keys: ['e'],
    words: 'edit: makes a plan, changes nothing yet',
    hint: 'edit',
    group: 'change',
    where: ['device'],
    whyNot: first(frozen, notEditable),
  },
  {
    command: 'plans',
    keys: ['p'],
    words: 'plans, of this router or of all',
    hint: 'plans',
    group: 'change',
    where: ['fleet', 'device', 'plan', 'history', 'help', 'record'],
  },
  { command: 'diff', keys: ['D'], words: 'what the plan changes', group: 'change', where: ['plans', 'plan'], whyNot: noPlan },
  {
    command: 'approve',
    keys: ['a'],
    words: 'approve the plan',
    hint: 'approve',
    group: 'change',
    where: ['plans', 'plan'],
    whyNot: first(frozen, noPlan, working, notInState(['review'], 'only one in review can be approved.')),
  },
  {
    command: 'reject',
    keys: ['x'],
    words: 'reject the plan, with a reason',
    hint: 'reject',
    group: 'change',
    where: ['plans', 'plan'],
    whyNot: first(frozen, noPlan, working, notInState(['review', 'approved'], 'only one in review or approved can be rejected.')),
  },
  {
    command: 'apply',
    keys: ['A'],
    words: 'apply the approved plan',
    hint: 'apply',
    group: 'change',
    where: ['plans', 'plan'],
    whyNot: first(
      frozen,
      noPlan,
      working,
      ({ plan }) => (plan?.state === 'review' ? 'This plan waits for a person: a approves it.' : undefined),
      notInState(['approved'], 'only an approved one can be applied.'),
    ),
  },
  {
    command: 'roll-back',
    keys: ['z'],
    words: 'roll back: makes a plan that undoes it',
    hint: 'roll back',
    group: 'change',
    where: ['plans', 'plan'],
    whyNot: first(frozen, noPlan, working, notInState(['completed'], 'only a completed one can be rolled back.')),
  },

  { command: 'command', keys: [':'], words: 'command, with completion', hint: 'command', group: 'program' },
  { command: 'help', keys: ['?'], words: 'this page', hint: 'help', group: 'program' },
  { command: 'repaint', keys: ['ctrl+l'], words: 'draw the screen again', group: 'program' },
  { command: 'quit', keys: ['q', 'ctrl+c'], words: 'quit', hint: 'quit', group: 'program' },
];

export type Found = { readonly kind: 'does'; readonly binding: Binding } | { readonly kind: 'cannot'; readonly why: string };

/** What a pressed key does here, or why it does nothing. */
export function findBinding(name: string, situation: Situation): Found {
  const binding = BINDINGS.find(({ keys }) => keys.includes(/^[1-9]$/.test(name) ? '1-9' : name));
  if (!binding) return { kind: 'cannot', why: `${name} does nothing here. ? lists the keys.` };
  const why = whyNot(binding, situation);
  return why === undefined ? { kind: 'does', binding } : { kind: 'cannot', why };
}

const SCREENS: Readonly<Record<Where, string>> = {
  fleet: 'in the fleet',
  device: 'on a router',
  plans: 'in the list of plans',
  plan: 'on a plan',
  history: 'in the history',
  help: 'in the help',
  record: 'in details',
};

export function whyNot(binding: Binding, situation: Situation): string | undefined {
  if (binding.where && !binding.where.includes(situation.kind)) {
    return `${binding.keys[0]} (${binding.hint ?? binding.words}) works ${binding.where.map((where) => SCREENS[where]).join(' and ')}.`;
  }
  return binding.whyNot?.(situation);
}

/** The keys worth a word at the foot of this screen, changes first: they are why one is here. */
export function hintsFor(situation: Situation): readonly Binding[] {
  const useful = BINDINGS.filter((binding) => binding.hint !== undefined && whyNot(binding, situation) === undefined);
  const rank = ({ group }: Binding): number => ['move', 'change', 'look', 'program'].indexOf(group);
  return [...useful].sort((a, b) => rank(a) - rank(b));
}
