/** State outside of React, so that what runs beside the screen (watching, reading, applying) can ask and tell. */
export interface Store<State, Action> {
  get(): State;
  dispatch(action: Action): void;
  /** Listeners are told once for all actions of one turn of the event loop's microtasks: one frame, not one per action. */
  subscribe(listener: () => void): () => void;
}

export function createStore<State, Action>(reduce: (state: State, action: Action) => State, initial: State): Store<State, Action> {
  const listeners = new Set<() => void>();
  let state = initial;
  let told = true;
  const tell = (): void => {
    told = true;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => state,
    dispatch: (action) => {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      if (!told) return;
      told = false;
      queueMicrotask(tell);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
