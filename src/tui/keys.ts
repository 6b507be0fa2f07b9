import type { Situation } from './situation.ts';
import {
  first,
  frozen,
  needsKey,
  noPlan,
  noRow,
  noTable,
  notEditable,
  nothingToDescribe,
  notInState,
  notPausable,
  notUnderWay,
  working,
} from './why-not.ts';

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
  | 'mark'
  | 'edit'
  | 'plans'
  | 'diff'
  | 'approve'
  | 'reject'
  | 'apply'
  | 'roll-back'
  | 'hold'
  | 'call-off'
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

export const BINDINGS: readonly Binding[] = [
  { command: 'down', keys: ['j', 'down'], words: 'one line down', group: 'move' },
  { command: 'up', keys: ['k', 'up'], words: 'one line up', group: 'move' },
  { command: 'page-down', keys: ['PgDn', 'ctrl+f'], words: 'one page down', group: 'move' },
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
    words: 'clear the filter or the marks, else go back',
    hint: 'back',
    group: 'move',
    whyNot: ({ depth, filtered, marked }) =>
      depth > 1 || filtered || marked.length > 0 ? undefined : 'This is the first screen; q quits.',
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
  {
    command: 'mark',
    keys: ['space'],
    words: 'mark the router; e then plans for all marked ones',
    group: 'look',
    where: ['fleet'],
    whyNot: noRow,
  },
  { command: 'refresh', keys: ['R'], words: 'ask again now', group: 'look' },
  { command: 'pause', keys: ['P'], words: 'stop and go on with live updates', group: 'look' },

  {
    command: 'edit',
    keys: ['e'],
    words: 'edit: makes a plan, changes nothing yet',
    hint: 'edit',
    group: 'change',
    where: ['fleet', 'device'],
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
    whyNot: first(frozen, noPlan, working, notInState(['review'], 'only one in review can be approved.'), needsKey),
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
    whyNot: first(frozen, noPlan, working, notInState(['completed', 'partial'], 'only a completed one can be rolled back.')),
  },
  {
    command: 'hold',
    keys: ['H'],
    words: 'pause the rollout, or go on with it',
    hint: 'pause/go on',
    group: 'change',
    where: ['plans', 'plan'],
    whyNot: first(frozen, noPlan, notUnderWay, notPausable),
  },
  {
    command: 'call-off',
    keys: ['C'],
    words: 'call off the plan under way; it asks',
    hint: 'call off',
    group: 'change',
    where: ['plans', 'plan'],
    whyNot: first(frozen, noPlan, notUnderWay),
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
