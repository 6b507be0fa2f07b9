import type { ItemView } from '../../lib/index.ts';
import { type Command, findBinding } from '../keys.ts';
import { capabilityOf, deviceTabs, OVERVIEW } from '../screens/device.ts';
import { rowId } from '../screens/items.ts';
import { PLAN_PANES } from '../screens/plan.ts';
import type { Situation } from '../situation.ts';
import { type AppState, deviceOf, planOf, readKey, topOf } from '../state/app.ts';
import { type ListState, type Motion, moveSelection, moveView } from '../state/list.ts';
import { ask } from '../state/prompt.ts';
import { listOf } from '../state/reduce.ts';
import { type Act, background, say } from './act.ts';
import { askCallOff, holdOrGoOn } from './controlling.ts';
import { askApprove, askReject } from './deciding.ts';
import { applyPlan, rollBack } from './planning.ts';
import { askEditMany } from './planning-many.ts';
import { quit } from './quitting.ts';
import { refresh } from './refresh.ts';

/** Where a command finds itself: what is on the screen, and how much of it is in view. */
export interface Here {
  readonly act: Act;
  readonly situation: Situation;
  /** Lines of the body in view. */
  readonly height: number;
}

type Does = (here: Here, key: string) => void;

/** What each command does; that it can was asked before. */
const DOES: Readonly<Record<Exclude<Command, Motion>, Does>> = {
  open: (here) => open(here),
  back: ({ act }) => back(act),
  'next-pane': (here) => turnPage(here, 1),
  'previous-pane': (here) => turnPage(here, -1),
  pane: (here, key) => goToPage(here, Number(key) - 1),
  filter: ({ act }) => {
    const { filter } = listOf(topOf(act.store.get()));
    act.store.dispatch({ type: 'ask', prompt: ask({ kind: 'filter', before: filter }, '/', filter) });
  },
  sort: (here) => askOrder(here),
  describe: (here) => showRecord(here, false),
  raw: (here) => showRecord(here, true),
  mark: (here) => mark(here),
  edit: (here) => askEdit(here),
  plans: ({ act, situation: { kind, deviceId } }) => {
    const of = kind === 'device' && deviceId !== undefined ? { deviceId } : {};
    act.store.dispatch({ type: 'push', place: { kind: 'plans', ...of } });
  },
  diff: (here) => showPlan(here, 'changes'),
  approve: ({ act, situation: { plan } }) => plan && askApprove(act, plan.plan.id),
  reject: ({ act, situation: { plan } }) => plan && askReject(act, plan.plan.id),
  apply: (here) => {
    showPlan(here, 'progress');
    const { plan } = here.situation;
    if (plan) background(here.act, applyPlan(here.act, plan.plan.id));
  },
  'roll-back': ({ act, situation: { plan } }) => plan && background(act, rollBack(act, plan.plan.id)),
  hold: ({ act, situation: { plan } }) => plan && background(act, holdOrGoOn(act, plan)),
  'call-off': ({ act, situation: { plan } }) => plan && askCallOff(act, plan.plan.id),
  command: ({ act }) => act.store.dispatch({ type: 'ask', prompt: ask({ kind: 'command' }, ':') }),
  help: ({ act, situation }) => situation.kind !== 'help' && act.store.dispatch({ type: 'push', place: { kind: 'help' } }),
  refresh: ({ act, situation }) => background(act, refresh(act, situation)),
  pause: ({ act }) => {
    const paused = !act.store.get().paused;
    act.store.dispatch({ type: 'pause', paused });
    say(act, 'info', paused ? 'Live updates are paused; new plans still show. P goes on.' : 'Live updates go on.');
  },
  repaint: ({ act }) => act.repaint(),
  quit: ({ act }) => quit(act),
};

/** One key while nothing is asked: does what it means here, or says why it does nothing. */
export function commandKey(here: Here, key: string): void {
  const found = findBinding(key, here.situation);
  if (found.kind === 'cannot') {
    here.act.store.dispatch({ type: 'notice', tone: 'warn', text: found.why });
    return;
  }
  here.act.store.dispatch({ type: 'hush' });
  const { command } = found.binding;
  if (isMotion(command)) move(here, command);
  else DOES[command](here, key);
}

function showPlan({ act, situation: { plan, kind } }: Here, pane: string): void {
  if (!plan) return;
  act.store.dispatch(kind === 'plan' ? { type: 'pane', pane } : { type: 'push', place: { kind: 'plan', planId: plan.plan.id }, pane });
}

const MOTIONS: readonly string[] = ['up', 'down', 'page-up', 'page-down', 'top', 'bottom'];
const isMotion = (command: Command): command is Motion => MOTIONS.includes(command);

function move({ act, situation, height }: Here, motion: Motion): void {
  const list = listOf(topOf(act.store.get()));
  const { body } = situation;
  const moved = body.kind === 'table' ? moveSelection(list, motion, body.ids, height) : moveView(list, motion, body.lines.length, height);
  if (moved !== list) act.store.dispatch({ type: 'list', list: moved });
}

