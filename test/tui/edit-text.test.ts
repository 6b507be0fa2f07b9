import { describe, expect, test } from 'vitest';
import { catalogEntries, catalogOf } from '../../src/lib/index.ts';
import { readEdit, words } from '../../src/tui/act/edit-text.ts';

const catalog = catalogOf(catalogEntries);
const dns = catalog.capability('dns');
const filter = catalog.capability('firewall-filter');
const addresses = catalog.capability('ip-address');
const interfaces = catalog.capability('interface');
const row = { id: '*3', chain: 'input' };

test.each([
  ['a b  c', ['a', 'b', 'c']],
  ['comment="two words" x=1', ['comment=two words', 'x=1']],
  ['comment=""', ['comment=']],
  ['a\\ b "c\\"d"', ['a b', 'c"d']],
  ['', []],
  ['comment="open', undefined],
])('the words of %j', (text, expected) => expect(words(text)).toEqual(expected));

test('a secret typed in the clear is refused, its value not repeated, and the line is to be wiped', () => {
  const secrets = catalog.capability('ppp-secret');
  for (const [text, verb] of [
    ['password=hunter2', 'set'],
    ['set comment=x Password="hunter 2"', 'set'],
    ['add name=a password=hunter2', 'add'],
  ] as const) {
    const read = readEdit(text, secrets, row);
    expect(read).toMatchObject({ ok: false, wipe: true, why: expect.stringContaining(`plan ${verb} ppp-secret --secret password`) });
    expect(JSON.stringify(read)).not.toContain('hunter');
  }
  expect(readEdit('wpa2_pre_shared_key=x', catalog.capability('wireless-security-profiles'), row)).toMatchObject({ ok: false, wipe: true });
  expect(readEdit('comment=x', secrets, row)).toMatchObject({ ok: true });
});

describe('what is typed becomes an intent', () => {
  test('on a page without rows', () => {
    expect(readEdit('servers=9.9.9.9 !use-doh-server', dns, null)).toEqual({
      ok: true,
      intent: { verb: 'set', capability: 'dns', values: { servers: '9.9.9.9' }, unset: ['use-doh-server'] },
    });
  });

  test('for the selected row', () => {
    expect(readEdit('comment="a b"', filter, row)).toEqual({
      ok: true,
      intent: { verb: 'set', capability: 'firewall-filter', values: { comment: 'a b' }, where: { id: '*3' } },
    });
    expect(readEdit('remove', filter, row)).toEqual({
      ok: true,
      intent: { verb: 'remove', capability: 'firewall-filter', where: { id: '*3' } },
    });
  });

  test('for a new row, and its place', () => {
    expect(readEdit('add chain=input action=drop before=here', filter, row)).toEqual({
      ok: true,
      intent: { verb: 'add', capability: 'firewall-filter', values: { chain: 'input', action: 'drop' }, before: { id: '*3' } },
    });
    expect(readEdit('add address=192.0.2.1/24 interface=ether1', addresses, null)).toEqual({
      ok: true,
      intent: { verb: 'add', capability: 'ip-address', values: { address: '192.0.2.1/24', interface: 'ether1' } },
    });
  });

  test('for another place', () => {
    expect(readEdit('move before=*1', filter, row)).toEqual({
      ok: true,
      intent: { verb: 'move', capability: 'firewall-filter', where: { id: '*3' }, before: { id: '*1' } },
    });
    expect(readEdit('move end', filter, row)).toEqual({
      ok: true,
      intent: { verb: 'move', capability: 'firewall-filter', where: { id: '*3' } },
    });
  });
});

describe('what is not an intent is answered with what is missing', () => {
  test.each([
    ['', dns, null, 'Nothing to change was given. For example servers=192.0.2.1'],
    ['9.9.9.9', dns, null, '"9.9.9.9" is not field=value. For example servers=192.0.2.1'],
    ['comment="x', filter, row, 'A quote is not closed.'],
    ['comment=x', filter, null, 'Select a row first, or name it: where:FIELD=VALUE. add makes a new one.'],
    ['remove', dns, null, 'dns has no rows.'],
    ['add name=x', interfaces, row, 'Rows of interface cannot be added.'],
    ['move', filter, row, 'Where to? move before=ID, or move end.'],
    ['move end', addresses, row, 'The order of ip-address means nothing.'],
    ['add chain=input before=here', filter, null, 'before=here needs a selected row.'],
    ['add', filter, row, /^What should the new row hold\? For example/],
  ] as const)('%j on %o', (text, capability, selected, why) => {
    const read = readEdit(text, capability, selected);
    expect(read).toEqual({ ok: false, why: why instanceof RegExp ? expect.stringMatching(why) : why });
  });
});
