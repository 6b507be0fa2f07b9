import { describe, expect, test } from 'vitest';
import { readJsonInventory } from '../../src/lib/device/inventory/json.ts';
import { LIMITS } from '../../src/lib/device/inventory/types.ts';
import { read, wrongs } from './inventory-rig.ts';

const json = (value: unknown) => read(JSON.stringify(value, null, 1));

describe('JSON', () => {
  const router = { name: 'edge-1', address: 'https://192.0.2.1' };

  test('an array, an object with devices and one object after another are lists, with the line of each', () => {
    const text = '[\n  {"name": "edge-1", "ip": "192.0.2.1"},\n\n  {\n    "name": "edge-2",\n    "ip": "192.0.2.2"\n  }\n]';
    expect(read(text).entries.map(({ name, line }) => [name, line])).toEqual([
      ['edge-1', 2],
      ['edge-2', 4],
    ]);
    expect(read(`\ufeff${text}`)).toEqual(read(text));
    expect(read(`{"version": 1, "devices": ${text}}`)).toEqual(read(text));
  });

  test('takes every field, as a text, a number or a list', () => {
    const { entries, problems } = json([
      {
        ...router,
        user: 'fleet',
        environment: 'LAB',
        tags: { site: 'riga', shelf: 4, spare: true },
        role: 'edge',
        allow: ['advanced-writes'],
        fingerprint: 'ab'.repeat(32),
        sshPort: 22,
        host_keys: [`SHA256:${'a'.repeat(43)}`],
        via: ['bastion'],
        password: { env: 'EDGE1_PW' },
      },
      { name: 'edge-2', url: 'http://192.0.2.2', allow: 'advanced-writes routing-writes', password: `$\{EDGE2_PW}`, via: null, env: '' },
      { name: 'edge-3', host: '192.0.2.3', password_env: 'EDGE3_PW' },
    ]);
    expect(problems).toEqual([]);
    expect(entries).toMatchObject([
      {
        ...router,
        username: 'fleet',
        environment: 'lab',
        tags: { site: 'riga', shelf: '4', spare: 'true', role: 'edge' },
        allow: ['advanced-writes'],
        sshPort: 22,
        via: ['bastion:22'],
        password: { env: 'EDGE1_PW' },
      },
      { address: 'http://192.0.2.2', allow: ['advanced-writes', 'routing-writes'], password: { env: 'EDGE2_PW' } },
      { address: 'https://192.0.2.3', password: { env: 'EDGE3_PW' } },
    ]);
    expect(entries[1]).not.toHaveProperty('via');
  });

  test('an export of NetBox: the address without its mask, site, role and status as tags', () => {
    const device = {
      id: 7,
      name: 'edge-1',
      primary_ip: { id: 1, address: '192.0.2.1/24' },
      site: { slug: 'riga', name: 'Riga' },
      role: { slug: 'edge' },
      status: { value: 'active', label: 'Active' },
      custom_fields: { owner: 'noc', community: null },
    };
    const six = { name: 'edge-2', primary_ip4: null, primary_ip6: { address: '2001:db8::1/64' }, device_role: { slug: 'core' } };
    const { entries, problems } = json({ count: 3, results: [device, six, { ...device, name: 'edge-3', primary_ip: null }] });
    expect(entries).toMatchObject([
      { ...router, tags: { site: 'riga', role: 'edge', status: 'active' } },
      { name: 'edge-2', address: 'https://[2001:db8::1]', tags: { role: 'core' } },
    ]);
    expect(problems).toMatchObject([{ entry: 'edge-3', field: 'address', problem: 'The address is missing.' }]);
  });

  test('keys that are not known are told once', () => {
    expect(
      wrongs(
        json([
          { ...router, colour: 'red' },
          { name: 'edge-2', ip: '192.0.2.2', colour: 'blue' },
        ]),
      ),
    ).toEqual(['2 -: The key colour is not known; it is left out.']);
  });

  test.each([
    ['{', 1, /ends too early|double quotes/],
    ['[\n{"name": "edge-1"\n "ip": "x"}]', 3, /comma or \}/],
    ['[\n{name: 1}]', 2, /double quotes/],
    ['[{"name" "x"}]', 1, /colon/],
    ['[{"name": hunter2}]', 1, /not written as JSON/],
    ['[{"name": "hunter2\n"}]', 1, /not closed/],
    ['[{"name": "\\x"}]', 1, /not closed/],
    ['[01]', 1, /comma or \]/],
    ['[1] 2', 1, /behind the end/],
    [`${'['.repeat(40)}`, 1, /too deeply/],
    ['{"a": 1}', 1, /no list/],
    ['[\n1]', undefined, /Item 1 of the list is no object/],
    ['[{"ip":"192.0.2.1","address":"192.0.2.1","name":"a"}]', 1, /Two keys say the address/],
  ])('%j is told with its line, and is not repeated', (text, line, problem) => {
    const list = read(text, { format: 'json' });
    expect(list.entries).toEqual([]);
    expect(list.problems).toHaveLength(1);
    expect(list.problems[0]?.line).toBe(line);
    expect(list.problems[0]?.problem).toMatch(problem);
    expect(JSON.stringify(list)).not.toContain('hunter2');
  });

  test('what is JSON for others is JSON here, and the other way round', () => {
    for (const text of [
      '[1e5,-0.5,"\\u00e9\\n",true,null,[],{}]',
      '[1.]',
      '[+1]',
      '["a",]',
      '[nul]',
      '["\t"]',
      ' [ ] ',
      '[-]',
      '[1e]',
      '{"a":1,}',
    ]) {
      let fine = true;
      try {
        JSON.parse(text);
      } catch {
        fine = false;
      }
      const problems = read(text, { format: 'json' }).problems.map(({ problem }) => problem);
      expect(
        problems.some((one) => /the JSON/.test(one) && !/holds no list/.test(one)),
        text,
      ).toBe(!fine);
    }
  });

  test('a member called __proto__ is no more than a member', () => {
    const { entries } = read('[{"name":"edge-1","ip":"192.0.2.1","__proto__":{"env":"lab"},"tags":{"constructor":"x"}}]');
    expect(entries).toMatchObject([{ name: 'edge-1', tags: { constructor: 'x' } }]);
    expect(entries[0]).not.toHaveProperty('environment');
    expect(wrongs(json([{ ...router, tags: JSON.parse('{"__proto__":"x"}') }]))).toEqual(['2 tags: The tags cannot be understood.']);
  });

  test('a list has an end', () => {
    const many = Array.from({ length: LIMITS.entries + 2 }, (_, at) => ({ name: `r${at}`, ip: `10.0.${at >> 8}.${at & 255}` }));
    const { entries, problems } = json({ devices: many });
    expect(entries).toHaveLength(LIMITS.entries);
    expect(problems).toMatchObject([{ problem: expect.stringContaining('more than 10000') }]);
    expect(readJsonInventory(JSON.stringify([...many, ...many])).raw).toHaveLength(LIMITS.entries + 1);
    expect(json(Array.from({ length: 500 }, () => 1)).problems).toHaveLength(LIMITS.problems + 1);
  });
});
