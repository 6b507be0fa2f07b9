import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/lib/config/load.ts';
import { SETTINGS } from '../../src/lib/config/schema.ts';
import { ENVIRONMENTS } from '../../src/lib/device/device.ts';
import { newHome, put } from './helpers.ts';

/** Members of the policy that the tests leave as they are. */
const UNTOUCHED = { rules: [], approverKeys: [], openPlans: 50, plansPerMinute: 20 };

describe('defaults', () => {
  test('without file, variables or flags', () => {
    const home = newHome();
    const { config, origins, file } = loadConfig({ env: { HOME: home, XDG_DATA_HOME: path.join(home, 'data') } });
    expect(JSON.parse(JSON.stringify(config))).toEqual({
      dataDir: path.join(home, 'data', 'routeros-mcp'),
      environments: [...ENVIRONMENTS],
      policy: { advancedWritesAtOnce: true, twoPersons: false, ...UNTOUCHED },
      guard: { from: 'low', seconds: 300 },
      checks: { soakSeconds: 0 },
      poll: { intervalSeconds: 5 },
      timeouts: { connectSeconds: 4, requestSeconds: 75 },
      logLevel: 'info',
    });
    expect(config.encryptionKey).toBeUndefined();
    expect(file).toBeUndefined();
    expect(origins['dataDir']).toEqual({ from: 'default', where: 'built in' });
    expect(Object.keys(origins)).toEqual(SETTINGS.map(({ key }) => key));
  });

  test('are those of the schema: every preset is a value the schema takes', () => {
    for (const { key, preset, schema } of SETTINGS) {
      if (preset !== undefined) expect(schema.safeParse(preset).success, key).toBe(true);
    }
  });

  test('the configuration cannot be changed, at any depth', () => {
    const rules = '[{"name":"a","when":{"risk":"low"},"refuse":"no"}]';
    const { config, origins } = loadConfig({ env: { HOME: newHome(), ROUTEROS_MCP_POLICY_RULES: rules } });
    const [rule] = config.policy.rules;
    for (const frozen of [
      config,
      config.policy,
      rule,
      rule?.when.risk,
      config.poll,
      config.timeouts,
      config.environments,
      origins,
      origins['dataDir'],
    ]) {
      expect(Object.isFrozen(frozen)).toBe(true);
    }
  });

  test('a relative XDG directory is ignored', () => {
    const home = newHome();
    const usual = loadConfig({ env: { HOME: home } }).config.dataDir;
    expect(path.isAbsolute(usual)).toBe(true);
    expect(loadConfig({ env: { HOME: home, XDG_DATA_HOME: 'data' } }).config.dataDir).toBe(usual);
  });
});

describe('precedence', () => {
  const given = {
    file: { yaml: 'poll:\n  intervalSeconds: 11\n', value: 11 },
    env: { text: '12', value: 12 },
    flag: { value: 13 },
  };

  test('defaults < file < environment < flags, for every combination of layers', () => {
    const home = newHome();
    const file = put(home, 'fleet.yaml', given.file.yaml);
    const some = put(home, 'other.yaml', 'logLevel: warn\n');
    fc.assert(
      fc.property(fc.record({ file: fc.boolean(), env: fc.boolean(), flag: fc.boolean() }), (layers) => {
        const { config, origins } = loadConfig({
          file: layers.file ? file : some,
          env: { HOME: home, ...(layers.env ? { ROUTEROS_MCP_POLL_INTERVAL_SECONDS: given.env.text } : {}) },
          flags: { 'poll.intervalSeconds': layers.flag ? given.flag.value : undefined },
        });
        const from = layers.flag ? 'flag' : layers.env ? 'env' : layers.file ? 'file' : 'default';
        const where = {
          flag: '--poll-interval-seconds',
          env: 'ROUTEROS_MCP_POLL_INTERVAL_SECONDS',
          file: `${file}:2`,
          default: 'built in',
        }[from];
        expect(config.poll.intervalSeconds).toBe({ flag: 13, env: 12, file: 11, default: 5 }[from]);
        expect(origins['poll.intervalSeconds']).toEqual({ from, where });
      }),
    );
  });

  test('every variable has its own name and reaches its own setting', () => {
    const home = newHome();
    const { config } = loadConfig({
      env: {
        HOME: home,
        ROUTEROS_MCP_DATA_DIR: '/srv/fleet',
        ROUTEROS_MCP_ENVIRONMENTS: 'lab, staging',
        ROUTEROS_MCP_ENCRYPTION_KEY: 'k',
        ROUTEROS_MCP_POLICY_ADVANCED_WRITES_AT_ONCE: 'false',
        ROUTEROS_MCP_POLICY_TWO_PERSONS: 'TRUE',
        ROUTEROS_MCP_GUARD_FROM: 'medium',
        ROUTEROS_MCP_GUARD_SECONDS: '60',
        ROUTEROS_MCP_CHECKS_SOAK_SECONDS: '7',
        ROUTEROS_MCP_POLL_INTERVAL_SECONDS: '1',
        ROUTEROS_MCP_TIMEOUTS_CONNECT_SECONDS: '30',
        ROUTEROS_MCP_TIMEOUTS_REQUEST_SECONDS: '61',
        ROUTEROS_MCP_LOG_LEVEL: 'debug',
      },
    });
    expect(config.encryptionKey?.reveal()).toBe('k');
    expect({ ...config, encryptionKey: undefined }).toEqual({
      dataDir: '/srv/fleet',
      environments: ['lab', 'staging'],
      encryptionKey: undefined,
      policy: { advancedWritesAtOnce: false, twoPersons: true, ...UNTOUCHED },
      guard: { from: 'medium', seconds: 60 },
      checks: { soakSeconds: 7 },
      poll: { intervalSeconds: 1 },
      timeouts: { connectSeconds: 30, requestSeconds: 61 },
      logLevel: 'debug',
    });
    expect(loadConfig({ env: { HOME: home, ROUTEROS_MCP_ENCRYPTION_KEY_FILE: '/srv/key' } }).config.encryptionKeyFile).toBe('/srv/key');
  });

  test('relative paths start at the file in a file, at the working directory elsewhere; ~ is the home', () => {
    const home = newHome();
    const file = put(home, 'etc/fleet.yaml', 'dataDir: data\nencryptionKeyFile: ~/key\n');
    const fromFile = loadConfig({ file, env: { HOME: home }, cwd: '/elsewhere' }).config;
    expect(fromFile.dataDir).toBe(path.join(home, 'etc', 'data'));
    expect(fromFile.encryptionKeyFile).toBe(path.join(home, 'key'));
    expect(loadConfig({ env: { HOME: home, ROUTEROS_MCP_DATA_DIR: './data' }, cwd: '/elsewhere' }).config.dataDir).toBe('/elsewhere/data');
  });
});
