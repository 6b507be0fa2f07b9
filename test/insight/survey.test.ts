import { expect, test } from 'vitest';
import type { Link, Row, RunCall } from '../../src/lib/client/types.ts';
import { RouterError } from '../../src/lib/core/errors.ts';
import { readSurvey } from '../../src/lib/insight/survey.ts';

type Tree = Readonly<Record<string, readonly Row[]>>;

const dirs = (...names: readonly string[]): readonly Row[] => names.map((name) => ({ name, 'node-type': 'dir', type: 'child' }));

/** A link that knows the console's tree, and refuses everything else as an account without rights hears it. */
const linkTo = (tree: Tree): Link => ({
  read: async () => {
    throw new RouterError('refused', { code: 'NOT_PERMITTED' });
  },
  run: async ({ args }: RunCall) => {
    const rows = tree[String(args['path'])];
    if (!rows) throw new RouterError('refused', { code: 'NOT_PERMITTED' });
    return rows;
  },
  close: async () => undefined,
});

const absentIn = async (tree: Tree, ...menus: readonly string[]) =>
  (await readSurvey(linkTo(tree), { username: 'api', menus, now: 7 })).absentMenus;

test('menus that their folder does not have are absent, and so is all that is in a folder which is not there', async () => {
  const tree = { '': dirs('system', 'ip', 'log'), ip: dirs('address'), container: [] };
  expect(await absentIn(tree, '/log', '/container', '/ip/address', '/ip/proxy', '/container/config')).toEqual([
    '/container',
    '/container/config',
    '/ip/proxy',
  ]);
});

test('a command of that name is no menu; a node that is called a path is one', async () => {
  const tree = { '': [...dirs('system'), { name: 'ping', 'node-type': 'cmd' }, { name: 'log', 'node-type': 'path' }] };
  expect(await absentIn(tree, '/ping', '/log')).toEqual(['/ping']);
});

test('silence says nothing: where the root is empty, refused or not that of a router, no menu is called absent', async () => {
  const empty = new Proxy<Tree>({}, { get: () => [] });
  expect(await absentIn(empty, '/log', '/ip/address')).toEqual([]);
  expect(await absentIn({ ip: [] }, '/log', '/ip/address')).toEqual([]);
  expect(await absentIn({ '': dirs('something'), ip: [] }, '/ip/address')).toEqual([]);
});

test('a folder that is refused is left open, and what the account may not see is null', async () => {
  const link = linkTo({ '': dirs('system', 'ip') });
  expect(await readSurvey(link, { username: 'api', menus: ['/ip/address'], now: 7 })).toEqual({
    survey: { readAt: 7, account: null, deviceMode: null, license: null, clock: null },
    absentMenus: [],
  });
});
