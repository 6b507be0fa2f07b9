import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/lib/config/load.ts';
import { newHome, put, refusal } from './helpers.ts';

const YAML = `# the lab
dataDir: /srv/fleet
environments: [lab]
policy:
  twoPersons: true
timeouts:
  connectSeconds: 9
`;
const TOML = `# the lab
dataDir = "/srv/fleet"
environments = ["lab"]
[policy]
twoPersons = true
[timeouts]
connectSeconds = 9
`;

describe('the file', () => {
  for (const [name, text] of [
    ['fleet.yaml', YAML],
    ['fleet.yml', YAML],
    ['fleet.toml', TOML],
  ] as const) {
    test(`${name}: values and lines`, () => {
      const home = newHome();
      const file = put(home, name, text);
      const { config, origins, file: read } = loadConfig({ file, env: { HOME: home } });
      expect(config.dataDir).toBe('/srv/fleet');
      expect(config.environments).toEqual(['lab']);
      expect(config.policy.twoPersons).toBe(true);
      expect(config.timeouts.connectSeconds).toBe(9);
      expect(origins['dataDir']).toEqual({ from: 'file', where: `${file}:2` });
      expect(origins['policy.twoPersons']).toEqual({ from: 'file', where: `${file}:5` });
      expect(origins['timeouts.connectSeconds']).toEqual({ from: 'file', where: `${file}:7` });
      expect(read).toBe(file);
    });
  }

  test('is chosen by --config, then ROUTEROS_MCP_CONFIG, then the configuration directory', () => {
    const home = newHome();
    const inDirectory = put(home, '.config/routeros-mcp/config.toml', 'logLevel = "error"\n');
    const byVariable = put(home, 'variable.yaml', 'logLevel: warn\n');
    const byFlag = put(home, 'flag.yaml', 'logLevel: debug\n');
    const env = { HOME: home, XDG_CONFIG_HOME: path.join(home, '.config') };
    expect(loadConfig({ env }).file).toBe(inDirectory);
    expect(loadConfig({ env: { ...env, ROUTEROS_MCP_CONFIG: byVariable } }).config.logLevel).toBe('warn');
    expect(loadConfig({ env: { ...env, ROUTEROS_MCP_CONFIG: byVariable }, file: byFlag }).config.logLevel).toBe('debug');
    expect(loadConfig({ env, file: 'flag.yaml', cwd: home }).file).toBe(byFlag);
  });

  test('two files in the configuration directory are refused by name', () => {
    const home = newHome();
    const env = { HOME: home, XDG_CONFIG_HOME: path.join(home, '.config') };
    put(home, '.config/routeros-mcp/config.toml', '');
    put(home, '.config/routeros-mcp/config.yaml', '');
    expect(refusal(() => loadConfig({ env })).message).toMatch(/2 configuration files: .*config\.yaml, .*config\.toml/);
  });

  test('an empty file, and a group without members, say nothing', () => {
    const home = newHome();
    for (const [name, text] of [
      ['a.yaml', ''],
      ['b.yaml', '# nothing\n'],
      ['c.yaml', 'policy:\n  # twoPersons: true\n'],
      ['d.toml', '[policy]\n'],
    ] as const) {
      expect(loadConfig({ file: put(home, name, text), env: { HOME: home } }).config.policy.twoPersons, name).toBe(false);
    }
  });

  test('a byte order mark and Windows line ends do no harm', () => {
    const home = newHome();
    for (const [name, text] of [
      ['a.yaml', '\ufeffpoll:\r\n  intervalSeconds: 7\r\n'],
      ['a.toml', '\ufeff[poll]\r\nintervalSeconds = 7\r\n'],
    ] as const) {
      const { config, origins } = loadConfig({ file: put(home, name, text), env: { HOME: home } });
      expect(config.poll.intervalSeconds, name).toBe(7);
      expect(origins['poll.intervalSeconds']?.where, name).toMatch(/:2$/);
    }
  });

  test('that was named but is not there, cannot be read as a file, or has a strange name is refused', () => {
    const home = newHome();
    const env = { HOME: home };
    expect(refusal(() => loadConfig({ env, file: path.join(home, 'none.yaml') })).message).toContain('does not exist');
    expect(refusal(() => loadConfig({ env: { ...env, ROUTEROS_MCP_CONFIG: '/none.yaml' } })).message).toContain(
      '/none.yaml does not exist',
    );
    expect(refusal(() => loadConfig({ env: { ...env, ROUTEROS_MCP_CONFIG: '' } })).message).toContain('ROUTEROS_MCP_CONFIG is empty');
    put(home, 'dir.yaml/x', '');
    expect(refusal(() => loadConfig({ env, file: path.join(home, 'dir.yaml') })).message).toContain('is a directory');
    expect(refusal(() => loadConfig({ env, file: put(home, 'fleet.json', '{}') })).hint).toContain('.yaml, .yml or .toml');
  });

  test('a mistake in the format names the line and quotes nothing: the file may hold a key', () => {
    const home = newHome();
    for (const [name, text, line] of [
      ['a.yaml', 'logLevel: info\nencryptionKey: "hunter2\n', 3],
      ['b.yaml', 'logLevel: info\nencryptionKey: x\n hunter2: x', 2],
      ['c.yaml', 'a: 1\nencryptionKey: @hunter2\n', 2],
      ['d.yaml', 'encryptionKey: hunter2\nencryptionKey: hunter2\n', 2],
      ['e.yaml', 'dataDir: &hunter2 x\nencryptionKeyFile: *hunter2\n', 2],
      ['f.yaml', '- hunter2\n', 1],
      ['g.yaml', 'hunter2\n', 1],
      ['h.toml', 'logLevel = "info"\nencryptionKey = hunter2\n', 2],
      ['i.toml', 'encryptionKey = "hunter2\n', 1],
    ] as const) {
      const { message, everything, code } = refusal(() => loadConfig({ file: put(home, name, text), env: { HOME: home } }));
      expect(message, name).toMatch(new RegExp(`${name}:${line} `));
      expect(everything, name).not.toContain('hunter2');
      expect(code).toBe('CONFIG_INVALID');
    }
  });
});
