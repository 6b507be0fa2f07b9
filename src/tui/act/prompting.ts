import type { Situation } from '../situation.ts';
import { topOf } from '../state/app.ts';
import type { Edit } from '../state/edit-line.ts';
import { type Motion, moveView, NEW_LIST, sortBy } from '../state/list.ts';
import { type ChoicePrompt, isDecision, type Purpose, type TextPrompt } from '../state/prompt.ts';
import { listOf } from '../state/reduce.ts';
import { type Act, background } from './act.ts';
import { submitColon } from './colon.ts';
import type { Here } from './commands.ts';
import { offersFor } from './completion.ts';
import { submitCallOff, submitResolve } from './controlling.ts';
import { submitApprove, submitReject } from './deciding.ts';
import { submitEdit } from './planning.ts';
import { submitEditMany } from './planning-many.ts';

/** Keys that change the line being typed. */
const EDITS: Readonly<Record<string, Edit>> = {
  left: { kind: 'left' },
  right: { kind: 'right' },
  home: { kind: 'home' },
  end: { kind: 'end' },
  'ctrl+a': { kind: 'home' },
  'ctrl+e': { kind: 'end' },
  backspace: { kind: 'backspace' },
  'ctrl+h': { kind: 'backspace' },
  // Many terminals send the delete code for the backspace key.
  delete: { kind: 'backspace' },
  'ctrl+d': { kind: 'delete' },
  'ctrl+w': { kind: 'erase-word' },
  'ctrl+u': { kind: 'erase-all' },
  space: { kind: 'insert', text: ' ' },
};

/** One key while a question is open. */
export function promptKey(here: Here, name: string): void {
  const { act } = here;
  const { prompt } = act.store.get();
  // Ctrl+C at the question whether to quit is a yes.
  if (name === 'ctrl+c' && prompt?.purpose.kind === 'quit') act.quit();
  else if (name === 'Esc' || name === 'ctrl+c') leave(act);
  else if (prompt?.form === 'choice') choose(act, prompt, name);
  else if (prompt?.form === 'text') textKey(here, prompt, name);
}

function textKey({ act, situation, height }: Here, prompt: TextPrompt, name: string): void {
  const edit = EDITS[name] ?? (name.includes('+') && name.length > 1 ? undefined : insertOf(name));
  if (name === 'Enter') submit(act, prompt, situation);
  else if (name === 'tab' || name === 'shift+tab') {
    act.store.dispatch({ type: 'offer', offers: offersFor(prompt, act.store.get(), act.catalog), back: name === 'shift+tab' });
  } else if (isDecision(prompt) && scrolls(name)) scroll(act, prompt, name, situation, height);
  // Erasing what is not there leaves a filter or a command, as in vi.
  else if (edit?.kind === 'backspace' && prompt.input.text === '' && ['command', 'filter'].includes(prompt.purpose.kind)) leave(act);
  else if (edit) typed(act, edit);
}

/** Keys that move in the page behind a question: nobody should approve what cannot be read to its end. */
const SCROLLS: Readonly<Record<string, Motion>> = { up: 'up', down: 'down', PgUp: 'page-up', PgDn: 'page-down' };
const scrolls = (name: string): boolean => name in SCROLLS;
const insertOf = (name: string): Edit | undefined => (scrolls(name) ? undefined : { kind: 'insert', text: name });

function scroll(act: Act, prompt: TextPrompt, name: string, { body }: Situation, height: number): void {
  const motion = SCROLLS[name];
  if (!motion || body.kind !== 'text') return;
  act.store.dispatch({ type: 'scroll', to: moveView({ ...NEW_LIST, offset: prompt.scroll }, motion, body.lines.length, height).offset });
}

/** Pasted text is typed text on one line; where nothing is asked it does nothing, so that a paste never presses keys. */
export function pasteText(act: Act, text: string): void {
  if (act.store.get().prompt?.form === 'text')
    typed(act, { kind: 'insert', text: text.replace(/[\r\n\t]+/g, ' ').replace(/\p{Cc}/gu, '') });
}

function typed(act: Act, edit: Edit): void {
  act.store.dispatch({ type: 'type', edit });
  const { prompt } = act.store.get();
  if (prompt?.form === 'text' && prompt.purpose.kind === 'filter') filterBy(act, prompt.input.text);
}

function filterBy(act: Act, filter: string): void {
  const list = listOf(topOf(act.store.get()));
  if (list.filter !== filter) act.store.dispatch({ type: 'list', list: { ...list, filter, offset: 0 } });
}

function leave(act: Act): void {
  const { prompt } = act.store.get();
  if (prompt?.purpose.kind === 'filter') filterBy(act, prompt.purpose.before);
  act.store.dispatch({ type: 'dismiss' });
}

function choose(act: Act, { options, index }: ChoicePrompt, name: string): void {
  if (name === 'Enter') {
    const option = options[index];
    act.store.dispatch({ type: 'dismiss' });
    if (option) act.store.dispatch({ type: 'list', list: sortBy(listOf(topOf(act.store.get())), option.id) });
    return;
  }
  const forward = ['right', 'down', 'j', 'l', 'tab', 'o', 'space'].includes(name);
  if (forward || ['left', 'up', 'k', 'h', 'shift+tab'].includes(name)) act.store.dispatch({ type: 'choose', by: forward ? 1 : -1 });
}

function submit(act: Act, prompt: TextPrompt, situation: Situation): void {
  if (!prompt.waiting) SUBMITS[prompt.purpose.kind](act, prompt, situation);
}

/** What Enter does, by why was asked. */
const SUBMITS: Readonly<Record<Purpose['kind'], (act: Act, prompt: TextPrompt, situation: Situation) => void>> = {
  filter: (act) => act.store.dispatch({ type: 'dismiss' }),
  command: (act, prompt, situation) => background(act, submitColon(act, prompt.input.text, situation)),
  edit: (act, prompt) => background(act, submitEdit(act, prompt)),
  approve: (act, prompt) => background(act, submitApprove(act, prompt)),
  'edit-many': (act, prompt) => background(act, submitEditMany(act, prompt)),
  'call-off': (act, prompt) => background(act, submitCallOff(act, prompt)),
  resolve: (act, prompt) => background(act, submitResolve(act, prompt)),
  reject: (act, prompt) => background(act, submitReject(act, prompt)),
  quit: (act, { input }) => {
    if (/^y(es)?$/i.test(input.text.trim())) act.quit();
    else act.store.dispatch({ type: 'complain', text: 'y and Enter quits, Esc stays.' });
  },
};
