import { type ItemView, type LedgerRecord, oneLine, type ReadResult } from '../../lib/index.ts';
import { viewOfPane } from '../screens/view-pane.ts';
import { type AppState, deviceOf, type HistoryRow, planOf, readKey, topOf, waitingPlans } from '../state/app.ts';
import type { DataAction } from '../state/data.ts';
import { type Act, complain, troubleOf } from './act.ts';
import { assignments, words } from './edit-text.ts';

/** Rows read of one menu: more than a person scrolls through, few enough to draw at once. */
const MOST_ROWS = 2000;
const PAGE = 1000;
/** Plans kept in sight, newest first. */
const MOST_PLANS = 100;
const MOST_RECORDS = 200;

export async function loadDevices(act: Act): Promise<void> {
  const turn = act.turns.ask();
  const devices = await act.fleet.devices();
  if (!act.signal.aborted && !act.turns.isLate('devices', turn)) act.store.dispatch({ type: 'devices', devices });
}

/** Reads the plans again; one that another hand made rings once. */
export async function loadPlans(act: Act): Promise<void> {
  const turn = act.turns.ask();
  const plans = await act.fleet.plans({ limit: MOST_PLANS });
  if (act.signal.aborted || act.turns.isLate('plans', turn)) return;
  const before = act.store.get().plans;
  act.store.dispatch({ type: 'plans', plans });
  if (before === null) return;
  const known = new Set(before.map(({ plan }) => plan.id));
  const [first] = waitingPlans(act.store.get()).filter(({ plan }) => !known.has(plan.id) && plan.author.id !== act.fleet.actor.id);
  if (!first) return;
  act.bell();
  const text = `New plan by ${oneLine(first.plan.author.id, 60)}: ${oneLine(first.plan.summary, 120)}. p shows it.`;
  act.store.dispatch({ type: 'notice', tone: 'call', text });
}

/** The plan on the screen, and its journal. */
export async function loadPlan(act: Act, planId: string): Promise<void> {
  const turn = act.turns.ask();
  const [view, journal] = await Promise.all([act.fleet.showPlan(planId), act.fleet.journal(planId)]);
  if (act.signal.aborted) return;
  if (!act.turns.isLate('plans', turn)) act.store.dispatch({ type: 'plan', view });
  if (!act.turns.isLate(`journal ${planId}`, turn)) act.store.dispatch({ type: 'journal', planId, journal });
}

/** What is under way in any process; and what the routers of it have come to, unless its steps are told here as they happen. */
export async function loadJobs(act: Act): Promise<void> {
  const turn = act.turns.ask();
  const jobs = await act.fleet.jobs({ open: true });
  if (act.signal.aborted || act.turns.isLate('jobs', turn)) return;
  act.store.dispatch({ type: 'jobs', jobs });
  for (const { planId } of jobs) if (act.store.get().busy[planId] === undefined) await loadJournal(act, planId);
}

async function loadJournal(act: Act, planId: string): Promise<void> {
  const turn = act.turns.ask();
  const journal = await act.fleet.journal(planId);
  if (!act.signal.aborted && !act.turns.isLate(`journal ${planId}`, turn)) act.store.dispatch({ type: 'journal', planId, journal });
}

export async function loadHistory(act: Act): Promise<void> {
  const records = await act.fleet.history({ limit: MOST_RECORDS });
  if (!act.signal.aborted) act.store.dispatch({ type: 'history', rows: records.map((record) => historyRow(record, act.store.get())) });
}

function historyRow(record: LedgerRecord, state: AppState): HistoryRow {
  const { chain, seq, at, actor, operation, result, device, plan } = record;
  return {
    id: `${chain}/${seq}`,
    at,
    actor,
    operation,
    result,
    device: device === undefined ? '' : (deviceOf(state, device)?.name ?? device),
    plan: plan ?? '',
  };
}

/** Reads what a pane of a router shows into the state: a menu, or a view. An answer that comes late is dropped by the reducer. */
export async function loadRead(act: Act, deviceId: string, pane: string, signal: AbortSignal): Promise<void> {
  const key = readKey(deviceId, pane);
  const asked = (act.store.get().reads[key]?.asked ?? 0) + 1;
  act.store.dispatch({ type: 'read-asked', key, asked });
  try {
    const answer = viewOfPane(pane) ? await readView(act, deviceId, pane, signal) : await readMenu(act, deviceId, pane, signal);
    if (!signal.aborted) act.store.dispatch({ type: 'read', key, asked, ...answer });
  } catch (thrown) {
    if (!signal.aborted) act.store.dispatch({ type: 'read-failed', key, asked, trouble: troubleOf(thrown) });
  }
}

type Answer = Omit<Extract<DataAction, { type: 'read' }>, 'type' | 'key' | 'asked'>;

const over = (transport: ReadResult['transport']): Pick<Answer, 'overSsh'> => (transport === 'ssh' ? { overSsh: true } : {});

async function readMenu(act: Act, deviceId: string, capability: string, signal: AbortSignal): Promise<Answer> {
  const { items, last } = await readPages(act, deviceId, capability, signal);
  const { total, readAt, missing, transport } = last;
  return { items, total, readAt, ...(missing !== undefined && { missing }), ...over(transport) };
}

/** A view is one item, with the parts that the router lacks. */
async function readView(act: Act, device: string, pane: string, signal: AbortSignal): Promise<Answer> {
  const { view, given = '' } = viewOfPane(pane) ?? {};
  const input = assignments(words(given) ?? []).values;
  const { data, missing, readAt, transport } = await act.fleet.view({ device, view: view?.id ?? '', input }, { signal });
  return { items: [data], total: 1, readAt, lacks: missing, ...over(transport) };
}

async function readPages(
  act: Act,
  device: string,
  capability: string,
  signal: AbortSignal,
): Promise<{ readonly items: readonly ItemView[]; readonly last: ReadResult }> {
  let last = await act.fleet.read({ device, capability, limit: PAGE }, { signal });
  const items = [...last.items];
  while (last.nextCursor !== undefined && items.length < MOST_ROWS) {
    last = await act.fleet.read({ device, capability, limit: PAGE, cursor: last.nextCursor }, { signal });
    items.push(...last.items);
  }
  return { items, last };
}

/** Somebody committed something: reads again what is shown, one reading at a time. */
export function createRefresher(act: Act): () => void {
  let running = false;
  let again = false;
  const once = async (): Promise<void> => {
    await Promise.all([loadDevices(act), loadPlans(act), loadJobs(act)]);
    const { place } = topOf(act.store.get());
    if (place.kind === 'plan' && planOf(act.store.get(), place.planId)) await loadPlan(act, place.planId);
    if (place.kind === 'history') await loadHistory(act);
  };
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await once().catch((thrown: unknown) => complain(act, thrown));
    } while (again && !act.signal.aborted);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
