import { expect, test } from 'vitest';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { refusal, rule } from './helpers.ts';

const ROWS = {
  dns: [{ servers: '1.1.1.1' }],
  'firewall-filter': [rule('a', { bytes: '1' })],
  'firewall-address-list': [{ list: 'x', address: '10.0.0.1', comment: 'x' }],
  interface: [{ name: 'ether1' }],
  'system-resource': [{ uptime: '1h' }],
};
const set = (capability: string, values: Readonly<Record<string, unknown>>, unset: readonly string[] = [], id?: string): Intent => ({
  verb: 'set',
  capability,
  values,
  unset,
  ...(id !== undefined && { where: { id } }),
});
const RULE = 'firewall-filter';
const LIST = 'firewall-address-list';

test.each<[string, Intent, string, string, string]>([
  ['a table', set('system-resource', {}), 'READ_ONLY', 'system-resource can only be read.', ''],
  [
    'an add to rows that are fixed',
    { verb: 'add', capability: 'interface', values: {} },
    'READ_ONLY',
    'Rows of interface can be set, not added.',
    'Use set.',
  ],
  [
    'a remove of a fixed row',
    { verb: 'remove', capability: 'interface', where: { id: '*1' } },
    'READ_ONLY',
    'Rows of interface cannot be removed.',
    '',
  ],
  [
    'a move where order means nothing',
    { verb: 'move', capability: LIST, where: { id: '*1' } },
    'READ_ONLY',
    'firewall-address-list has no order: nothing can be moved.',
    '',
  ],
  [
    'a place where order means nothing',
    { verb: 'add', capability: LIST, values: { list: 'y', address: '10.0.0.1' }, before: { id: '*1' } },
    'INVALID_INPUT',
    'firewall-address-list has no order: leave out before.',
    '',
  ],
  [
    'a set of a row that is not there',
    { verb: 'set', capability: RULE, where: { comment: 'z' }, values: { log: true } },
    'NO_SUCH_ROW',
    'No such row in firewall-filter.',
    'Name it by id, or by fields that only it has; get firewall-filter lists them.',
  ],
  [
    'a move of a row that is not there',
    { verb: 'move', capability: RULE, where: { comment: 'z' } },
    'NO_SUCH_ROW',
    'No such row in firewall-filter.',
    'Name it by id, or by fields that only it has; get firewall-filter lists them.',
  ],
  [
    'an anchor that is not there',
    { verb: 'add', capability: RULE, values: rule('n'), before: { comment: 'z' } },
    'NO_SUCH_ROW',
    'No such row in firewall-filter.',
    'Name it by id, or by fields that only it has; get firewall-filter lists them.',
  ],
  [
    'to take away what RouterOS sets',
    set('dns', {}, ['cache-used']),
    'READ_ONLY',
    'cache-used cannot be taken away: RouterOS sets it itself.',
    'Leave it out.',
  ],
  [
    'to take away what a row needs',
    set(LIST, {}, ['address'], '*1'),
    'INVALID_INPUT',
    'address cannot be taken away: a row needs it.',
    'Leave it out.',
  ],
  [
    'to take away what always has a value',
    set('dns', {}, ['cacheSize']),
    'INVALID_INPUT',
    'cache-size cannot be taken away: it always has a value.',
    'Leave it out.',
  ],
  [
    'one field set and taken away',
    set(LIST, { comment: 'y' }, ['comment'], '*1'),
    'INVALID_INPUT',
    'comment is set and taken away at once.',
    'Say one of the two.',
  ],
  [
    'a row with the key of another',
    { verb: 'add', capability: LIST, values: { list: 'x', address: '10.0.0.1', comment: 'y' } },
    'ALREADY_EXISTS',
    'firewall-address-list already has a row with this list and address.',
    'Use set to change it.',
  ],
  ['a menu that was not read', set('ntp-client', {}), 'UNKNOWN_CAPABILITY', 'ntp-client was not read.', ''],
])('%s is refused, and whoever asked is told what to do', (_what, intent, code, message, hint) => {
  const refused = refusal(ROWS, intent);
  expect([refused.code, refused.message, refused.hint]).toEqual([code, message, hint]);
});
