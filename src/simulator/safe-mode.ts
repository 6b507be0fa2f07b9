import { log } from './effects/journal.ts';
import { refuse } from './errors.ts';
import type { RouterState } from './state/router.ts';
import { rowsOf } from './state/tables.ts';
import { unroll } from './undo.ts';

const MENU = '/safe-mode';

/** What the menu tells; versions before 7.18 have the mode and no menu. */
function show(router: RouterState): void {
  if (!router.schema.has(MENU)) return;
  const [row] = rowsOf(router, MENU);
  const held = router.changes.safeMode;
  if (!row) return;
  row['enabled'] = String(held !== undefined);
  for (const name of ['user', 'owner']) delete row[name];
  if (held) Object.assign(row, { user: held.user, owner: held.session });
}

function end(router: RouterState): void {
  for (const row of rowsOf(router, '/system/history')) row['floating-undo'] = 'false';
  router.changes.safeMode = undefined;
  show(router);
}

export const holdsSafeMode = (router: RouterState, session: string | undefined): boolean =>
  session !== undefined && router.changes.safeMode?.session === session;

/**
 * From here on changes of everybody depend on this session. When another one has it, `on-error` says what to do: leave things as they
 * are (`abort`), keep what was done there (`release`) or take it back (`unroll`). A request over REST is a session that ends with its
 * answer, so there it is over at once.
 */
export function takeSafeMode(router: RouterState, user: string, session: string | undefined, onError: string, now: number): void {
  const held = router.changes.safeMode;
  if (held && held.session !== session) {
    if (onError === 'unroll') unroll(router, now);
    // The words are unproven: on a terminal one is asked.
    else if (onError !== 'release') throw refuse(`failure: safe mode is held by ${held.user}`);
    end(router);
  }
  if (session === undefined) return;
  router.changes.safeMode = { user, session };
  show(router);
  log(router, now, 'system,info', `safe mode taken by ${user}`);
}

/** Keeps what was done. */
export function releaseSafeMode(router: RouterState, session: string | undefined): void {
  if (!holdsSafeMode(router, session)) throw refuse('failure: safe mode is not held by this session');
  end(router);
}

/** Takes back what was done; also what becomes of it when the session is lost (RouterOS docs: noticed after up to nine minutes; here at once). */
export function unrollSafeMode(router: RouterState, session: string | undefined, now: number): void {
  if (!holdsSafeMode(router, session)) throw refuse('failure: safe mode is not held by this session');
  const count = unroll(router, now);
  end(router);
  log(router, now, 'system,info', `safe mode unrolled, ${count} changes undone`);
}

/** The session has ended without a word. */
export function sessionLost(router: RouterState, session: string, now: number): void {
  if (holdsSafeMode(router, session)) unrollSafeMode(router, session, now);
}

/** The session was left with `/quit`: what was done stays. */
export function sessionQuit(router: RouterState, session: string): void {
  if (holdsSafeMode(router, session)) end(router);
}
