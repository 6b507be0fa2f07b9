import type { CallOptions, Reader, Row } from '../client/types.ts';
import { RouterError, UnreachableError } from '../core/errors.ts';
import { parseVersion } from '../core/version.ts';
import type { Facts } from '../device/device.ts';

/**
 * What the router says it is.
 * @param now milliseconds since 1970
 * @throws UnreachableError `NOT_A_ROUTER` when the answer lacks what every RouterOS has
 */
export async function readFacts(reader: Reader, now: number, options: CallOptions = {}): Promise<Facts> {
  const resource = (await reader.read({ verb: 'read', menu: '/system/resource' }, options))[0] ?? {};
  const identity = (await reader.read({ verb: 'read', menu: '/system/identity' }, options))[0] ?? {};
  const absent: string[] = [];
  const hardwareId = await readHardwareId(reader, absent, options);
  const packages = await readOrAbsent(reader, '/system/package', absent, options);
  const { version, channel } = parseVersion(resource['version'] ?? '');
  if (version === '') throw notRouterOs();
  return {
    version,
    channel,
    board: resource['board-name'] ?? '',
    architecture: resource['architecture-name'] ?? '',
    hardwareId,
    identity: identity['name'] ?? '',
    packages: packages.filter(isInstalled).map((one) => one['name'] ?? ''),
    absentMenus: absent,
    readAt: now,
  };
}

/** What tells one box from another: serial number, else software-id, else the system-id of a CHR. @param absent gets menus it lacks */
export async function readHardwareId(reader: Reader, absent: string[] = [], options: CallOptions = {}): Promise<string> {
  const board = (await readOrAbsent(reader, '/system/routerboard', absent, options))[0] ?? {};
  const license = (await readOrAbsent(reader, '/system/license', absent, options))[0] ?? {};
  return board['serial-number'] || license['software-id'] || license['system-id'] || '';
}

/** A menu that this board, image or version lacks is data. */
async function readOrAbsent(reader: Reader, menu: string, absent: string[], options: CallOptions): Promise<readonly Row[]> {
  try {
    return await reader.read({ verb: 'read', menu }, options);
  } catch (thrown) {
    if (!(thrown instanceof RouterError) || thrown.code !== 'NO_SUCH_MENU') throw thrown;
    absent.push(menu);
    return [];
  }
}

/** From 7.18 on the list also names packages that could be downloaded. */
const isInstalled = (row: Row): boolean => row['disabled'] !== 'true' && row['available'] !== 'true';

const notRouterOs = (): UnreachableError =>
  new UnreachableError('What answers at this address does not say a RouterOS version.', {
    code: 'NOT_A_ROUTER',
    retryable: false,
    hint: 'Check the address and the port.',
  });
