import type { Row, WriteCall } from '../../client/types.ts';
import { asFleetError, type FleetError, RouterError, StoreError } from '../../core/errors.ts';
import { resolveId } from '../classify.ts';
import type { GuardSend, JournalDraft } from '../ports.ts';
import type { Change } from '../types.ts';
import { keyOf, noteOf, type Run } from './run.ts';
import { requireDone } from './turn.ts';

type What = Pick<JournalDraft, 'phase' | 'step' | 'call'> & { readonly note?: NonNullable<JournalDraft['note']> };

/**
 * One write of the plan or of its undo: journaled before it goes out and after the answer. Without an answer the run is `unsure` until
 * it has read back.
 * @throws RouterError when the router refused, so that nothing changed
 */
export async function send(run: Run, what: What, change: Change): Promise<void> {
  const call = resolveCall(run, what.call);
  const { unsure } = run;
  try {
    const { id } = await journaled(run, { ...what, call }, () => {
      run.unsure = true;
    });
    run.unsure = unsure;
    if (call.verb === 'add' && id !== undefined) run.ids.set(keyOf(change), id);
  } catch (thrown) {
    const error = asFleetError(thrown);
    if (isRefused(call, error)) run.unsure = unsure;
    if (isRefused(call, error) || error instanceof StoreError || !run.unsure) throw error;
  }
}

/** INTENT, SENT, and ACK, ERR or UNKNOWN around one request. What it throws after the request says whether an answer was had. */
async function journaled(run: Run, what: What, onSent: () => void): Promise<{ readonly id?: string; readonly rows: readonly Row[] }> {
  const { ports } = run;
  const { note: _note, ...bare } = what;
  const record = { ...bare, ...changeOf(what) };
  await intend(run, what);
  await ports.holdsLease();
  await ports.journal({ ...record, stage: 'sent' });
  onSent();
  let answer: Awaited<ReturnType<typeof ports.writer.write>>;
  try {
    answer = await ports.writer.write(what.call);
    if (what.call.verb === 'command') requireDone(answer.rows ?? []);
  } catch (thrown) {
    const error = asFleetError(thrown);
    if (error instanceof StoreError) throw error;
    const stage = isRefused(what.call, error) ? 'err' : 'unknown';
    await ports.journal({ ...record, stage, error: { code: error.code, ...routerText(error) } });
    throw error;
  }
  const { id, rows = [] } = answer;
  await ports.journal({ ...record, stage: 'ack', ...(id !== undefined && { rowId: id }) });
  return { ...(id !== undefined && { id }), rows };
}

/** The first intent of a run uses up the approval, and carries what a process that takes over must know. */
async function intend(run: Run, what: What): Promise<void> {
  if (run.begun) return run.ports.journal({ ...what, stage: 'intent' });
  await run.ports.begin({ ...what, stage: 'intent', note: { ...what.note, ...noteOf(run) } });
  run.begun = true;
}

/** Which change a request belongs to travels with each of its records; the long note only with the first. */
const changeOf = ({ note }: What): { readonly note?: Readonly<Record<string, unknown>> } =>
  typeof note?.['change'] === 'number' ? { note: { change: note['change'] } } : {};

/**
 * Did the router say no, so that nothing changed? That a row to be removed is gone is no such answer: a proxy may send a DELETE twice,
 * and then the second answer is the one that comes back.
 */
export const isRefused = ({ verb }: WriteCall, error: FleetError): boolean =>
  error instanceof RouterError && error.code !== 'ROUTER_FAULT' && !(verb === 'remove' && error.code === 'NO_SUCH_ITEM');

/** A request of a process that died before it could say what became of it: nobody knows, and that is written down before anything else. */
export async function closeOpenRequests({ ports }: Run, journal: readonly JournalDraft[]): Promise<void> {
  const key = ({ phase, step }: JournalDraft): string => `${phase} ${step}`;
  const answered = new Set(journal.filter(({ stage }) => ANSWERS.has(stage)).map(key));
  for (const { phase, step, call, stage, note } of journal) {
    if (stage !== 'sent' || answered.has(`${phase} ${step}`)) continue;
    const change = note?.['change'];
    await ports.journal({ phase, step, call, stage: 'unknown', ...(typeof change === 'number' && { note: { change } }) });
  }
}

const ANSWERS: ReadonlySet<string> = new Set(['ack', 'err', 'unknown']);

/** The guard's own writes, in the same journal and ledger. What was not answered is thrown: the guard reads back by itself. */
export const guardSend =
  (run: Run): GuardSend =>
  (call) => {
    const step = run.guarded;
    run.guarded += 1;
    return journaled(run, { phase: 'guard', step, call }, () => {
      run.armed = true;
    });
  };

const routerText = (error: FleetError): { readonly routerText?: string } => {
  const words = error.details['routerText'];
  return typeof words === 'string' ? { routerText: words } : {};
};

/** References to rows of this plan, and to rows that came back under another id, as the router knows them now. */
function resolveCall(run: Run, call: WriteCall): WriteCall {
  const real = (id: string): string => resolveId(run.ids, call.menu, id);
  switch (call.verb) {
    case 'add':
      return call.placeBefore === undefined ? call : { ...call, placeBefore: real(call.placeBefore) };
    case 'move':
      return { ...call, id: real(call.id), ...(call.before !== undefined && { before: real(call.before) }) };
    case 'set':
      return call.id === undefined ? call : { ...call, id: real(call.id) };
    case 'command':
      return call;
    default:
      return { ...call, id: real(call.id) };
  }
}
