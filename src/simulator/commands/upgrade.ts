import { requireWrite } from '../accounts.ts';
import { reboot } from '../console/power.ts';
import type { Context } from '../context.ts';
import { mayInstall, sizeOfUpdate } from '../effects/upgrade.ts';
import { notAllowed } from '../errors.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { rowsOf } from '../state/tables.ts';
import type { Values } from '../write.ts';

type Command = (context: Context, body: Values, menu: string) => unknown;

/** The installation takes some starts' time: packages are unpacked into flash before the system comes up. */
const STARTS = 3;

const updateOf = (router: RouterState): Row => rowsOf(router, '/system/package/update')[0] ?? {};

/** One row a step, and the last one says how it ended: a failure too is an answer with status 200 (`status: "ERROR: ..."`). */
function progress(router: RouterState, steps: readonly Row[]): readonly Row[] {
  const update = updateOf(router);
  const base = { channel: update['channel'] ?? 'stable', 'installed-version': update['installed-version'] ?? router.version };
  const last = steps.at(-1)?.['status'];
  if (last !== undefined) update['status'] = last;
  return steps.map((step, at) => ({ '.section': String(at), ...base, ...step }));
}

/** Names are asked of a server that the router knows or was told of. */
const resolves = (router: RouterState): boolean => {
  const dns = rowsOf(router, '/ip/dns')[0];
  return !dns || Boolean(dns['servers'] || dns['dynamic-servers']);
};

const checkForUpdates: Command = ({ router }) => {
  const finding = { status: 'finding out latest version...' };
  if (!resolves(router)) return progress(router, [finding, { status: 'ERROR: could not resolve dns name' }]);
  const update = updateOf(router);
  const installed = update['installed-version'] ?? router.version;
  const latest = update['latest-version'] ?? installed;
  update['latest-version'] = latest;
  const status = latest === installed ? 'System is already up to date' : 'New version is available';
  return progress(router, [finding, { 'latest-version': latest, status }]);
};

const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)}MiB`;

/** Why nothing is fetched. The words about disk space and names are RouterOS's own; those about device-mode are taken from its other menus. */
function obstacle(router: RouterState): string | undefined {
  const { 'latest-version': latest = router.version } = updateOf(router);
  if (latest === router.version) return 'ERROR: no new version to download';
  if (!mayInstall(router, latest)) return 'ERROR: not allowed by device-mode';
  if (!resolves(router)) return 'ERROR: could not resolve dns name';
  const free = Number(rowsOf(router, '/system/resource')[0]?.['free-hdd-space'] ?? Number.POSITIVE_INFINITY);
  const needed = sizeOfUpdate(router);
  return needed > free ? `ERROR: not enough disk space, ${mebibytes(needed)} is required and only ${mebibytes(free)} is free` : undefined;
}

function fetchUpdate(router: RouterState, done: string): { readonly fetched: boolean; readonly rows: readonly Row[] } {
  const { 'latest-version': latest } = updateOf(router);
  const calculating = { status: 'calculating download size...' };
  const why = obstacle(router);
  if (why !== undefined || latest === undefined)
    return {
      fetched: false,
      rows: progress(router, [calculating, { ...(latest !== undefined && { 'latest-version': latest }), status: why ?? '' }]),
    };
  router.fetched = latest;
  return { fetched: true, rows: progress(router, [calculating, { 'latest-version': latest, status: done }]) };
}

/** What is fetched waits for the next start, whoever causes it. */
const download: Command = ({ router, account }) => {
  requireWrite(account, '/system/package');
  return fetchUpdate(router, 'Downloaded, please reboot router to upgrade it').rows;
};

/** Fetches and starts anew at once; the answer may still get out. */
const install: Command = ({ router, account, now }) => {
  requireWrite(account, '/system/package');
  if (!account.policies.has('reboot')) throw notAllowed();
  const { fetched, rows } = fetchUpdate(router, 'Downloaded, rebooting...');
  if (fetched) reboot(router, now, router.hardware.startMs * STARTS);
  return rows;
};

/** What was fetched is thrown away. */
const cancel: Command = ({ router, account }) => {
  requireWrite(account, '/system/package');
  router.fetched = undefined;
  delete updateOf(router)['status'];
  return [];
};

export const UPGRADE: Readonly<Record<string, Command>> = Object.freeze({
  '/system/package/update/check-for-updates': checkForUpdates,
  '/system/package/update/download': download,
  '/system/package/update/install': install,
  '/system/package/update/cancel': cancel,
});
