import type { FleetEvent } from './types.ts';

/** One union of events: progress, live screens and, later, metrics are all listeners. */
export interface Events {
  emit(event: FleetEvent): void;
  listen(listener: (event: FleetEvent) => void): () => void;
}

export function openEvents(): Events {
  const listeners = new Set<(event: FleetEvent) => void>();
  return {
    emit: (event) => {
      for (const listener of [...listeners]) listener(event);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
