import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listening } from './self-signed.ts';
import { sitAt } from './sitting.ts';
import { heard, holding, keyOf, pinOf, portOf, startYard, type Yard } from './yard.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard();
});
afterAll(() => yard[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const name of ['edge', 'outer', 'inner']) await yard.run(['device', 'remove', name, '--yes', '--json']);
});

const rest = ['--username', 'admin', '--environment', 'lab', '--json'];
const withVariables = () => ({ env: { EDGE_PW: yard.edge.password, OUTER_PW: yard.outer.password, INNER_PW: yard.inner.password } });
const rowsOf = (json: { readonly data: { readonly rows: readonly Record<string, unknown>[] } }) =>
  Object.fromEntries(json.data.rows.map((row) => [row['name'] ?? `line ${row['line']}`, row]));

/** Every way a row can end, in one list. */
const fleet = () =>
  [
    'name,address,fingerprint,ssh_port,host_keys,tags,password_env',
    `edge,${yard.edge.httpsUrl},${pinOf(yard.edge)},${portOf(yard.edge)},${keyOf(yard.edge)},role=edge,EDGE_PW`,
    `outer,${yard.outer.httpsUrl},,,,,OUTER_PW`,
    `inner,${yard.inner.httpsUrl},${pinOf(yard.inner)},,,,INNER_PW`,
    'gone,https://127.0.0.1:1,,,,,EDGE_PW',
    `wrong,${yard.inner.httpsUrl}0,x,,,,INNER_PW`,
    `unset,https://127.0.0.2:1,,,,,NOT_SET`,
  ].join('\n');

