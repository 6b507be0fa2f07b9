import { type DeviceView, recipes, views } from '../../lib/index.ts';
import { capabilityOf } from '../screens/device.ts';
import { viewPane } from '../screens/view-pane.ts';
import type { Situation } from '../situation.ts';
import { deviceOf, type Place } from '../state/app.ts';
import { type Act, openQuestion, say } from './act.ts';
import { askResolve, controlFromLine } from './controlling.ts';
import { assignments, readEdit, words } from './edit-text.ts';
import { planFrom, wipe } from './planning.ts';
import { askEditMany, PLAN_WORDS, planForMany, quoted } from './planning-many.ts';
import { quit } from './quitting.ts';

const SCREENS: Readonly<Record<string, Place>> = {
  fleet: { kind: 'fleet' },
  plans: { kind: 'plans' },
  history: { kind: 'history' },
  help: { kind: 'help' },
};

/** Commands besides the names of screens and capabilities. */
export const COLON_WORDS = [
  'router',
  'view',
  'plan',
  'set',
  'add',
  'remove',
  'move',
  'recipe',
  'run',
  'pause',
  'resume',
  'cancel',
  'resolve',
  'quit',
] as const;
export const SCREEN_WORDS = Object.keys(SCREENS);

const refuse = (act: Act, text: string): void => act.store.dispatch({ type: 'complain', text });

/** What was typed after `:`. A complaint keeps the prompt open, so that the text can be mended. */
export async function submitColon(act: Act, text: string, situation: Situation): Promise<void> {
  const parts = words(text.trim()) ?? [];
  const [name = '', ...rest] = parts;
  if (name === '') return act.store.dispatch({ type: 'dismiss' });
  const screen = Object.entries(SCREENS).find(([word]) => word === name);
  if (screen) return leave(act, () => act.store.dispatch({ type: 'go', place: screen[1] }));
  if (capabilityOf(act.catalog, name)) return openPane(act, name, rest[0], situation);
  switch (name) {
    case 'q':
    case 'quit':
      return leave(act, () => quit(act));
    case 'router':
    case 'device':
      return openDevice(act, rest[0] ?? '');
    case 'view':
      return openView(act, rest, situation);
    case 'plan':
      if (rest.length === 0 && situation.marked.length > 0) return askEditMany(act, situation.marked);
      return PLAN_WORDS.includes(rest[0] ?? '') ? planSomething(act, rest, situation) : openPlan(act, rest[0] ?? '');
    case 'pause':
    case 'resume':
    case 'cancel':
      return controlFromLine(act, name, situation);
    case 'resolve':
      return askResolve(act, rest, situation);
    case 'set':
    case 'add':
    case 'remove':
    case 'move':
    case 'recipe':
      return planSomething(act, parts, situation);
    case 'run':
      return runAction(act, rest, situation);
    default:
      return refuse(act, `There is no command ${name}. Tab lists them; ? explains.`);
  }
}

function leave(act: Act, then: () => void): void {
  act.store.dispatch({ type: 'dismiss' });
  then();
}

const named = (act: Act, name: string): DeviceView | undefined =>
  act.store.get().devices?.find((device) => device.name.toLowerCase() === name.toLowerCase());

/** The router that was named, else the one on the screen or selected. */
function deviceFor(act: Act, name: string | undefined, { deviceId }: Situation): DeviceView | undefined {
  const device = name === undefined ? deviceId && deviceOf(act.store.get(), deviceId) : named(act, name);
  if (device) return device;
  refuse(act, name === undefined ? 'Select a router first, or name one.' : `There is no router ${name}.`);
  return undefined;
}

function openDevice(act: Act, name: string): void {
  const device = named(act, name);
  if (!device) refuse(act, name === '' ? 'Which router? :router NAME' : `There is no router ${name}.`);
  else leave(act, () => act.store.dispatch({ type: 'go', place: { kind: 'device', deviceId: device.id }, pane: 'overview' }));
}

