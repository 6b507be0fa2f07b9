import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readScript } from '../../src/simulator/console/compile.ts';
import { wrapped } from '../../src/simulator/console/export/text.ts';
import { consoleBench } from './console-bench.ts';
import { recordedData } from './support.ts';

const RECORDED = [
  'synthetic/exports/rb5009-7.20.6.rsc',
  'synthetic/exports/rb5009-7.20.6.terse.rsc',
  'synthetic/exports/crs326-7.19.4.rsc',
  'synthetic/exports/hap-ax3-7.22.1.rsc',
  'exports/forum/audience-7.1rc6-a.rsc',
  'exports/forum/audience-7.1rc6-b.rsc',
  'exports/synthetic-rb5009-arm64.rsc',
  'cli/oxidized/RB5009UPr+S+_7.18.2.output.txt',
  'cli/oxidized/CHR_7.16.output.txt',
];

describe('recorded exports', () => {
  const core = consoleBench();
  for (const name of RECORDED) {
    const file = recordedData(name);
    test.skipIf(file === undefined)(file === undefined ? `${name} (skipped: not beside the checkout)` : `${name} can be read`, () => {
      const code = readScript(core.state, readFileSync(file ?? '', 'utf8'));
      expect(code.failure).toBeUndefined();
      expect(code.block.statements.length).toBeGreaterThan(5);
    });
  }
});

describe('long lines', () => {
  const line =
    'add action=accept chain=input comment="defconf: accept established,related,untracked" connection-state=established,related,untracked';

  test('break between words, and after an equals sign when the word is too long for what is left', () => {
    const lines = wrapped(line, 80).split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const one of lines) expect(one.length).toBeLessThanOrEqual(80);
    expect(lines.slice(0, -1).every((one) => one.endsWith('\\'))).toBe(true);
    expect(lines.slice(1).every((one) => one.startsWith('    '))).toBe(true);
  });

  test('mean the same when they are read again, however narrow', () => {
    const core = consoleBench();
    const source = 'a very long text with "quotes" and \\ and $signs '.repeat(8);
    core.ask('PUT', '/ip/firewall/filter', { chain: 'input', action: 'drop', comment: source });
    const [{ comment } = { comment: '' }] = core.rows('/ip/firewall/filter').slice(-1);
    expect(comment).toBe(source);
    for (const width of [40, 60, 80]) {
      const { output } = runWith(core, '/ip/firewall/filter/export', width);
      core.run('/ip/firewall/filter/remove [find where chain=input and action=drop and !dynamic]');
      const imported = output.slice(output.indexOf('/ip firewall filter'));
      const again = consoleBench();
      again.run('/ip/firewall/filter/remove [find where !dynamic]');
      expect(again.run(imported).error).toBeUndefined();
      expect(again.rows('/ip/firewall/filter').at(-1)?.['comment']).toBe(source);
      core.ask('PUT', '/ip/firewall/filter', { chain: 'input', action: 'drop', comment: source });
    }
  });
});

function runWith(core: ReturnType<typeof consoleBench>, script: string, width: number) {
  return core.run(script, 'admin', width);
}

test('what is learned is no configuration, rows that are always there are set and not added, and settings nobody touched are left out', () => {
  const core = consoleBench();
  const lines = () => core.say('/export terse').split('\r\n');
  const about = (menu: string) => lines().filter((line) => line.startsWith(`${menu} `));
  for (const menu of ['/ip pool used', '/ip firewall service-port', '/queue interface', '/system clock manual', '/ip smb', '/tool sniffer'])
    expect([menu, about(menu)]).toEqual([menu, []]);
  core.ask('PATCH', '/ip/firewall/service-port/ftp', { disabled: 'yes' });
  core.ask('POST', '/ip/smb/set', { domain: 'OFFICE' });
  expect(about('/ip firewall service-port')).toEqual(['/ip firewall service-port set ftp disabled=yes']);
  expect(about('/ip smb')).toEqual(['/ip smb set domain=OFFICE']);
});
