import type { RunOptions } from '../lib/index.ts';
import type { Io } from './io.ts';

export interface Progress {
  readonly step: NonNullable<RunOptions['progress']>;
  readonly end: () => void;
}

const WIDTH = 20;
const SECOND = 1_000;

/** Shows on a terminal that work goes on, how far it is and for how long; elsewhere nothing. */
export function openProgress({ step }: Io, what: string): Progress {
  if (!step) return { step: () => undefined, end: () => undefined };
  const began = performance.now();
  let far = '';
  const show = (): void => step(`${what}${far}, ${Math.round((performance.now() - began) / SECOND)} s`);
  const timer = setInterval(show, SECOND);
  show();
  return {
    step: ({ done, total, items }) => {
      const full = Math.round((done / Math.max(1, total)) * WIDTH);
      far = ` [${'#'.repeat(full).padEnd(WIDTH, '-')}] ${done} of ${total}, ${items.length} ${items.length === 1 ? 'row' : 'rows'}`;
      show();
    },
    end: () => {
      clearInterval(timer);
      step('');
    },
  };
}