/** A view of the router that is named, else of the one on the screen; `field=value` is for the view. */
function openView(act: Act, [id = '', ...rest]: readonly string[], situation: Situation): void {
  const name = rest.find((part) => !part.includes('='));
  const given = rest.filter((part) => part.includes('='));
  if (views.some((view) => view.id === id)) openPane(act, viewPane(id, given.map(quoted).join(' ')), name, situation);
  else refuse(act, `Which view? ${views.map((view) => view.id).join(', ')}.`);
}

function openPane(act: Act, pane: string, name: string | undefined, situation: Situation): void {
  const device = deviceFor(act, name, situation);
  if (!device) return;
  leave(act, () => {
    if (situation.kind === 'device' && situation.deviceId === device.id) return act.store.dispatch({ type: 'pane', pane });
    act.store.dispatch({ type: 'go', place: { kind: 'device', deviceId: device.id }, pane });
  });
}

function openPlan(act: Act, start: string): void {
  const found = (act.store.get().plans ?? []).filter(({ plan }) => start !== '' && plan.id.startsWith(start));
  const [only] = found;
  if (found.length > 1) refuse(act, 'Several plans begin so: type more of the id.');
  else if (!only) refuse(act, 'There is no such plan here. :plans lists them.');
  else leave(act, () => act.store.dispatch({ type: 'push', place: { kind: 'plan', planId: only.plan.id }, pane: 'changes' }));
}

/** For all routers that are marked, where they are seen; else for the one on the screen or selected. */
function planSomething(act: Act, parts: readonly string[], situation: Situation): Promise<void> {
  const [verb = '', ...rest] = parts;
  if (situation.marked.length > 0) return planForMany(act, parts, situation.marked);
  return verb === 'recipe' ? planRecipe(act, rest, situation) : planCapability(act, verb, rest, situation);
}

async function planCapability(act: Act, verb: string, [id = '', ...rest]: readonly string[], situation: Situation): Promise<void> {
  if (act.readOnly !== undefined) return refuse(act, `Read-only: ${act.readOnly}`);
  const capability = capabilityOf(act.catalog, id);
  if (!capability) return refuse(act, `:${verb} CAPABILITY field=value ...; Tab lists the capabilities.`);
  const device = deviceFor(act, undefined, situation);
  if (!device) return;
  const row = situation.capability?.id === id && situation.row !== null ? { id: situation.row } : null;
  const read = readEdit(`${verb} ${rest.map(quoted).join(' ')}`, capability, row);
  if (!read.ok && read.wipe) wipe(act);
  if (!read.ok) return refuse(act, read.why);
  await planFrom(act, () => act.fleet.plan({ device: device.id, intents: [read.intent] }));
}

async function planRecipe(act: Act, [id = '', ...rest]: readonly string[], situation: Situation): Promise<void> {
  if (act.readOnly !== undefined) return refuse(act, `Read-only: ${act.readOnly}`);
  if (!recipes.some((recipe) => recipe.id === id)) return refuse(act, `Which recipe? ${recipes.map((recipe) => recipe.id).join(', ')}.`);
  const device = deviceFor(act, undefined, situation);
  if (!device) return;
  await planFrom(act, () => act.fleet.planRecipe({ device: device.id, recipe: id, input: assignments(rest).values }));
}

async function runAction(act: Act, [id = '', ...rest]: readonly string[], situation: Situation): Promise<void> {
  const action = act.catalog.actions.find((one) => one.id === id);
  if (!action) return refuse(act, `Which action? ${act.catalog.actions.map((one) => one.id).join(', ')}.`);
  const device = deviceFor(act, undefined, situation);
  if (!device) return;
  const stillAsked = openQuestion(act);
  act.store.dispatch({ type: 'wait' });
  try {
    const { items: answer, summary } = await act.fleet.run(
      { device: device.id, action: id, args: assignments(rest).values },
      { signal: act.signal },
    );
    if (stillAsked()) act.store.dispatch({ type: 'dismiss' });
    const record = summary ? { summary, rows: answer } : answer;
    if (summary || answer.length > 0)
      act.store.dispatch({ type: 'push', place: { kind: 'record', title: `${device.name} / ${action.title}`, record, raw: true } });
    say(act, 'good', `${action.title}: done on ${device.name}.`);
  } catch (thrown) {
    if (stillAsked()) act.store.dispatch({ type: 'dismiss' });
    throw thrown;
  }
}
