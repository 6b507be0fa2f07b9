import { describe, expect, test } from 'vitest';
import { readTable } from '../../src/lib/device/inventory/table.ts';
import { LIMITS } from '../../src/lib/device/inventory/types.ts';
import { read, wrongs } from './inventory-rig.ts';

const FULL = [
  'name,address,username,environment,tag:site,role,allow,fingerprint,ssh_port,host_keys,via,password_env',
  `edge-1,192.0.2.1,fleet,Prod,riga,edge,"advanced-writes, firewall_writes",SHA256:${'AB:'.repeat(31)}AB,2222,SHA256:${'a'.repeat(43)},"ops@bastion, [2001:db8::1]:2200",EDGE1_PW`,
].join('\n');

describe('a table', () => {
  test('of every column becomes an entry', () => {
    expect(read(FULL)).toEqual({
      problems: [],
      entries: [
        {
          name: 'edge-1',
          address: 'https://192.0.2.1',
          username: 'fleet',
          environment: 'prod',
          tags: { site: 'riga', role: 'edge' },
          allow: ['advanced-writes', 'firewall-writes'],
          fingerprint: 'ab'.repeat(32),
          sshPort: 2222,
          hostKeys: [`SHA256:${'a'.repeat(43)}`],
          via: ['ops@bastion:22', '[2001:db8::1]:2200'],
          password: { env: 'EDGE1_PW' },
          line: 2,
        },
      ],
    });
  });

  test('keeps to RFC 4180: quotes, doubled quotes, separators and new lines inside them', () => {
    const { entries, problems } = read(
      'name,address,tag:note\r\n"edge-1","192.0.2.1","a ""b"", c"\r\nedge-2,192.0.2.2,"x\ny"\r\nedge-3,192.0.2.3,\r\n',
    );
    expect(entries.map(({ name, tags, line }) => [name, tags['note'], line])).toEqual([
      ['edge-1', 'a "b", c', 2],
      ['edge-3', undefined, 5],
    ]);
    expect(problems).toMatchObject([{ line: 3, entry: 'edge-2', field: 'tags' }]);
  });

  test.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('may be cut with %s', (_name, cut) => {
    const text = ['name', 'ip', 'tag:note'].join(cut).concat('\n', ['edge-1', '192.0.2.1', `"a${cut === '\t' ? ' ' : cut}b"`].join(cut));
    expect(read(text)).toMatchObject({ problems: [], entries: [{ name: 'edge-1', address: 'https://192.0.2.1' }] });
  });

  test('commas in quotes do not make a table one of commas', () => {
    expect(read('"name";"ip";"tag:a,b,c,d"\nedge-1;192.0.2.1;').entries).toHaveLength(1);
  });

  test('neither do those in a comment before it', () => {
    expect(read('# a;b;c;d\n\nname,ip\nedge-1,192.0.2.1').entries).toHaveLength(1);
  });

  test('is cut into rows and cells with the line of each', () => {
    expect(readTable('a;b\r\n"x;\r\n""y""";2\r\n# c\r\n;\r\n 3 ;')).toEqual({
      problems: [],
      rows: [
        { line: 1, cells: ['a', 'b'] },
        { line: 2, cells: ['x;\r\n"y"', '2'] },
        { line: 6, cells: [' 3 ', ''] },
      ],
    });
  });

  test('may begin with a byte order mark, and have comments, empty lines and empty rows', () => {
    expect(read('\ufeff"name",ip\nedge-1,192.0.2.1').entries).toHaveLength(1);
    const { entries, problems } = read('\ufeff# my routers\n\n  \nname,ip\n # one\nedge-1,192.0.2.1\n,\n\r\nedge-2,192.0.2.2');
    expect(problems).toEqual([]);
    expect(entries.map(({ name, line }) => [name, line])).toEqual([
      ['edge-1', 6],
      ['edge-2', 9],
    ]);
  });

  test.each(['host', 'ip', 'hostname', 'Address', 'URL', 'IP Address', 'mgmt_ip'])('%s is the address', (column) => {
    expect(read(`name,${column}\nedge-1,192.0.2.1`)).toMatchObject({ problems: [], entries: [{ address: 'https://192.0.2.1' }] });
  });

  test.each(['user', 'Username', 'LOGIN'])('%s is the user name', (column) => {
    expect(read(`name,ip,${column}\nedge-1,192.0.2.1,fleet`).entries).toMatchObject([{ username: 'fleet' }]);
  });

  test.each(['env', 'Environment'])('%s is the environment', (column) => {
    expect(read(`name,ip,${column}\nedge-1,192.0.2.1,lab`).entries).toMatchObject([{ environment: 'lab' }]);
  });

  test('a host name beside an address is the name, and alone it is both', () => {
    expect(read('hostname,ip\nedge-1,192.0.2.1').entries).toMatchObject([{ name: 'edge-1', address: 'https://192.0.2.1' }]);
    expect(read('hostname\nedge-1.example.net').entries).toMatchObject([
      { name: 'edge-1.example.net', address: 'https://edge-1.example.net' },
    ]);
    expect(wrongs(read('ip,user\n2001:db8::1,fleet'))).toEqual(['2 name: The name is missing.']);
  });

  test.each([
    ['192.0.2.1', 'https://192.0.2.1'],
    ['192.0.2.1:8443', 'https://192.0.2.1:8443'],
    ['http://192.0.2.1', 'http://192.0.2.1'],
    ['https://Edge.Example.net/', 'https://edge.example.net'],
    ['2001:db8::1', 'https://[2001:db8::1]'],
    ['[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
  ])('the address %s is %s', (written, address) => {
    expect(read(`name,address\nedge-1,${written}`).entries).toMatchObject([{ address }]);
  });

  test('columns that are listed become tags; others are told once and left out', () => {
    const text = 'name,ip,vendor,Shelf,port,\nedge-1,192.0.2.1,mikrotik,4,22,x\nedge-2,192.0.2.2,mikrotik,5,22,y';
    const { entries, problems } = read(text, { tagColumns: ['shelf'] });
    expect(entries.map(({ tags }) => tags)).toEqual([{ shelf: '4' }, { shelf: '5' }]);
    expect(problems.map(({ line, problem }) => [line, problem])).toEqual([
      [1, 'The column vendor is not known; it is left out.'],
      [1, 'The column port is not known; it is left out.'],
      [1, 'Column 6 has no name; it is left out.'],
    ]);
    expect(problems[0]?.hint).toContain('tag:NAME');
    expect(problems[1]?.hint).toContain('https://192.0.2.1:8443');
    expect(read('name,ip,tags\nedge-1,192.0.2.1,site=riga;role=core').entries).toMatchObject([{ tags: { site: 'riga', role: 'core' } }]);
  });
});

describe('a mistake is told with its line, its field, what is allowed and an example', () => {
  const row = (columns: string, cells: string) => read(`name,address,${columns}\nedge-1,192.0.2.1,${cells}`);

  test.each([
    ['environment', 'production', /lab, staging, prod/],
    ['allow', 'everything', /advanced-writes, professional-workflows, firewall-writes, routing-writes/],
    ['fingerprint', 'AA:BB', /64 hex digits/],
    ['ssh_port', '70000', /1 to 65535/],
    ['ssh_port', '0', /1 to 65535/],
    ['ssh_port', '22x', /1 to 65535/],
    ['host_keys', 'MD5:aa', /SHA256:/],
    ['via', 'ops:pw@bastion', /ops@bastion/],
    ['via', 'bastion:99999', /ops@bastion/],
    ['via', 'a b c d e f g h i', /At most 8/],
    ['username', 'fleet:x', /fleet/],
    ['username', 'a b', /fleet/],
    ['tags', 'riga', /site=riga/],
    ['tags', '1=riga', /site=riga/],
    ['tags', `site=${'x'.repeat(129)}`, /at most 128/],
    ['tags', Array.from({ length: 51 }, (_, at) => `t${at}=1`).join(' '), /At most 50/],
  ])('%s %s', (field, value, hint) => {
    const { entries, problems } = row(field, `"${value}"`);
    expect(entries).toEqual([]);
    expect(problems).toEqual([{ line: 2, entry: 'edge-1', field, problem: expect.any(String), hint: expect.stringMatching(hint) }]);
  });

  test.each(['-edge', 'edge 1', 'e'.repeat(64), 'édge', '../x'])('the name %s', (name) => {
    const { entries, problems } = read(`name,address\n"${name}",192.0.2.1`);
    expect(entries).toEqual([]);
    expect(problems).toEqual([{ line: 2, field: 'name', problem: expect.any(String), hint: expect.stringContaining('1 to 63 letters') }]);
  });

  test.each(['ftp://x', '192.0.2.1/24', 'https://192.0.2.1/rest', 'https://admin:hunter2@192.0.2.1', 'a b', '22', '192.0.2.300', ''])(
    'the address %s',
    (address) => {
      const { entries, problems } = read(`name,address\nedge-1,"${address}"`);
      expect(entries).toEqual([]);
      expect(problems).toMatchObject([{ line: 2, entry: 'edge-1', field: 'address', hint: expect.stringContaining('192.0.2.1') }]);
      expect(JSON.stringify(problems)).not.toContain('hunter2');
    },
  );

  test('several in one line are all told, and other lines are not harmed', () => {
    const list = read('name,ip,env,ssh_port\n!,192.0.2.1,x,y\nedge-2,192.0.2.2,lab,22');
    expect(wrongs(list).map((text) => text.split(':')[0])).toEqual(['2 name', '2 environment', '2 ssh_port']);
    expect(list.entries).toHaveLength(1);
  });

  test('too few or too many cells, quotes that are wrong, two columns for one thing, no line of names', () => {
    expect(wrongs(read('name,ip\nedge-1\nedge-2,192.0.2.2,x'))).toEqual([
      '2 -: The line has 1 cell, and the first line names 2.',
      '3 -: The line has 3 cells, and the first line names 2.',
    ]);
    const quotes = read('name,ip\n"edge-1"x,192.0.2.1\nedge-2,192.0.2.2\n"edge-3,192.0.2.3\nedge-4,192.0.2.4');
    expect(wrongs(quotes)).toEqual([
      '2 -: Something stands behind a closing double quote.',
      '4 -: A double quote is opened here and never closed.',
    ]);
    expect(quotes.entries.map(({ name }) => name)).toEqual(['edge-2']);
    expect(read('name,ip,address\nedge-1,192.0.2.1,192.0.2.1')).toMatchObject({
      entries: [],
      problems: [{ line: 1, field: 'address', problem: 'Two columns say the address.' }],
    });
    expect(read('edge-1,192.0.2.1,admin,hunter2')).toEqual({
      entries: [],
      problems: [
        {
          line: 1,
          field: 'address',
          problem: 'The first line names no column for the address.',
          hint: expect.stringContaining('name,address'),
        },
      ],
    });
  });

  test('in the order of the lines', () => {
    const list = read('name,ip,what\n!,192.0.2.1,\nedge-2\nedge-3,x y,\nedge-4,192.0.2.4,\nedge-4,192.0.2.5,\nedge-6');
    expect(list.problems.map(({ line }) => line)).toEqual([1, 2, 3, 4, 6, 7]);
  });

  test('the same name or the same address on the same way twice', () => {
    const list = read('name,ip,via\nedge-1,192.0.2.1,\nEDGE-1,192.0.2.2,\nedge-3,https://192.0.2.1,\nedge-4,192.0.2.1,bastion-4\n');
    expect(wrongs(list)).toEqual([
      '3 name: The name is that of line 2 as well; this line was left out.',
      '4 address: The address is that of line 2 as well; this line was left out.',
    ]);
    expect(list.entries.map(({ name }) => name)).toEqual(['edge-1', 'edge-4']);
  });
});

describe('a list has an end', () => {
  const rows = (count: number): string =>
    Array.from({ length: count }, (_, at) => `r${at},10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`).join('\n');

  test('of ten thousand routers', () => {
    expect(read(`name,ip\n${rows(LIMITS.entries)}`)).toMatchObject({ problems: [], entries: { length: LIMITS.entries } });
    const { entries, problems } = read(`name,ip\n${rows(LIMITS.entries + 5)}`);
    expect(entries).toHaveLength(LIMITS.entries);
    expect(problems).toMatchObject([{ problem: 'The list has more than 10000 routers; those after them were left out.' }]);
  });

  test('of five megabytes, of long cells, of many cells and of many mistakes', () => {
    expect(wrongs(read(`name,ip\n${' '.repeat(LIMITS.text)}`))).toEqual(['- -: The list is longer than 5 MB.']);
    expect(wrongs(read(`name,ip\n${'x'.repeat(LIMITS.cell + 1)},192.0.2.1`))).toEqual(['2 -: A cell is longer than 4096 characters.']);
    expect(wrongs(read(`name,ip\n"${'x'.repeat(LIMITS.cell + 1)}",192.0.2.1`))).toEqual(['2 -: A cell is longer than 4096 characters.']);
    expect(wrongs(read(`name,ip\n${'a,'.repeat(LIMITS.columns + 1)}`))).toEqual(['2 -: The line has more than 200 cells.']);
    const { problems } = read(`name,ip\n${'x\n'.repeat(1_000)}`);
    expect(problems).toHaveLength(LIMITS.problems + 1);
    expect(problems.at(-1)?.problem).toBe('And 800 more.');
    expect(readTable(`name,ip\n${'"x"y\n'.repeat(50_000)}`).problems.length).toBeLessThan(LIMITS.entries + 2);
  });

  test('and a beginning', () => {
    for (const text of ['', ' \n\n', '\ufeff']) expect(wrongs(read(text))).toEqual(['1 -: The list is empty.']);
    expect(wrongs(read('# nothing\n', { format: 'csv' }))).toEqual(['1 -: The list is empty.']);
    expect(wrongs(read('n\u0000a\u0000m\u0000e\u0000'))).toEqual(['- -: The list is no text in UTF-8.']);
  });
});
