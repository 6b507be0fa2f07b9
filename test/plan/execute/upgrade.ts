import { admin, type Bench, bench, type Happening, heard, type Setup } from './bench.ts';

/** A router that is told to install another RouterOS, and what may become of it. */

export const MENU = '/system/package/update';
export const LOOK = ['sleep 3000', 'connect', `look ${MENU}`, 'look /system/resource', 'hang up'];
export const away = (more: Partial<Setup> = {}, values: Readonly<Record<string, unknown>> = { installedVersion: '7.21.2' }): Bench => {
  const it = bench({
    of: ['package-update'],
    start: { [MENU]: [{ channel: 'stable', 'installed-version': '7.20.6', 'latest-version': '7.21.2', status: 'New version' }] },
    intents: [{ verb: 'set', capability: 'package-update', values }],
    ...more,
  });
  it.offers = { 'latest-version': '7.21.2' };
  return it;
};
export const says =
  (version: string, status = ''): Happening =>
  (it) =>
    admin(MENU, (rows) => rows.map((row) => ({ ...row, 'installed-version': version, status })))(it);
export const starts =
  (version: string, status?: string): Happening =>
  (it) => {
    it.bootedAt = it.clock.now() + 1;
    says(version, status)(it);
  };
export const upgrades = starts('7.21.2');
export const throws =
  (error: Error): Happening =>
  () => {
    throw error;
  };
export const sleeps = (it: Bench): number => heard(it, 'sleep 3000').length;
export const both =
  (one: Happening, two: Happening): Happening =>
  (it) => {
    one(it);
    two(it);
  };
