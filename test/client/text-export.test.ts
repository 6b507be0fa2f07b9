import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readExport } from '../../src/lib/client/text/export.ts';

/** Exports recorded from real routers lie beside the checkout on some machines; they are not ours to ship. */
const DATA = path.resolve(import.meta.dirname, '../../../shared/data/routeros');

describe('an export', () => {
  test('has a header, menus and statements', () => {
    const read = readExport(`# 2025-02-01 06:02:17 by RouterOS 7.18
# software id = ABCD-1234
#
# model = RB5009UG+S+
# serial number = HXXXXXXXXXX
/interface bridge
add name=bridge comment=defconf
/ip firewall filter
add action=accept chain=input comment=\\
    "accept: a, b" src-address-list=!"my list"
/interface ethernet
set [ find default-name=ether1 ] comment="WAN \\"up\\""
/ip service
set telnet disabled=yes
/port
set 0 name=serial0
/ip dns
set servers=9.9.9.9,1.1.1.1
`);
    expect(read.header).toEqual({
      version: '7.18',
      writtenAt: '2025-02-01 06:02:17',
      softwareId: 'ABCD-1234',
      model: 'RB5009UG+S+',
      serial: 'HXXXXXXXXXX',
    });
    expect(read.lines.map(({ menu, verb, selector, props }) => [menu, verb, selector, props])).toEqual([
      ['/interface/bridge', 'add', undefined, { name: 'bridge', comment: 'defconf' }],
      [
        '/ip/firewall/filter',
        'add',
        undefined,
        { action: 'accept', chain: 'input', comment: 'accept: a, b', 'src-address-list': '!my list' },
      ],
      ['/interface/ethernet', 'set', { by: 'find', where: { 'default-name': 'ether1' } }, { comment: 'WAN "up"' }],
      ['/ip/service', 'set', { by: 'name', name: 'telnet' }, { disabled: 'yes' }],
      ['/port', 'set', { by: 'name', name: '0' }, { name: 'serial0' }],
      ['/ip/dns', 'set', undefined, { servers: '9.9.9.9,1.1.1.1' }],
    ]);
    expect(read).toMatchObject({ complete: true, unread: [], notices: [] });
    expect(read.lines[1]?.line).toBe(9);
  });

  test('may be terse: one whole command per line', () => {
    const { lines } = readExport(
      '/interface bridge add name=b\n/ip firewall filter add chain=input\n/interface ethernet set [ find ] mtu=1500\n',
    );
    expect(lines.map(({ menu, verb }) => `${menu} ${verb}`)).toEqual([
      '/interface/bridge add',
      '/ip/firewall/filter add',
      '/interface/ethernet set',
    ]);
    expect(lines[2]?.selector).toEqual({ by: 'find', where: {} });
  });

  test('goes on over lines: in quotes, after a name, and with a space at the break', () => {
    const { lines } = readExport(`/user group
add name=netops policy="ssh,re\\
    ad" comment=\\
    "x \\"y\\"\\
    \\_z"
/system script
add name=s source=":log info \\"hello\\"\\r\\
    \\n:local x \\$y; :put \\"a\\\\tb\\"\\\\\\
    \\n"
`);
    expect(lines[0]?.props).toEqual({ name: 'netops', policy: 'ssh,read', comment: 'x "y" z' });
    expect(lines[1]?.props['source']).toBe(':log info "hello"\r\n:local x $y; :put "a\\tb"\\\n');
  });

  test('shortens names with a dot, unsets with !, and has flags without a value', () => {
    const { lines } = readExport(
      '/interface wifi\nadd security.ft=yes .ft-over-ds=yes channel.a.b=1 .c=2 name=w !mtu\n/ip route\nadd blackhole gateway=""\n',
    );
    expect(lines[0]?.props).toEqual({
      'security.ft': 'yes',
      'security.ft-over-ds': 'yes',
      'channel.a.b': '1',
      'channel.a.c': '2',
      name: 'w',
      '!mtu': '',
    });
    expect(lines[1]?.props).toEqual({ blackhole: '', gateway: '' });
  });

  test('is incomplete where the router gave up, or the text breaks off', () => {
    expect(readExport('/ip route\n#error exporting "/ip/route" (timeout)\n')).toMatchObject({
      complete: false,
      notices: ['error exporting "/ip/route" (timeout)'],
    });
    expect(readExport('/ip route\nadd comment=\\').complete).toBe(false);
    expect(readExport('#interrupted').complete).toBe(false);
  });

  test('keeps what the router remarks with the statement it stands before', () => {
    const read = readExport('/ip dhcp-client\n# Interface not active\nadd interface=ether1\nadd interface=ether2\n# last words\n');
    expect(read.lines.map(({ remarks }) => remarks)).toEqual([['Interface not active'], []]);
    expect(read.notices).toEqual(['last words']);
  });

  test('says which lines are none, and never what stands in them', () => {
    const read = readExport(':global x 1\n/ip dns\nset comment="open password=hunter2\nadd\n');
    expect(read.unread).toEqual([1, 3]);
    expect(JSON.stringify(read)).not.toContain('hunter2');
  });

  test('reads bytes as UTF-8, says where it had to guess, and lets no control through', () => {
    const { lines } = readExport('/x\nadd a="\\D0\\9F\\D1\\80" b="W\\E4chter" c="\\1B[31mred" d="\\E2\\80\\AEx"\n');
    expect(lines[0]?.props).toEqual({ a: 'Пр', b: 'Wächter', c: 'red', d: 'x' });
    expect(lines[0]?.lossy).toEqual(['b', 'c', 'd']);
  });

  test('knows no names of JavaScript', () => {
    const { lines } = readExport('/x\nadd __proto__=a constructor=b\n');
    expect(Object.entries(lines[0]?.props ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });
});

const found = (folder: string, ends: string): readonly string[] => {
  const at = path.join(DATA, folder);
  return existsSync(at)
    ? readdirSync(at)
        .filter((name) => name.endsWith(ends))
        .map((name) => path.join(at, name))
    : [];
};
const EXPORTS = [...found('exports/forum', '.rsc'), ...found('synthetic/exports', '.rsc'), ...found('cli/oxidized', '.output.txt')];

/** Lines that are no part of an export, in files that hold some. */
const FOREIGN: Readonly<Record<string, number>> = {
  'audience-7.1rc6-part.rsc': 13,
  'hap-ac2-7.1rc2-part.rsc': 20,
  'rb1100x4-6.48.6.rsc': 5,
};

/** Statements under a menu line that somebody blanked: nobody knows what they belong to. */
const ORPHANS: Readonly<Record<string, number>> = { 'rb1100x4-6.48.6.rsc': 1 };

describe('recorded exports', () => {
  test.skipIf(EXPORTS.length > 0)('are not beside this checkout: nothing to read', () => {
    console.log(`no recorded exports at ${DATA}`);
  });
  test.each(EXPORTS.map((file) => [path.basename(file), file] as const))('%s', (name, file) => {
    const text = readFileSync(file, 'utf8');
    const read = readExport(text);
    // Some were posted with the prompt, other commands, or lines that somebody blanked.
    expect(read.unread).toHaveLength(FOREIGN[name] ?? 0);
    expect(read.complete).toBe(true);
    const written = text.match(/^(?:\/[a-z0-9 -]+ )?(?:add|set)(?= |$)/gm)?.length ?? 0;
    expect(read.lines.length).toBe(written - (ORPHANS[name] ?? 0));
  });

  test.skipIf(EXPORTS.length === 0)('wrapped and terse forms of one router say the same', () => {
    const [wrapped, terse] = ['rb5009-7.20.6.rsc', 'rb5009-7.20.6.terse.rsc'].map((name) =>
      readExport(readFileSync(path.join(DATA, 'synthetic/exports', name), 'utf8')),
    );
    const bare = (read: typeof wrapped) => read?.lines.map(({ menu, verb, selector, props }) => ({ menu, verb, selector, props }));
    expect(bare(terse)).toEqual(bare(wrapped));
  });
});
