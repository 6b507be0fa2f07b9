import type { Call } from '../../src/lib/client/types.ts';
import type { StoreWrite } from '../../src/lib/store/store.ts';
import { isWriteCall } from './calls.ts';

/** Everything that happened in a run, in one order: what the oracle judges by, and what a replay prints. */
export type Happening =
  /** A request left a controller; `request` is its number. */
  | {
      readonly kind: 'sent';
      readonly request: number;
      readonly router: string;
      readonly controller: string;
      /** Which connection object carried it: a new one is a new number. */
      readonly connection: number;
      readonly call: Call;
    }
  /** The router carried it out, with this status. */
  | { readonly kind: 'executed'; readonly request: number; readonly status: number }
  /** What the controller heard of it. */
  | { readonly kind: 'heard'; readonly request: number; readonly fate: string }
  | {
      readonly kind: 'commit';
      readonly controller: string;
      readonly writes: readonly StoreWrite[];
      /** `doubtful`: stored, though the store said it was not. */
      readonly fate: 'stored' | 'refused' | 'failed' | 'doubtful';
    }
  | { readonly kind: 'fault'; readonly what: string }
  | { readonly kind: 'dead'; readonly controller: string }
  | { readonly kind: 'note'; readonly text: string };

export type Event = Happening & { readonly seq: number; readonly at: number };

export interface Trace {
  readonly events: readonly Event[];
  add(happening: Happening): Event;
}

export function openTrace(elapsed: () => number): Trace {
  const events: Event[] = [];
  return {
    events,
    add: (happening) => {
      const event = { ...happening, seq: events.length, at: elapsed() };
      events.push(event);
      return event;
    },
  };
}

/** The script of a guard is long, and seldom what one looks for. */
const WIDEST = 200;

function callText(call: Call): string {
  const { verb, menu, ...rest } = call;
  const text = isWriteCall(call) ? JSON.stringify(rest) : '';
  return `${verb} ${menu} ${text.length > WIDEST ? `${text.slice(0, WIDEST)}… (${text.length} characters)` : text}`;
}

function writeText(write: StoreWrite): string {
  switch (write.kind) {
    case 'journal':
      return `journal ${write.record.phase} ${write.record.step} ${write.record.stage}`;
    case 'target-move':
      return `${write.planId.slice(-5)} ${write.from}->${write.to}`;
    case 'ledger':
      return `ledger ${write.record.operation}=${write.record.result}`;
    default:
      return write.kind;
  }
}

function eventText(event: Event): string {
  switch (event.kind) {
    case 'sent':
      return `${event.controller} > ${event.router} #${event.request} (c${event.connection}) ${callText(event.call)}`;
    case 'executed':
      return `  #${event.request} carried out: ${event.status}`;
    case 'heard':
      return `  #${event.request} heard: ${event.fate}`;
    case 'commit':
      return `${event.controller} commit ${event.fate}: ${event.writes.map(writeText).join(', ')}`;
    case 'fault':
      return `*** ${event.what}`;
    case 'dead':
      return `*** ${event.controller} died`;
    case 'note':
      return `--- ${event.text}`;
  }
}

/** The whole run, a line for each event: for a person who replays a seed. */
export const traceText = ({ events }: Trace): string =>
  events.map((event) => `${String(event.seq).padStart(5)} ${String(event.at).padStart(9)} ${eventText(event)}`).join('\n');
