import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { newId, rowsOf } from '../state/tables.ts';
import type { WriteDone } from './journal.ts';

const CLIENT = '/system/ntp/client';
const SERVERS = '/system/ntp/client/servers';

/** The client's `servers` and the rows of the menu below it are one list seen twice. */
export function mirrorTimeServers(router: RouterState, done: WriteDone, now: number): void {
  const client = rowsOf(router, CLIENT)[0];
  const rows = rowsOf(router, SERVERS);
  if (!client) return;
  if (done.menu === CLIENT && Object.hasOwn(done.body, 'servers')) {
    const wanted = (client['servers'] ?? '').split(',').filter(Boolean);
    const kept = wanted.map((address) => rows.find((row) => row['address'] === address) ?? fresh(router, address));
    rows.splice(0, rows.length, ...kept);
  }
  if (done.menu === SERVERS) client['servers'] = rows.map((row) => row['address'] ?? '').join(',');
  client['~changed'] = String(now);
  const on = rows.filter((row) => row['disabled'] !== 'true');
  if (client['enabled'] === 'true' && on[0]?.['address'] !== undefined) client['~upstream'] = on[0]['address'];
  else delete client['~upstream'];
}

const fresh = (router: RouterState, address: string): Row => ({
  '.id': newId(router, SERVERS),
  address,
  'auth-key': 'none',
  disabled: 'false',
  iburst: 'true',
  'max-poll': '10',
  'min-poll': '6',
});
