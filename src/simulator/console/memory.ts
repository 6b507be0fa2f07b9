import type { Account } from '../accounts.ts';
import type { Row } from '../state/row.ts';
import type { Cell, Step } from './machine.ts';

/** A script that goes on by itself. Without its row in `/system/script/job` it is over. */
export interface Job {
  readonly row: Row;
  readonly task: Step<unknown>;
  /** The moment its commands believe it to be. */
  readonly moment: { now: number };
  readonly account: Account;
  /** When it goes on. */
  wakeAt: number;
  /** How the log names it when it fails. */
  readonly title: string;
}

export interface ConsoleMemory {
  readonly globals: Map<string, Cell>;
  readonly jobs: Job[];
  /** Up to when everything that was due has happened. */
  tickedTo: number;
}

export const emptyMemory = (now: number): ConsoleMemory => ({ globals: new Map(), jobs: [], tickedTo: now });