describe('device import', () => {
  test('every router ends in a row; one that is bad stops no other, and nothing of it is kept', async () => {
    const { code, json, stdout, stderr } = await yard.run(['device', 'import', yard.write('fleet.csv', fleet()), ...rest], withVariables());
    expect([code, json.ok, json.error.code]).toEqual([2, false, 'TLS_UNTRUSTED']);
    expect(rowsOf(json)).toMatchObject({
      edge: { result: 'added', line: 2 },
      outer: { result: 'failed', code: 'TLS_UNTRUSTED', line: 3 },
      inner: { result: 'added', line: 4 },
      gone: { result: 'failed', code: 'UNREACHABLE' },
      wrong: { result: 'refused', code: 'INVALID_INPUT', line: 6 },
      unset: { result: 'failed', code: 'INVALID_INPUT', problem: 'The environment variable NOT_SET is not set.' },
    });
    expect(json.data).toMatchObject({ dryRun: false, added: 2, exists: 0, failed: 3, refused: expect.any(Number) });
    const names = (await yard.run(['device', 'list', '--json'])).json.data.devices.map(({ name }: { name: string }) => name);
    expect(names.toSorted()).toEqual(['edge', 'inner']);
    const secrets = Object.values(withVariables().env);
    for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
    expect(holding(yard.dataDir, secrets)).toEqual([]);
    const again = await yard.run(['device', 'import', '-', '--format', 'csv', ...rest], {
      ...withVariables(),
      input: fleet().split('\n').slice(0, 2).join('\n'),
    });
    expect([again.code, again.json.data]).toEqual([0, expect.objectContaining({ exists: 1, added: 0, failed: 0, refused: 0 })]);
  });

  test('--dry-run asks for no password, enrols nothing, and prints what is to be put into the list', async () => {
    const list = [
      'name,address,ssh_port',
      `edge,${yard.edge.httpsUrl},${portOf(yard.edge)}`,
      `outer,${yard.outer.url},`,
      'far,http://192.0.2.1,',
    ].join('\n');
    const before = heard(yard.edge);
    const { code, json } = await yard.run(['device', 'import', yard.write('dry.csv', list), '--dry-run', ...rest]);
    expect(code).toBe(2);
    const { edge, outer, far } = rowsOf(json);
    expect(edge).toMatchObject({ result: 'failed', code: 'TLS_UNTRUSTED', hostKey: keyOf(yard.edge), trusted: false });
    expect(outer).toMatchObject({ result: 'would be added' });
    expect(far).toMatchObject({ result: 'failed', code: 'INVALID_INPUT' });
    expect((await yard.run(['device', 'list', '--json'])).json.data.devices).toEqual([]);
    const learned = [
      'name,address,ssh_port,fingerprint,host_keys',
      `edge,${yard.edge.httpsUrl},${portOf(yard.edge)},${edge?.['fingerprint']},${edge?.['hostKey']}`,
    ].join('\n');
    const file = yard.write('learned.csv', learned);
    const dry = await yard.run(['device', 'import', file, '--dry-run', ...rest]);
    expect([dry.code, dry.json.data.wouldBeAdded, heard(yard.edge)]).toEqual([0, 1, before]);
    const wrong = yard.write('wrong.csv', learned.replace(keyOf(yard.edge), keyOf(yard.outer)));
    expect(rowsOf((await yard.run(['device', 'import', wrong, '--dry-run', ...rest])).json)['edge']).toMatchObject({
      code: 'HOST_KEY_CHANGED',
    });
    const { code: done } = await yard.run(['device', 'import', file, ...rest, '--password-stdin'], { input: yard.edge.password });
    expect(done).toBe(0);
    expect((await yard.run(['device', 'show', 'edge', '--json'])).json.data).toMatchObject({
      environment: 'lab',
      ssh: { hostKeys: [keyOf(yard.edge)] },
    });
  });

  test('JSON and an SSH configuration, guessed; a password for all, typed unseen', async () => {
    const json = JSON.stringify([{ name: 'edge', address: yard.edge.url, environment: 'staging', username: 'admin' }]);
    const words = ['device', 'import', yard.write('fleet.json', json), '--environment', 'lab'];
    const { code, screen } = await sitAt(yard, words, [['Password for the router', `${yard.edge.password}\r`]]);
    expect([code, screen.includes(yard.edge.password)]).toEqual([0, false]);
    expect((await yard.run(['device', 'show', 'edge', '--json'])).json.data.environment).toBe('staging');
    const config = yard.write('ssh', 'Host r1\n  HostName 127.0.0.1\n  Port 1\nHost *.lab\n  User x\n');
    const ssh = await yard.run(['device', 'import', config, '--dry-run', ...rest]);
    expect(rowsOf(ssh.json)['r1']).toMatchObject({ result: 'failed', code: 'UNREACHABLE', address: 'https://127.0.0.1' });
  });

  test.each([
    [['/nowhere.csv'], '', 'The list cannot be read.'],
    [['-', '--password-stdin'], 'name,address', 'The list and the password cannot both come from standard input.'],
    [['-', '--format', 'xml'], '', '--format does not take xml.'],
    [['-', '--password', 'x'], '', 'A password on the command line can be read by everybody on this machine; it is not taken.'],
  ])('%j is refused', async (words, input, message) => {
    const { code, json } = await yard.run(['device', 'import', ...words, '--json'], { input });
    expect([code, json.error.message]).toEqual([3, message]);
  });

  test('a list that names a user or an environment nowhere, or holds a password in clear, ends in refused rows', async () => {
    const list = yard.write(
      'open.csv',
      `name,address,password\nedge,${yard.edge.httpsUrl},\nouter,${yard.outer.httpsUrl},hunter2-in-clear\n`,
    );
    const { code, json, stdout, stderr } = await yard.run(['device', 'import', list, '--json']);
    expect(code).toBe(3);
    expect(json.data.rows.map(({ result, line }: { result: string; line: number }) => [result, line])).toEqual([
      ['refused', 2],
      ['refused', 3],
    ]);
    expect(stdout + stderr).not.toContain('hunter2');
  });

  test('at most eight are asked at once, and all are asked', async () => {
    let open = 0;
    let most = 0;
    let count = 0;
    const server = createServer((socket) => {
      open += 1;
      count += 1;
      most = Math.max(most, open);
      socket
        .on('error', () => {})
        .on('close', () => {
          open -= 1;
        });
      setTimeout(() => socket.destroy(), 150);
    });
    const { port } = await listening(server);
    const list = ['name,address', ...Array.from({ length: 24 }, (_, at) => `r${at},https://127.0.0.${at + 1}:${port}`)].join('\n');
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await new Promise<void>((resolve) => server.listen(port, '0.0.0.0', resolve));
    const { json } = await yard.run(['device', 'import', yard.write('many.csv', list), '--dry-run', ...rest]);
    await new Promise((resolve) => server.close(resolve));
    expect([json.data.failed, count]).toEqual([24, 24]);
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(4);
  });

  test('a bastion for all is asked about once, and serves all', async () => {
    const via = ['--via', `admin@127.0.0.1:${portOf(yard.outer)}`, '--via-password-fd', '3'];
    const list = [
      'name,address,fingerprint,password_env',
      `edge,${yard.edge.httpsUrl},${pinOf(yard.edge)},EDGE_PW`,
      `inner,${yard.inner.httpsUrl},${pinOf(yard.inner)},INNER_PW`,
    ].join('\n');
    const words = ['device', 'import', yard.write('behind.csv', list), ...rest, ...via];
    const options = { ...withVariables(), fds: [yard.outer.password] };
    const unknown = await yard.run(words, options);
    expect(unknown.json.data.rows.map(({ code }: { code: string }) => code)).toEqual(['HOST_KEY_UNKNOWN', 'HOST_KEY_UNKNOWN']);
    const known = await yard.run([...words, '--via-host-key', keyOf(yard.outer)], options);
    expect([known.code, known.json.data.added]).toEqual([0, 2]);
    expect(known.stderr.match(/the jump host/g)).toHaveLength(1);
    expect((await yard.run(['device', 'show', 'inner', '--json'])).json.data.via).toHaveLength(1);
  });

  test('a jump host that the list names is looked up in the SSH configuration', async () => {
    const host = `Host bastion\n  HostName 127.0.0.1\n  Port ${portOf(yard.outer)}\n  User ${yard.outer.username}\n`;
    const config = yard.write('hops', host);
    const list = `name,address,fingerprint,via\nedge,${yard.edge.httpsUrl},${pinOf(yard.edge)},bastion`;
    const words = ['device', 'import', yard.write('named.csv', list), ...rest, '--ssh-config', config, '--dry-run'];
    const { code, json } = await yard.run([...words, '--via-host-key', keyOf(yard.outer), '--via-password-fd', '3'], {
      fds: [yard.outer.password],
    });
    expect([code, json.data.rows[0].result]).toEqual([0, 'would be added']);
  });
});
