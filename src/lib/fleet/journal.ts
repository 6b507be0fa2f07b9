import type { LedgerEntry } from '../audit/seal.ts';
import type { Actor } from '../core/actor.ts';
import { StoreError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import type { JournalDraft } from '../plan/ports.ts';
import type { JournalRecord, Plan } from '../plan/types.ts';
import type { StoreWrite } from '../store/store.ts';
import type { Context } from './context.ts';
import { entry } from './record.ts';

interface Of {
  readonly context: Context;
  readonly actor: Actor;
  readonly device: Device;
  readonly plan: Plan;
  readonly runId: string;
  readonly requestId: string;
  /** The lease: a record is made by who holds it, or not at all. */
  readonly hold: StoreWrite;
}

/** What the ledger says at each stage: before the write, and when its result is known. The stages between are the journal's alone. */
const RESULTS: Partial<Record<JournalDraft['stage'], LedgerEntry['result']>> = {
  intent: 'started',
  ack: 'ok',
  err: 'failed',
  unknown: 'unknown',
};

/** The first write of each list is the lease: what it refuses is the word of somebody who has no right to it any more. */
export function leaseLost(thrown: unknown): never {
  if (!(thrown instanceof StoreError) || thrown.code !== 'STORE_CONFLICT' || thrown.details['write'] !== 0) throw thrown;
  throw new StoreError('The right to write to this router went to somebody else, so writing stopped.', {
    code: 'STORE_BUSY',
    hint: 'Look at the plan again: whoever has it takes it up.',
    cause: thrown,
  });
}

/** The journal of one run: each record durable together with the ledger entry that belongs to it. */
export function journalWrites({ context, actor, device, plan, runId, requestId, hold }: Of) {
  const complete = (draft: JournalDraft): JournalRecord => ({
    ...draft,
    runId,
    planId: plan.id,
    deviceId: device.id,
    at: context.store.now(),
  });

  const writes = (draft: JournalDraft): { readonly writes: readonly StoreWrite[]; readonly entries: readonly LedgerEntry[] } => {
    const result = RESULTS[draft.stage];
    const details = {
      phase: draft.phase,
      step: draft.step,
      verb: draft.call.verb,
      menu: draft.call.menu,
      ...(draft.rowId !== undefined && { row: draft.rowId }),
      ...(draft.error && { code: draft.error.code }),
    };
    return {
      writes: [hold, { kind: 'journal', record: complete(draft) }],
      entries: result === undefined ? [] : [entry(actor, 'router.write', result, { device, plan: plan.id, requestId, details })],
    };
  };

  return {
    writes,
    store: async (draft: JournalDraft): Promise<void> => {
      const { writes: list, entries } = writes(draft);
      await (entries.length === 0 ? context.store.commit(list) : context.ledger.commit(list, entries)).catch(leaseLost);
    },
    announce: (draft: JournalDraft, steps: number): void =>
      context.events.emit({ type: 'step', planId: plan.id, deviceId: device.id, record: complete(draft), steps }),
  };
}
