import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readAsValue } from '../../src/lib/client/text/as-value.ts';
import { readPrintDetail } from '../../src/lib/client/text/print-detail.ts';
import { readSerialized } from '../../src/lib/client/text/serialized.ts';

const rows = (text: string) => readPrintDetail(text).rows;
const json = (value: unknown) => readSerialized(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('print detail of a list', () => {
  test('has flags, numbers, comments, and fields over several lines', () => {
    const text = [
      'Flags: X - DISABLED, I - INVALID; D - DYNAMIC ',
      ' 0  D ;;; special dummy rule to show fasttrack counters',
      '      chain=forward action=passthrough ',
      '',
      ' 1 XI  ;;; defconf: a=b "c"',
      '      chain=input action=accept connection-state=established,related,',
      '      untracked log=no log-prefix="" ',
      '',
      ' 2     chain=input action=drop src-address=10.0.0.0/8 comment="x"',
      '',
    ].join('\r\n');
    expect(rows(text)).toEqual([
      {
        '.number': '0',
        dynamic: 'true',
        comment: 'special dummy rule to show fasttrack counters',
        chain: 'forward',
        action: 'passthrough',
      },
      {
        '.number': '1',
        disabled: 'true',
        invalid: 'true',
        comment: 'defconf: a=b "c"',
        chain: 'input',
        action: 'accept',
        'connection-state': 'established,related,untracked',
        log: 'no',
        'log-prefix': '',
      },
      { '.number': '2', chain: 'input', action: 'drop', 'src-address': '10.0.0.0/8', comment: 'x' },
    ]);
  });

  test('has ids where they were asked for', () => {
    expect(rows('Flags: D - DYNAMIC\n*1  address=10.0.0.1/24\n*1B D address=10.0.1.1/24\n')).toEqual([
      { '.id': '*1', address: '10.0.0.1/24' },
      { '.id': '*1B', dynamic: 'true', address: '10.0.1.1/24' },
    ]);
  });

  test('keeps flags that the legend lacks, and takes no field for one', () => {
    expect(rows('Flags: R - RUNNING\n 0 RQ  name="a"\n')).toEqual([{ '.number': '0', running: 'true', '.flags': 'Q', name: 'a' }]);
    expect(rows(' 0  name="main" fib \n')).toEqual([{ '.number': '0', name: 'main', fib: '' }]);
  });

  test('reads legends over several lines', () => {
    const text =
      'Flags: D - DYNAMIC; I - INACTIVE, A - ACTIVE; \nc - CONNECT, s - STATIC; H - HW-OFFLOADED; + - ECMP \n 0  As+ dst-address=0.0.0.0/0\n';
    expect(rows(text)).toEqual([{ '.number': '0', active: 'true', static: 'true', ecmp: 'true', 'dst-address': '0.0.0.0/0' }]);
  });

  test('reads a time of two words, and a script as it stands', () => {
    expect(rows(' 0 name="ether1" last-link-up-time=2026-03-14 09:26:53 \n   link-downs=0\n')).toEqual([
      { '.number': '0', name: 'ether1', 'last-link-up-time': '2026-03-14 09:26:53', 'link-downs': '0' },
    ]);
    const script = ' 0   name="s" owner="admin" \n     source=\n       :log info "a=b"\n       :put done\n\n 1   name="t"\n';
    expect(rows(script)).toEqual([
      { '.number': '0', name: 's', owner: 'admin', source: ':log info "a=b"\n:put done', '.lossy': 'source' },
      { '.number': '1', name: 't' },
    ]);
  });

  test('marks what was wrapped inside quotes, since the break may have been a space or none', () => {
    expect(rows(' 0   name="a" comment="one two\n     three"\n')).toEqual([
      { '.number': '0', name: 'a', comment: 'one two three', '.lossy': 'comment' },
    ]);
  });

  test('of an empty list has no rows, and text that is none is counted', () => {
    expect(readPrintDetail('')).toEqual({ rows: [], unread: 0 });
    expect(readPrintDetail('Flags: X - DISABLED\n')).toEqual({ rows: [], unread: 0 });
    expect(readPrintDetail('bad command name\n')).toEqual({ rows: [], unread: 1 });
  });
});

test('print of a singleton is names, colons and values; members of a list stand below each other', () => {
  expect(
    rows('                  servers: 1.1.1.1\n                           2001:db8::1\n  allow-remote-requests: yes\n        doh: \n'),
  ).toEqual([{ servers: '1.1.1.1,2001:db8::1', 'allow-remote-requests': 'yes', doh: '' }]);
});

describe('as-value', () => {
  test('is rows by their ids, and lists by guessing', () => {
    expect(readAsValue('.id=*1;address=10.0.0.1/24;interface=a;.id=*2;address=10.0.0.2/24;flags=x;y;z\r\n')).toEqual([
      { '.id': '*1', address: '10.0.0.1/24', interface: 'a' },
      { '.id': '*2', address: '10.0.0.2/24', flags: 'x,y,z', '.lossy': 'flags' },
    ]);
  });
  test('of a singleton is one row, and of nothing is none', () => {
    expect(readAsValue('free-memory=918777856;version=7.12.1 (stable);uptime=1d02:03:04\n')).toEqual([
      { 'free-memory': '918777856', version: '7.12.1 (stable)', uptime: '1d02:03:04' },
    ]);
    expect(readAsValue('')).toEqual([]);
  });
  test('cannot tell a text with ; and = from two fields, and a name that comes again is part of a text', () => {
    expect(readAsValue('.id=*1;comment=a;b=c')).toEqual([{ '.id': '*1', comment: 'a', b: 'c' }]);
    expect(readAsValue('.id=*1;name=x;comment=a;name=y')).toEqual([{ '.id': '*1', name: 'x', comment: 'a,name=y', '.lossy': 'comment' }]);
    expect(readAsValue('name=x;name=y')).toEqual([{ name: 'x' }, { name: 'y' }]);
  });
});

describe('serialized', () => {
  test('values read as REST would have sent them', () => {
    expect(json([{ '.id': '*1', disabled: false, mtu: 1500, list: ['a', 'b'], none: null, rate: 1.5, time: '00:10:00' }])).toEqual([
      { '.id': '*1', disabled: 'false', mtu: '1500', list: 'a,b', none: '', rate: '1.5', time: '00:10:00' },
    ]);
    expect(json({ name: 'edge' })).toEqual([{ name: 'edge' }]);
  });
  test('counters keep all their digits', () => {
    expect(json('[{"bytes":18446744073709551615,"text":"x 18446744073709551615"}]')).toEqual([
      { bytes: '18446744073709551615', text: 'x 18446744073709551615' },
    ]);
  });
  test('what has no text of its own is marked', () => {
    expect(json([{ a: ['x,y', 'z'], b: { c: 1 }, d: [[1]] }])).toEqual([{ a: 'x,y,z', b: '{"c":1}', d: '[[1]]', '.lossy': 'a,b,d' }]);
  });
  test('nothing is no row, and no JSON is no rows at all', () => {
    for (const empty of ['', '[]', '{}', '""', '\r\n']) expect(json(empty)).toEqual([]);
    for (const no of ['bad command name', '[1]', '["a"]', '7', 'null', '[{]']) expect(json(no)).toBeUndefined();
    expect(json(`[{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}]`)).toBeDefined();
  });
  test('bytes of a Windows code page and control characters are survived, and marked', () => {
    const bytes = Buffer.concat([Buffer.from('[{"comment":"W'), Buffer.from([0xe4]), Buffer.from('chter","x":"a\u0007b"}]')]);
    expect(readSerialized(bytes)).toEqual([{ comment: 'Wächter', x: 'ab', '.lossy': 'comment,x' }]);
  });
});

const SESSIONS = path.resolve(import.meta.dirname, '../../../shared/data/routeros/cli/oxidized');
const NAMES = ['CHR_7.10.1', 'CHR_7.16', 'L009UiGS_7.15.2', 'RB5009UPr+S+_7.18.2'];
const there = existsSync(SESSIONS);

test.skipIf(there)('recorded sessions are not beside this checkout', () => console.log(`no recorded sessions at ${SESSIONS}`));
test.skipIf(!there).each(NAMES)('the recorded session of %s', (name) => {
  const { commands } = parse(readFileSync(path.join(SESSIONS, `${name}.simulation.yaml`), 'utf8')) as {
    commands: Record<string, string> | Record<string, string>[];
  };
  const said = Object.fromEntries([commands].flat().flatMap((one) => Object.entries(one)));
  const resource = Object.entries(said).find(([command]) => command.startsWith('/system resource print'))?.[1] ?? '';
  // The recording writes some of its spaces so.
  const [row] = rows(resource.replaceAll('\\x20', ' '));
  expect(row?.['version']).toContain(/_(7\.[\d.]+)$/.exec(name)?.[1]);
  expect(row?.['platform']).toBe('MikroTik');
  expect(Object.keys(row ?? {}).length).toBeGreaterThan(12);
});
