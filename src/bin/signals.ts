import { Interrupted } from './failure.ts';

export interface Signals {
  /** Aborts when the process is asked to end. */
  readonly signal: AbortSignal;
  /** Rejects then. */
  readonly interrupted: Promise<never>;
  finishFirst(sentence: string, act?: () => void): void;
  untilAsked(): Promise<void>;
  /** From here on signals are somebody else's business. */
  ignore(): void;
}

const ENDING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Ctrl-C and its kin, as promises. What was begun on a router is finished first where the command says so. */
export function listenForSignals(warn: (text: string) => void): Signals {
  const controller = new AbortController();
  const interrupted = Promise.withResolvers<never>();
  interrupted.promise.catch(() => {});
  let first: { readonly sentence: string; readonly act: () => void } | undefined;
  let asked: (() => void) | undefined;
  const end = (name: NodeJS.Signals): void => {
    if (asked) {
      asked();
      return;
    }
    if (first !== undefined) {
      const { sentence, act } = first;
      first = undefined;
      warn(sentence);
      act();
      return;
    }
    const reason = new Interrupted(name);
    controller.abort(reason);
    interrupted.reject(reason);
  };
  for (const name of ENDING) process.on(name, () => end(name));
  return {
    signal: controller.signal,
    interrupted: interrupted.promise,
    finishFirst: (sentence, act = () => undefined) => {
      first = { sentence, act };
    },
    untilAsked: () =>
      new Promise((resolve) => {
        asked = resolve;
      }),
    ignore: () => {
      asked = () => undefined;
    },
  };
}
