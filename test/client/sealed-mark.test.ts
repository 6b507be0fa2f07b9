import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { WriteCall } from '../../src/lib/client/types.ts';
import { BugError } from '../../src/lib/core/errors.ts';
import { sealedMark } from '../../src/lib/core/sealed-mark.ts';
import { lineTo, refusal } from './rig.ts';
import { httpServer, json } from './servers.ts';

test('a request in which a secret was not put in is not sent, wherever the mark stands', async () => {
  const seen: string[] = [];
  await using server = await httpServer(({ url }) => {
    seen.push(String(url));
    return json([]);
  });
  await using line = lineTo(server.url);
  const mark = sealedMark(randomUUID());
  const calls: readonly WriteCall[] = [
    { verb: 'set', menu: '/ppp/secret', id: '*1', values: { password: mark } },
    { verb: 'set', menu: '/snmp', values: { 'trap-community': mark } },
    { verb: 'add', menu: '/ppp/secret', values: { name: 'a', password: mark } },
    { verb: 'add', menu: '/system/script', values: { name: 'mk-cc-0', source: `:do { set *1 password="${mark}" }` } },
    { verb: 'command', menu: '/system/script', command: 'run', values: { number: mark } },
  ];
  for (const call of calls) expect(await refusal(line.writer.write(call))).toBeInstanceOf(BugError);
  expect(seen).toEqual([]);
  await line.writer.write({ verb: 'set', menu: '/ppp/secret', id: '*1', values: { password: 'x' } });
  expect(seen).toHaveLength(1);
});
