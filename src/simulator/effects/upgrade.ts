import { schemaFor } from '../fixtures.ts';
import { versionNumber } from '../schema.ts';
import type { RouterState } from '../state/router.ts';
import { rowsOf } from '../state/tables.ts';
import { log } from './journal.ts';

/** How much flash is little: there a package needs its size twice, for it is unpacked beside itself. */
const SMALL_FLASH = 32 * 1024 * 1024;

/** Bytes that the packages in use take when they come anew. */
export function sizeOfUpdate(router: RouterState): number {
  const used = rowsOf(router, '/system/package').filter((row) => row['available'] !== 'true');
  const size = used.reduce((sum, row) => sum + Number(row['size'] ?? 0), 0);
  const { 'total-hdd-space': flash } = rowsOf(router, '/system/resource')[0] ?? {};
  return Number(flash ?? Number.POSITIVE_INFINITY) <= SMALL_FLASH ? size * 2 : size;
}

/** `7.13+,6.49.8+`: of each major release this version and later ones. It counts for the way down only. */
export function mayInstall(router: RouterState, version: string): boolean {
  const mode = rowsOf(router, '/system/device-mode')[0] ?? {};
  const allowed = mode['allowed-versions'];
  if (allowed === undefined || mode['install-any-version'] === 'true' || versionNumber(version) >= versionNumber(router.version))
    return true;
  return allowed.split(',').some((entry) => {
    const least = versionNumber(entry);
    const later = entry.endsWith('+') && Math.floor(least / 1_000_000) === Math.floor(versionNumber(version) / 1_000_000);
    return later ? versionNumber(version) >= least : versionNumber(version) === least;
  });
}

/**
 * What a start makes of a version that was fetched: the menus and fields of that version, as far as one is recorded, and the new number
 * wherever the router states it. The firmware of the board waits for a command and a start of its own. Rows stay as they are: what
 * RouterOS converts on the way (renamed fields) is not recorded anywhere.
 */
export function installFetched(router: RouterState, now: number): void {
  const version = router.fetched;
  if (version === undefined) return;
  router.fetched = undefined;
  const from = router.version;
  Object.assign(router, { version, schema: schemaFor(version) });
  const [update, resource, board] = ['/system/package/update', '/system/resource', '/system/routerboard'].map(
    (menu) => rowsOf(router, menu)[0],
  );
  if (update) {
    Object.assign(update, { 'installed-version': version, 'latest-version': version });
    delete update['status'];
  }
  if (resource) resource['version'] = `${version} (${update?.['channel'] ?? 'stable'})`;
  if (board?.['upgrade-firmware'] !== undefined) board['upgrade-firmware'] = version;
  for (const row of rowsOf(router, '/system/package')) row['version'] = version;
  log(router, now, 'system,info', `installed system-${version}, was ${from}`);
}
