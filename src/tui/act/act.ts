import { asFleetError, type Catalog, type Clock, type Fleet } from '../../lib/index.ts';
import type { Operator } from '../../lib/operator.ts';
import type { Memory } from '../screens/view.ts';
import type { AppState, Trouble } from '../state/app.ts';
import type { Action } from '../state/reduce.ts';
import type { Samples } from '../state/samples.ts';
import type { Store } from '../state/store.ts';

/** What everything that does something needs: both doors, the state, and the few things of the terminal that are not state. */
export interface Act {
  readonly operator: Operator;
  readonly fleet: Fleet;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly store: Store<AppState, Action>;
  readonly samples: Samples;
  readonly memory: Memory;
  readonly attention: Attention;
  readonly turns: Turns;
  readonly title: string;
  /** Why nothing may be changed from here. */
  readonly readOnly: string | undefined;
  readonly pollEvery: number | undefined;
  /** Ends everything that waits when the screen goes. */
  readonly signal: AbortSignal;
  readonly bell: () => void;
  readonly repaint: () => void;
  readonly quit: () => void;
}

/** Which routers are on the screen: set by whoever paints, asked by whoever has news of one. */
export interface Attention {
  look(at: (deviceId: string) => boolean): void;
  sees(deviceId: string): boolean;
}

export function createAttention(): Attention {
  let looks = (_deviceId: string): boolean => true;
  return {
    look: (at) => {
      looks = at;
    },
    sees: (deviceId) => looks(deviceId),
  };
}

/** Tells answers that were overtaken by the answer to a newer question about the same thing. */
export interface Turns {
  ask(): number;
  isLate(about: string, turn: number): boolean;
}

export function createTurns(): Turns {
  const answered = new Map<string, number>();
  let asked = 0;
  return {
    ask: () => {
      asked += 1;
      return asked;
    },
    isLate: (about, turn) => {
      if ((answered.get(about) ?? 0) > turn) return true;
      answered.set(about, turn);
      return false;
    },
  };
}

/** An error as a screen shows it: what is wrong, and who does what next. */
export function troubleOf(thrown: unknown): Trouble {
  const { message, hint } = asFleetError(thrown);
  return { text: message, hint };
}

export const say = (act: Act, tone: 'plain' | 'good' | 'warn' | 'bad' | 'info', text: string): void =>
  act.store.dispatch({ type: 'notice', tone, text });

export function complain(act: Act, thrown: unknown): void {
  if (act.signal.aborted) return;
  const { text, hint } = troubleOf(thrown);
  say(act, 'bad', [text, hint].filter((part) => part !== '').join(' '));
}

/** Work nobody waits for: its failure is shown, never lost. */
export function background(act: Act, work: Promise<unknown>): void {
  work.catch((thrown: unknown) => complain(act, thrown));
}

/** Tells later whether the question that is open now still is: its purpose is the same object, whatever was typed since. */
export function openQuestion(act: Act): () => boolean {
  const asked = act.store.get().prompt?.purpose;
  return () => asked !== undefined && act.store.get().prompt?.purpose === asked;
}