function open(here: Here): void {
  const { act, situation } = here;
  const { kind, row, deviceId } = situation;
  const planId = kind === 'plans' ? row : kind === 'history' ? planOfRecord(act.store.get(), row) : null;
  if (kind === 'fleet' && deviceId !== undefined) act.store.dispatch({ type: 'push', place: { kind: 'device', deviceId }, pane: OVERVIEW });
  else if (planId !== null) act.store.dispatch({ type: 'push', place: { kind: 'plan', planId }, pane: 'changes' });
  else showRecord(here, false);
}

/** The plan a record of the history is about, as long as it is in sight. */
function planOfRecord(state: AppState, row: string | null): string | null {
  const plan = state.history?.find(({ id }) => id === row)?.plan ?? '';
  return planOf(state, plan) ? plan : null;
}

/** The next router is selected then: several in a row are marked with one key. */
function mark(here: Here): void {
  const { act, situation } = here;
  if (situation.row === null) return;
  act.store.dispatch({ type: 'mark', deviceId: situation.row });
  move(here, 'down');
}

/** Esc first takes the filter away, then the marks, then goes back. */
function back(act: Act): void {
  const state = act.store.get();
  const list = listOf(topOf(state));
  if (list.filter !== '') setList(act, { ...list, filter: '' });
  else if (topOf(state).place.kind === 'fleet' && state.marked.length > 0) act.store.dispatch({ type: 'mark', deviceId: null });
  else act.store.dispatch({ type: 'pop' });
}

const setList = (act: Act, list: ListState): void => act.store.dispatch({ type: 'list', list });

function pagesOf({ situation: { kind, level, deviceId }, act }: Here): readonly string[] {
  if (kind === 'plan') return PLAN_PANES;
  const state = act.store.get();
  return deviceTabs(act.catalog, level.pane, state, deviceOf(state, deviceId ?? '')).map(({ id }) => id);
}

function turnPage(here: Here, by: number): void {
  const pages = pagesOf(here);
  const { pane } = here.situation.level;
  const at = Math.max(0, pages.indexOf(pane));
  goToPage(here, (at + by + pages.length) % pages.length);
}

function goToPage(here: Here, index: number): void {
  const pane = pagesOf(here)[index];
  if (pane === undefined) say(here.act, 'plain', `There are ${pagesOf(here).length} pages here.`);
  else here.act.store.dispatch({ type: 'pane', pane });
}

function askOrder({ act, situation: { body } }: Here): void {
  if (body.kind !== 'table') return;
  const { sort } = listOf(topOf(act.store.get()));
  const options = body.sortable.map((name) => ({ id: name, word: name }));
  act.store.dispatch({
    type: 'ask',
    prompt: {
      form: 'choice',
      purpose: { kind: 'sort' },
      label: 'order by',
      options,
      index: Math.max(0, body.sortable.indexOf(sort ?? '')),
    },
  });
}

/** The row of a menu that is selected; null where a page has no rows. */
export function selectedItem(state: AppState, { deviceId, capability, row }: Situation): ItemView | null {
  if (deviceId === undefined || !capability) return null;
  const items = state.reads[readKey(deviceId, capability.id)]?.items ?? [];
  return row === null
    ? capability.shape === 'singleton'
      ? (items[0] ?? null)
      : null
    : (items.find((item, index) => rowId(item, index) === row) ?? null);
}

function askEdit({ act, situation }: Here): void {
  const { deviceId, capability, kind, marked } = situation;
  if (kind === 'fleet') askEditMany(act, marked);
  if (kind === 'fleet' || deviceId === undefined || !capability) return;
  const name = deviceOf(act.store.get(), deviceId)?.name ?? '';
  const row = selectedItem(act.store.get(), situation);
  const where = capability.shape === 'singleton' || situation.row === null ? capability.id : `${capability.id} ${situation.row}`;
  act.store.dispatch({ type: 'ask', prompt: ask({ kind: 'edit', deviceId, capability: capability.id, row }, `edit ${where} on ${name}:`) });
}

function showRecord({ act, situation }: Here, raw: boolean): void {
  const found = recordFor(act.store.get(), act, situation);
  if (!found) say(act, 'plain', 'There is nothing more to show here.');
  else act.store.dispatch({ type: 'push', place: { kind: 'record', raw, ...found } });
}

function recordFor(
  state: AppState,
  act: Act,
  situation: Situation,
): { readonly title: string; readonly record: object; readonly capability?: string } | undefined {
  const { plan, deviceId, capability, view, level, kind, row } = situation;
  if (plan) return { title: `Plans / ${plan.plan.id}`, record: plan };
  const device = deviceId === undefined ? undefined : deviceOf(state, deviceId);
  if (device && kind === 'device' && capability && capabilityOf(act.catalog, capability.id)) {
    const item = selectedItem(state, situation) ?? state.reads[readKey(device.id, capability.id)]?.items[0];
    return item && { title: `${device.name} / ${capability.title}`, record: item, capability: capability.id };
  }
  if (device && view) {
    const item = state.reads[readKey(device.id, level.pane)]?.items[0];
    return item && { title: `${device.name} / ${view.title}`, record: item };
  }
  if (device && (kind === 'fleet' || kind === 'device'))
    return { title: device.name, record: { ...device, sample: act.samples.of(device.id)?.last } };
  const record = kind === 'history' ? state.history?.find(({ id }) => id === row) : undefined;
  return record && { title: 'History', record };
}
