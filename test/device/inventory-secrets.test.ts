import { describe, expect, test } from 'vitest';
import { written } from '../../src/lib/device/inventory/columns.ts';
import { FIELDS } from '../../src/lib/device/inventory/types.ts';
import { read } from './inventory-rig.ts';

const CLEAR = 'hunter2-Tr0ub4dor';

/** It is told where, and how to do it instead; the password is nowhere. */
function expectRefusal(text: string, name: string | RegExp): void {
  const list = read(text);
  expect(list.entries).toEqual([]);
  expect(list.problems).toHaveLength(1);
  const [problem] = list.problems;
  expect(problem).toMatchObject({ entry: 'edge-1', problem: expect.stringMatching(/in clear/) });
  expect(problem?.field).toMatch(name);
  for (const way of ['be asked', 'stdin', 'file descriptor', 'password_env', '"password": { "env": "EDGE1_PW" }', `$\{EDGE1_PW}`]) {
    expect(problem?.hint).toContain(way);
  }
  expect(JSON.stringify(list)).not.toContain(CLEAR);
}

const PASSWORDS = ['password', 'Passwd', 'PASS', 'pwd', 'pw'];
const SECRETS = ['secret', 'psk', 'api_token', 'Private-Key', 'enable password', 'snmp.community', 'ssh_passphrase', 'key'];

describe('a password in clear is refused by name, and seen nowhere', () => {
  test.each(PASSWORDS)('in a column %s', (name) => expectRefusal(`name,ip,${name}\nedge-1,192.0.2.1,${CLEAR}`, 'password'));
  test.each(PASSWORDS)('in a key %s', (name) =>
    expectRefusal(JSON.stringify([{ name: 'edge-1', ip: '192.0.2.1', [name]: CLEAR }]), 'password'),
  );
  test.each([...SECRETS, 'tag:password'])('in a column %s', (name) => expectRefusal(`name,ip,${name}\nedge-1,192.0.2.1,${CLEAR}`, name));
  test.each(SECRETS)('in a key %s', (name) => expectRefusal(JSON.stringify([{ name: 'edge-1', ip: '192.0.2.1', [name]: CLEAR }]), name));

  test('in tags, and deep in an export of NetBox', () => {
    expectRefusal(JSON.stringify([{ name: 'edge-1', ip: '192.0.2.1', tags: { site: 'riga', secret: CLEAR } }]), 'secret');
    const device = { name: 'edge-1', primary_ip: { address: '192.0.2.1/24' }, custom_fields: { login: { password: CLEAR } } };
    expectRefusal(JSON.stringify({ results: [device] }), 'password');
  });

  test.each([[CLEAR], ['$EDGE1_PW'], [`$\{EDGE1_PW} `], [`$\{edge}`], [['x']], [{ env: 'A', value: CLEAR }], [7]])(
    'also as %j',
    (password) => {
      expectRefusal(JSON.stringify([{ name: 'edge-1', ip: '192.0.2.1', password }]), 'password');
    },
  );

  test('empty cells are no passwords', () => {
    expect(read('name,ip,password,secret\nedge-1,192.0.2.1,,').entries).toHaveLength(1);
    expect(read('[{"name":"edge-1","ip":"192.0.2.1","password":"","secret":null}]').entries).toHaveLength(1);
  });
});

describe('a password may be named', () => {
  test.each(['name,ip,password_env\nedge-1,192.0.2.1,EDGE1_PW', `name,ip,password\nedge-1,192.0.2.1,$\{EDGE1_PW}`])('%j', (text) => {
    expect(read(text)).toMatchObject({ problems: [], entries: [{ password: { env: 'EDGE1_PW' } }] });
  });

  test.each(['hunter2', CLEAR, 'edge1_pw', 'A B', '1A', 'A'.repeat(65)])('but not as %s', (name) => {
    for (const text of [
      `name,ip,password_env\nedge-1,192.0.2.1,${name}`,
      JSON.stringify([{ name: 'edge-1', ip: '192.0.2.1', password: { env: name } }]),
    ]) {
      const list = read(text);
      expect(list).toMatchObject({
        entries: [],
        problems: [{ entry: 'edge-1', problem: expect.stringContaining('environment variable') }],
      });
      expect(JSON.stringify(list)).not.toContain(name);
    }
  });

  test('and not twice', () => {
    expect(read(`name,ip,password,password_env\nedge-1,192.0.2.1,$\{A},B`).problems).toMatchObject([
      { problem: 'The password is named twice.' },
    ]);
  });
});

describe('whatever stands in a wrong place is not repeated', () => {
  /** Breaks every rule that a value can break. */
  const WRONG = `${CLEAR}:/@ \\ ?`;

  test.each(FIELDS.map(written))('in a column %s', (column) => {
    const others = ['name', 'address'].filter((one) => one !== column);
    const list = read(
      [[...others, column].join(','), [...others.map((one) => (one === 'name' ? 'edge-1' : '192.0.2.1')), WRONG].join(',')].join('\n'),
    );
    expect(list.entries).toEqual([]);
    expect(list.problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(list)).not.toContain('hunter2');
  });

  test('nor a line of names that was forgotten, nor a broken line', () => {
    for (const text of [
      `edge-1,192.0.2.1,${CLEAR}`,
      `name,ip\nedge-1,"192.0.2.1"${CLEAR}`,
      `name,ip\nedge-1,"192.0.2.1,${CLEAR}`,
      `[{"a": "${CLEAR}]`,
      `[${CLEAR}]`,
    ]) {
      const list = read(text);
      expect(list.problems.length, text).toBeGreaterThan(0);
      expect(JSON.stringify(list), text).not.toContain('hunter2');
    }
  });

  test('the names of columns are cleaned and cut', () => {
    const { problems } = read(`name,ip,\u001b[31mred\u202e${'x'.repeat(300)}\nedge-1,192.0.2.1,x`);
    expect(problems[0]?.problem).toMatch(/^The column redx{36}… is not known/);
  });
});
