import { compareVersions } from '../../core/version.ts';

/** As RouterOS writes versions: `7.22.1`, or a beta or candidate of one. */
const VERSION = /^\d+\.\d+(?:\.\d+)?(?:(?:alpha|beta|rc)\d*)?$/;

/** Why an upgrade has no way back. */
export const NO_DOWNGRADE = 'an upgrade restarts the router and is not undone, for RouterOS does not go back';

/** What an upgrade is judged by. */
export interface Software {
  readonly channel?: string;
  readonly installedVersion?: string;
  readonly latestVersion?: string;
}

/** Does somebody want another version? */
export const isUpgrade = (before: Software | undefined, after: Software | undefined): boolean =>
  before?.installedVersion !== after?.installedVersion;

/**
 * Why this upgrade cannot be, as half a sentence. An older version needs another command (`/system/package/downgrade`), and what another
 * channel offers is not known before it has been changed: it is asked then, before anything is fetched.
 */
export function upgradeProblem(before: Software | undefined, after: Software | undefined): string | undefined {
  if (!isUpgrade(before, after)) return undefined;
  const { installedVersion: wanted = '', channel, latestVersion = '' } = after ?? {};
  if (!VERSION.test(wanted)) return 'a version is written as 7.22.1';
  if (compareVersions(wanted, before?.installedVersion ?? '') < 0) return 'that is an older version than the one that runs';
  if (channel !== before?.channel) return undefined;
  if (latestVersion === '') return 'the router has not looked for updates yet: run check-for-updates first';
  return latestVersion === wanted
    ? undefined
    : 'the channel offered another version at the last check: read latest-version, or check again';
}
