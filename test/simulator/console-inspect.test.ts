import { expect, test } from 'vitest';
import { consoleBench } from './console-bench.ts';

const core = consoleBench();
const inspect = (request: string, path: string) => core.ask('POST', '/console/inspect', { request, path });
const names = (path: string): string[] => (inspect('child', path).body as { name: string }[]).map((row) => row.name);

test('the children of a path are folders and commands, those of a command its arguments', () => {
  expect(inspect('child', 'ip').body).toContainEqual({ type: 'child', name: 'address', 'node-type': 'dir' });
  expect(names('ip,address')).toEqual(expect.arrayContaining(['add', 'print', 'set', 'find', 'get', 'export']));
  expect(names('ip,address,add')).toEqual(expect.arrayContaining(['address', 'interface', 'comment']));
  expect(names('ip,address,add')).not.toContain('dynamic');
});

test('an argument says what it takes', () => {
  expect(inspect('syntax', 'interface,vlan,add,vlan-id').body).toMatchObject([{ type: 'syntax', text: expect.stringContaining('4094') }]);
  expect(inspect('syntax', 'ip,address,add,disabled').body).toMatchObject([{ text: 'yes | no' }]);
});

test('a path with slashes gives nothing, and other requests are refused', () => {
  expect(inspect('child', 'ip/address').body).toEqual([]);
  expect(inspect('highlight', 'ip')).toMatchObject({ status: 400 });
});

test('a board knows only what it has', () => {
  const chr = consoleBench('chr_7.24');
  expect((chr.ask('POST', '/console/inspect', { request: 'child', path: 'ip' }).body as { name: string }[]).length).toBeGreaterThan(5);
  expect(core.ask('GET', '/safe-mode').body).toMatchObject({ enabled: 'false' });
  expect(core.say(':put [/safe-mode/get enabled]')).toBe('false');
  expect(consoleBench('hap-ac2_7.12.1').run('/safe-mode print').error).toContain('bad command name safe-mode');
});
