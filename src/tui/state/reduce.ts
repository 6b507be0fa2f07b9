import type { Tone } from '../parts/line.ts';
import type { AppState, Level, Place } from './app.ts';
import { levelOf, topOf } from './app.ts';
import { type DataAction, dataReducer, isDataAction } from './data.ts';
import { type ListState, NEW_LIST } from './list.ts';
import { type PromptAction, promptReducer } from './prompt.ts';

export type ScreenAction =
  | { readonly type: 'push'; readonly place: Place; readonly pane?: string }
  | { readonly type: 'pop' }
  /** Goes to a screen that is reached from everywhere: the stack starts anew below it. */
  | { readonly type: 'go'; readonly place: Place; readonly pane?: string }
  | { readonly type: 'pane'; readonly pane: string }
  /** The list of the pane on top. */
  | { readonly type: 'list'; readonly list: ListState }
  | { readonly type: 'notice'; readonly tone: Tone; readonly text: string }
  | { readonly type: 'hush' }
  /** Marks a router, or takes its mark away; null takes all marks away. */
  | { readonly type: 'mark'; readonly deviceId: string | null };

export type Action = ScreenAction | PromptAction | DataAction;

/** The one function through which the state of the terminal changes. */
export function reduce(state: AppState, action: Action): AppState {
  if (isDataAction(action)) return dataReducer(state, action);
  switch (action.type) {
    case 'push':
      return { ...state, stack: [...state.stack, levelOf(action.place, action.pane)] };
    case 'pop':
      return popped(state);
    case 'go':
      return { ...state, stack: action.place.kind === 'fleet' ? [state.stack[0]] : [state.stack[0], levelOf(action.place, action.pane)] };
    case 'pane':
      return onTop(state, (level) => ({ ...level, pane: action.pane }));
    case 'list':
      return onTop(state, (level) => ({ ...level, lists: { ...level.lists, [level.pane]: action.list } }));
    case 'notice':
      return { ...state, notice: { tone: action.tone, text: action.text } };
    case 'hush':
      return state.notice === null ? state : { ...state, notice: null };
    case 'mark':
      return { ...state, marked: toggled(state.marked, action.deviceId) };
    default: {
      const prompt = promptReducer(state.prompt, action);
      return prompt === state.prompt ? state : { ...state, prompt };
    }
  }
}

const toggled = (marked: readonly string[], id: string | null): readonly string[] =>
  id === null ? [] : marked.includes(id) ? marked.filter((one) => one !== id) : [...marked, id];

export const listOf = (level: Level): ListState => level.lists[level.pane] ?? NEW_LIST;

function popped(state: AppState): AppState {
  const [first, ...rest] = state.stack;
  return rest.length === 0 ? state : { ...state, stack: [first, ...rest.slice(0, -1)] };
}

function onTop(state: AppState, change: (level: Level) => Level): AppState {
  const [first, ...rest] = state.stack;
  const top = change(topOf(state));
  return { ...state, stack: rest.length === 0 ? [top] : [first, ...rest.slice(0, -1), top] };
}
