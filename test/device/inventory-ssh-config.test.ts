import { describe, expect, test } from 'vitest';
import { guessFormat } from '../../src/lib/device/inventory/read.ts';
import { readSshInventory } from '../../src/lib/device/inventory/ssh-config.ts';
import { LIMITS } from '../../src/lib/device/inventory/types.ts';
import { read, wrongs } from './inventory-rig.ts';

const CONFIG = `# routers
Host edge-1 edge-2
  HostName %h.example.net
  User fleet
  Port 2222
  ProxyJump bastion

Host core
  HostName 192.0.2.9
  ProxyJump ops@[2001:db8::1]:2200,inner

Host bastion
  HostName 203.0.113.5
  User ops
  ProxyJump gate

Host inner
  HostName 10.0.0.5
  Port 2022

Host *.lab !bad.lab *
  User nobody
`;

describe('an SSH configuration', () => {
  test('gives every host without a wildcard, with the way to it', () => {
    const { entries, problems } = read(CONFIG);
    expect(problems).toEqual([]);
    expect(entries.map(({ tags: _tags, allow: _allow, ...entry }) => entry)).toEqual([
      {
        name: 'edge-1',
        address: 'https://edge-1.example.net',
        username: 'fleet',
        sshPort: 2222,
        via: ['nobody@gate:22', 'ops@203.0.113.5:22'],
        line: 2,
      },
      {
        name: 'edge-2',
        address: 'https://edge-2.example.net',
        username: 'fleet',
        sshPort: 2222,
        via: ['nobody@gate:22', 'ops@203.0.113.5:22'],
        line: 2,
      },
      {
        name: 'core',
        address: 'https://192.0.2.9',
        username: 'nobody',
        sshPort: 22,
        via: ['ops@[2001:db8::1]:2200', 'nobody@10.0.0.5:2022'],
        line: 8,
      },
      { name: 'bastion', address: 'https://203.0.113.5', username: 'ops', sshPort: 22, via: ['nobody@gate:22'], line: 12 },
      { name: 'inner', address: 'https://10.0.0.5', username: 'nobody', sshPort: 2022, line: 17 },
    ]);
  });

  test('a way that comes back to itself, or has no end, is told', () => {
    const loop = read('Host a\n  ProxyJump b\nHost b\n  ProxyJump a\nHost c\n  HostName 192.0.2.1\n');
    expect(wrongs(loop)).toEqual(['1 via: The jump hosts cannot be understood.', '3 via: The jump hosts cannot be understood.']);
    expect(loop.entries.map(({ name }) => name)).toEqual(['c']);
    const chain = Array.from({ length: 12 }, (_, at) => `Host h${at}\n  ProxyJump h${at + 1}\n`).join('');
    expect(read(chain).problems[0]).toMatchObject({ entry: 'h0', field: 'via' });
  });

  test('what is not in force, what names nothing, and too many hosts are told', () => {
    expect(wrongs(read('Include other\nHost edge-1\n  HostName 192.0.2.1\nMatch all\n  User x'))).toEqual([
      '- -: What stands under Include was left out.',
      '- -: What stands under Match was left out.',
    ]);
    expect(wrongs(read('Host *\n  User x'))).toEqual(['1 -: The configuration names no host.']);
    const { entries, problems } = read(`Host ${Array.from({ length: 100 }, (_, at) => `h${at}`).join(' ')}\n`.repeat(3));
    expect([entries.length, problems.length]).toEqual([100, 0]);
    for (const many of [
      Array.from({ length: LIMITS.sshHosts + 1 }, (_, at) => `Host h${at}\n`).join(''),
      'Host *.a\n'.repeat(LIMITS.sshPatterns + 1),
      `Host a\n${' '.repeat(LIMITS.sshText)}`,
    ]) {
      expect(read(many)).toMatchObject({ entries: [], problems: [{ problem: expect.stringContaining('more than 1000 hosts') }] });
    }
    expect(read(Array.from({ length: LIMITS.sshHosts }, (_, at) => `Host h${at}\n`).join('')).entries).toHaveLength(LIMITS.sshHosts);
    expect(wrongs(read(`Host a/b ${'c'.repeat(70)}\nHost d\n  HostName 192.0.2.1\n  ProxyJump ${'x,'.repeat(9)}x`))).toEqual([
      '1 address: The address cannot be understood.',
      '1 name: The name cannot be a name of a device.',
      '1 name: The name cannot be a name of a device.',
      '2 via: The jump hosts cannot be understood.',
    ]);
  });

  test('its reader is asked for each host once, and not for ever', () => {
    const asked: string[] = [];
    const patterns = Array.from({ length: LIMITS.sshHosts }, (_, at) => `h${at}`);
    const { raw } = readSshInventory('Host', () => ({
      patterns,
      skipped: [],
      host: (name) => {
        asked.push(name);
        return { host: name, port: 22, proxyJump: name.startsWith('h') ? [1, 2, 3, 4, 5].map((nth) => ({ name: `j${name}-${nth}` })) : [] };
      },
    }));
    expect(raw).toHaveLength(patterns.length);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toHaveLength(2 * LIMITS.sshHosts);
  });

  test('cannot be read without its reader', () => {
    const list = read(CONFIG, { readSsh: undefined } as never);
    expect(list).toMatchObject({ entries: [], problems: [{ hint: 'Give it as one of csv, json.' }] });
  });
});

describe('the kind of a list is told from its text', () => {
  test.each([
    ['name,ip\nedge-1,192.0.2.1', 'csv'],
    ['host,user\nedge-1,x', 'csv'],
    ['Host;User\nedge-1;x', 'csv'],
    ['Host\tUser\nedge-1\tx', 'csv'],
    ['Host name,User\nedge-1,x', 'csv'],
    ['host\nedge-1', 'csv'],
    ['\n # x\n [{}]', 'csv'],
    [' \n[{}]', 'json'],
    ['{"devices":[]}', 'json'],
    ['# mine\nHost edge-1', 'ssh-config'],
    ['Host=edge-1', 'ssh-config'],
    ['Include x\nHost a', 'ssh-config'],
    ['ForwardAgent no\nHost\ta\n\tHostName\tb', 'ssh-config'],
    ['User x\nHost a b', 'ssh-config'],
    ['user fleet\nport 22', 'csv'],
    ['', 'csv'],
  ])('%j', (text, format) => {
    expect(guessFormat(text)).toBe(format);
  });

  test('unless somebody says it', () => {
    expect(wrongs(read('name,ip\n', { format: 'json' }))).toMatchObject([expect.stringContaining('not written as JSON')]);
  });
});
