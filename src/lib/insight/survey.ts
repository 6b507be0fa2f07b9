import type { CallOptions, Link, Row } from '../client/types.ts';
import { RouterError } from '../core/errors.ts';
import type { Survey } from '../device/device.ts';

export interface SurveyWishes {
  /** The account we log in with. */
  readonly username: string;
  /** Menus whose existence is worth knowing. */
  readonly menus: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Surveyed {
  readonly survey: Survey;
  /** Of the menus asked for, those that the router does not have. */
  readonly absentMenus: readonly string[];
}

/**
 * What a router says of itself beyond its name plate: one request for each folder of menus, and one each for the account, its group,
 * the device mode, the license, the clock and NTP. What it refuses to say is null, or not known to be absent.
 */
export async function readSurvey(link: Link, { username, menus, now }: SurveyWishes, options: CallOptions = {}): Promise<Surveyed> {
  const first = async (menu: string, where?: Row): Promise<Row | undefined> =>
    (await unlessRefused(link.read({ verb: 'read', menu, ...(where && { where }) }, options)))?.[0];
  const user = await first('/user', { name: username });
  const group = user?.['group'] === undefined ? undefined : await first('/user/group', { name: user['group'] });
  const mode = await first('/system/device-mode');
  const license = await first('/system/license');
  const clock = await first('/system/clock');
  const ntp = await first('/system/ntp/client');
  const absentMenus = await absentOf(link, menus, options);
  return {
    survey: {
      readAt: now,
      account: group ? { group: group['name'] ?? '', policies: policiesOf(group['policy'] ?? '') } : null,
      deviceMode: mode ? onlyText(mode) : null,
      license: license ? onlyText(license, ['software-id', 'system-id']) : null,
      clock: clock
        ? { timeZone: clock['time-zone-name'] ?? '', ntp: ntp?.['enabled'] === 'true' ? (ntp['status'] ?? 'enabled') : 'disabled' }
        : null,
    },
    absentMenus,
  };
}

/** `read,write,!ftp`: what is granted stands without a mark (RouterOS, /user/group). */
const policiesOf = (policy: string): readonly string[] => policy.split(',').filter((one) => one !== '' && !one.startsWith('!'));

const onlyText = (row: Row, without: readonly string[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('.') && !without.includes(name)));

/** Asked folder by folder: a walk of the whole tree takes minutes (measured). */
async function absentOf(link: Link, menus: readonly string[], options: CallOptions): Promise<readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const menu of menus) folders.set(folderOf(menu), [...(folders.get(folderOf(menu)) ?? []), menu]);
  const root = await menusIn(link, '', options);
  // Every router has this one: an answer without it is no answer, and nothing is concluded from the silence of the others.
  if (!root?.has('system')) return [];
  const absent: string[] = [];
  for (const [folder, inside] of folders) {
    const names = folder === '' ? root : await menusIn(link, folder, options);
    // A folder that has no menus is missing itself.
    if (names) absent.push(...inside.filter((menu) => !names.has(menu.slice(folder.length + 1))));
  }
  return absent.sort();
}

/** Names of the menus in a folder; undefined where the router refuses to say. */
async function menusIn(link: Link, folder: string, options: CallOptions): Promise<ReadonlySet<string> | undefined> {
  // Commas between the words: with slashes the answer is empty and says nothing (measured on 7.20 to 7.24).
  const args = { request: 'child', path: folder.split('/').filter(Boolean).join(',') };
  const children = await unlessRefused(link.run({ verb: 'run', menu: '/console', command: 'inspect', args }, options));
  return children && new Set(children.filter(isMenu).map((child) => child['name'] ?? ''));
}

/** A child of the console's tree that is no command and no argument: every recorded menu is a `dir`, and `path` is documented as well. */
export const isMenu = (child: Row): boolean => child['node-type'] === 'dir' || child['node-type'] === 'path';

const folderOf = (menu: string): string => menu.slice(0, menu.lastIndexOf('/'));

/** A refusal is an answer; a line that broke is not. */
async function unlessRefused(asked: Promise<readonly Row[]>): Promise<readonly Row[] | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    if (thrown instanceof RouterError) return undefined;
    throw thrown;
  }
}
