import { readDuration } from '../../capability/duration.ts';
import { readCallOf } from '../../capability/read-call.ts';
import type { Link, Row } from '../../client/types.ts';
import { canonical } from '../../core/canonical.ts';
import { cleanText, oneLine } from '../../core/clean.ts';
import { FleetError, RouterError, StaleError, StoreError, UnreachableError } from '../../core/errors.ts';
import { withoutSecrets } from '../../core/scrub.ts';
import { classify, type Seen } from '../classify.ts';
import { type Menu, menuOf } from '../menu.ts';
import { commandOf } from '../one-way.ts';
import { overFresh } from '../settle.ts';
import type { Change } from '../types.ts';
import type { Run } from './run.ts';

/** A command that restarts the router and has no way back: asked for before it is sent, and waited for after. */

/** Between two looks (ms) at a router that is on its way. */
const LOOK_EVERY = 3_000;
/** The least patience (ms) of whoever takes over from a process that died long ago. */
const LEAST = 60_000;

/** Long commands answer one row a step with status 200, and a failure is the last of them: `status: "ERROR: ..."`. */
const failureIn = (row: Row | undefined): string | undefined => {
  const words = row?.['status'] ?? '';
  return /^\s*error\b/i.test(words) ? oneLine(withoutSecrets(cleanText(words.slice(0, 2_400))), 300) : undefined;
};

/** @throws RouterError the answer of a command is a refusal: nothing changed */
export function requireDone(rows: readonly Row[]): void {
  const words = failureIn(rows.at(-1));
  if (words !== undefined)
    throw new RouterError('The router refused, and said why.', {
      hint: 'Its own words are in the details.',
      details: { routerText: words },
    });
}

/**
 * What the command would make of the field is asked once more, just before: it takes no arguments.
 * @throws StaleError it is not what was planned; RouterError the router cannot say
 */
export async function requireOffered(run: Run, change: Change): Promise<void> {
  const command = commandOf(run.ports.capability(change.capability), change);
  if (!command) return;
  const { menu, offer, field } = command;
  const rows = await overFresh(run.ports, (link) => link.run({ verb: 'run', menu, command: offer.command, args: {} }));
  requireDone(rows);
  if (rows.at(-1)?.[offer.field] !== change.after?.[field])
    throw new StaleError('What the router would install now is not what was planned.', { hint: 'Make the plan again.' });
}

interface Look {
  readonly seen: Seen;
  readonly menu: Menu;
  /** It has started since the command was sent. */
  readonly restarted: boolean;
  /** For as long as it has not: what kept it from it, in its own words. */
  readonly failure: string | undefined;
}

/**
 * Waits until the router is back from its restart, and reads where it stands: not before two looks agree.
 * @throws RouterError it stands where it stood, or elsewhere; UnreachableError it was not back in time, or never went: nobody knows yet
 */
export async function comeBack(run: Run, change: Change): Promise<{ readonly seen: Seen; readonly menu: Menu | undefined }> {
  const { clock } = run.ports;
  const sentAt = run.turning ?? clock.now();
  const away = (commandOf(run.ports.capability(change.capability), change)?.away ?? 0) * 1_000;
  const until = clock.monotonic() + Math.max(LEAST, away - Math.max(0, clock.now() - sentAt));
  let last: string | undefined;
  for (;;) {
    await clock.sleep(LOOK_EVERY);
    const look = await lookOnce(run, change, sentAt);
    const settled =
      look && (look.restarted || look.seen.standing === 'post' || look.failure !== undefined)
        ? canonical([look.seen, look.menu.rows[0]?.content])
        : undefined;
    if (look && settled !== undefined && settled === last) return arrived(run, look);
    last = settled;
    if (settled === undefined && clock.monotonic() >= until) throw look ? notGone() : notBack();
  }
}

/** From here on the router is no longer on its way. */
function arrived(run: Run, { seen, menu, restarted, failure }: Look): { readonly seen: Seen; readonly menu: Menu } {
  run.turning = undefined;
  run.unsure = false;
  if (seen.standing === 'post') return { seen, menu };
  const words = failure ?? oneLine(String(menu.rows[0]?.item['status'] ?? ''), 300);
  throw new RouterError(restarted ? 'The router restarted, and is not what was planned.' : 'The router refused, and said why.', {
    hint: 'Look at the log of the router, and plan again.',
    ...(words !== '' && { details: { routerText: words } }),
  });
}

/** Undefined where it does not answer, or not as itself: a router that starts says all sorts of things. */
async function lookOnce(run: Run, change: Change, sentAt: number): Promise<Look | undefined> {
  try {
    const link = await run.ports.fresh();
    try {
      return await lookOver(run, change, sentAt, link);
    } finally {
      await link.close();
    }
  } catch (thrown) {
    if (thrown instanceof StoreError || !(thrown instanceof FleetError) || thrown.kind === 'bug') throw thrown;
    return undefined;
  }
}

async function lookOver(run: Run, change: Change, sentAt: number, link: Link): Promise<Look | undefined> {
  const { ports, target } = run;
  const capability = ports.capability(change.capability);
  const rows = await link.read(readCallOf(capability, target.version));
  const [resource] = await link.read({ verb: 'read', menu: '/system/resource', fields: ['uptime'] });
  const uptime = readDuration(resource?.['uptime'] ?? '');
  const menu = menuOf(capability, target.version, rows);
  if (uptime === undefined || rows[0]?.[commandOf(capability, change)?.field ?? ''] === undefined) return undefined;
  // Whole seconds, rounded down: it started at this time or before.
  const restarted = ports.clock.now() - uptime * 1_000 > sentAt;
  return { seen: classify(change, menu, run.ids, new Set()), menu, restarted, failure: restarted ? undefined : failureIn(rows[0]) };
}

const notBack = (): UnreachableError =>
  new UnreachableError('The router did not come back from its restart in time.', {
    code: 'TIMED_OUT',
    retryable: false,
    hint: 'Look at its power, its links and its console. When it is back: routeros-mcp plan resolve, --as post with the new version, --as pre with the old one.',
  });

const notGone = (): UnreachableError =>
  new UnreachableError('The router was told to restart and has not: it may still do so.', {
    code: 'TIMED_OUT',
    retryable: false,
    hint: 'Look at the menu of the plan on the router. When it has come to rest: routeros-mcp plan resolve, --as post or --as pre.',
  });
