import { describe, expect, test } from 'vitest';
import { classify, type Ids, type Seen } from '../../src/lib/plan/classify.ts';
import type { Menu } from '../../src/lib/plan/menu.ts';
import type { SecretJudge } from '../../src/lib/plan/sealed.ts';
import type { Change } from '../../src/lib/plan/types.ts';
import { menusWith } from './helpers.ts';

const menuOf = (...rows: readonly Readonly<Record<string, string>>[]): Menu => {
  const menu = menusWith({ 'test-tunnels': rows }).get('test-tunnels');
  if (!menu) throw new Error('no menu');
  return menu;
};
/** Digests are the vault's business: here a secret is known by its letters. */
const judge: SecretJudge = (_change, _wire, held) => (held.reveal() === 'new' ? 'sent' : held.reveal() === 'old' ? 'before' : 'other');
const change = (part: Partial<Change>): Change => ({
  capability: 'test-tunnels',
  menu: '/test/tunnels',
  verb: 'set',
  row: '*1',
  label: 'a',
  before: {},
  after: {},
  secret: ['preshared-key'],
  sealed: { 'preshared-key': { ref: 'r', mac: 'm' } },
  ...part,
});
const row = (key: string | undefined, more: Readonly<Record<string, string>> = {}) => ({
  name: 'a',
  ...(key !== undefined && { 'preshared-key': key }),
  ...more,
});
const seen = (one: Change, menu: Menu, ids: Ids = new Map(), known: readonly string[] = []): Seen =>
  classify(one, menu, ids, new Set(known), judge);

describe('a set of nothing but a secret', () => {
  const alone = change({});

  test.each([
    ['new', { standing: 'post' }],
    ['old', { standing: 'pre' }],
    ['theirs', { standing: 'foreign' }],
    ['*****', { standing: 'post', unseen: true }],
    [undefined, { standing: 'post', unseen: true }],
  ])('the router holds %s', (key, standing) => {
    expect(seen(alone, menuOf(row(key)))).toStrictEqual(standing);
  });

  test('of a row that is gone is somebody else’s doing, and of one that was put back is asked there', () => {
    expect(seen(alone, menuOf())).toStrictEqual({ standing: 'foreign' });
    expect(seen(alone, menuOf(row('old', { '.id': '*9' })), new Map([['/test/tunnels *1', '*9']]))).toStrictEqual({ standing: 'pre' });
  });
});

describe('a set of a secret and a note', () => {
  const both = change({ before: { comment: 'x' }, after: { comment: 'y' } });

  test.each([
    ['y', 'new', 'post'],
    ['y', '*****', 'post'],
    ['y', 'old', 'partly'],
    ['y', 'theirs', 'foreign'],
    ['x', 'old', 'pre'],
    ['x', 'new', 'pre'],
    ['z', 'new', 'foreign'],
  ])('the note says %s, the secret is %s: %s', (comment, key, standing) => {
    expect(seen(both, menuOf(row(key, { comment })))).toStrictEqual({ standing });
  });
});

describe('an added row with a secret', () => {
  const add = change({ verb: 'add', row: '#0', before: null, after: { name: 'a' } });
  const ids = new Map([['#0', '*1']]);

  test.each([
    ['new', 'post'],
    ['*****', 'post'],
    ['old', 'foreign'],
    ['theirs', 'foreign'],
  ])('under the id that the router gave it, with the secret %s: %s', (key, standing) => {
    expect(seen(add, menuOf(row(key)), ids)).toStrictEqual({ standing, rowId: '*1' });
  });

  test('without an id, a row with another secret is not ours', () => {
    expect(seen(add, menuOf(row('new')))).toStrictEqual({ standing: 'post', rowId: '*1' });
    expect(seen(add, menuOf(row('theirs')))).toStrictEqual({ standing: 'pre' });
    expect(seen(add, menuOf(row('theirs'), row('new')))).toStrictEqual({ standing: 'post', rowId: '*2' });
  });
});
