import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { printFleetOnce } from '../../src/tui/index.ts';
import { type Fixture, fixture, plan, sample } from './fixture.ts';

async function printed(data: Fixture): Promise<string> {
  const out = new PassThrough({ encoding: 'utf8' });
  await printFleetOnce(data.operator, out);
  return String(out.read());
}

test('the fleet as a plain table', async () => {
  const data = fixture({ plans: [plan('p')] });
  data.operator.fleet.sample = async (id) =>
    id === 'id-core-1'
      ? sample('core-1', {
          status: 'down',
          code: 'LOGIN_REFUSED',
          cpuLoad: null,
          memoryUsed: null,
          memoryTotal: null,
          uptimeSeconds: null,
          version: null,
        })
      : sample('x', { deviceId: id });
  expect(await printed(data)).toBe(
    [
      'NAME    ENV      STATUS                VERSION  CPU  MEM  UPTIME  PLANS',
      'core-1  prod     down (LOGIN_REFUSED)  7.20.6   -    -    -       -',
      'edge-1  lab      up                    7.20.6   12%  30%  3d 4h   1 waits',
      'edge-2  staging  up                    7.20.6   12%  30%  3d 4h   -',
      '1 plan waits for a person.',
      '',
    ].join('\n'),
  );
});

test('an empty fleet says what to do', async () => {
  expect(await printed(fixture({ devices: [] }))).toBe(
    'No routers yet. Add one with: routeros-mcp device add. Or try: routeros-mcp demo\n',
  );
});
