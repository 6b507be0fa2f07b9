import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/lib/config/load.ts';
import { SETTINGS } from '../../src/lib/config/schema.ts';
import { nearest } from '../../src/lib/core/nearest.ts';
import { newHome, put, refusal } from './helpers.ts';

const home = newHome();
const env = { HOME: home };
const inFile = (text: string) => refusal(() => loadConfig({ env, file: put(home, 'fleet.yaml', text) }));
const inEnv = (variables: Readonly<Record<string, string>>) => refusal(() => loadConfig({ env: { ...env, ...variables } }));

describe('unknown names', () => {
  test('in a file: the name, the line, the nearest setting', () => {
    const { message, hint } = inFile('logLevel: info\npolicy:\n  twoPerson: true\n');
    expect(message).toMatch(/^policy\.twoPerson \(.*fleet\.yaml:3\) is not a setting/);
    expect(hint).toMatch(/^Did you mean policy\.twoPersons\?/);
    expect(inFile('data_dir: /x\n').hint).toMatch(/^Did you mean dataDir\?/);
    expect(inFile('intervalSeconds: 3\n').hint).toMatch(/^Did you mean poll\.intervalSeconds\?/);
    expect(inFile('xyzzy: 3\n').hint).toMatch(/^The settings are: dataDir, /);
    expect(inFile('policy: strict\n').hint).toContain('It is a group: policy.advancedWritesAtOnce, policy.twoPersons');
    expect(inFile('dataDir: {path: /x}\n').message).toMatch(/^dataDir\.path /);
    expect(inFile('"": 3\n').message).toContain('is not a setting');
    expect(inFile('__proto__: {dataDir: /x}\n').message).toMatch(/^__proto__\.dataDir /);
  });

  test('in the environment: the variable and the nearest one, whatever its case', () => {
    const { message, hint } = inEnv({ ROUTEROS_MCP_DATADIR: '/x' });
    expect(message).toBe('ROUTEROS_MCP_DATADIR is not a setting of routeros-mcp.');
    expect(hint).toMatch(/^Did you mean ROUTEROS_MCP_DATA_DIR\?/);
    expect(inEnv({ routeros_mcp_data_dir: '/x' }).hint).toMatch(/^Did you mean ROUTEROS_MCP_DATA_DIR\?/);
  });

  test('among the flags', () => {
    const { message, hint } = refusal(() => loadConfig({ env, flags: { dataDri: '/x' } }));
    expect(message).toContain('--dataDri is not a setting');
    expect(hint).toMatch(/^Did you mean --data-dir\?/);
    expect(hint).not.toContain('--encryption-key,');
  });

  test('variables of the test suite and of other programs are let through', () => {
    const loaded = loadConfig({ env: { ...env, ROUTEROS_MCP_TEST_LONG: '1', PATH: '/bin', ROUTEROS_OTHER: 'x' } });
    expect(loaded.config.logLevel).toBe('info');
  });
});

describe('wrong values', () => {
  const cases: readonly (readonly [key: string, value: string, allowed: string])[] = [
    ['dataDir', '12', 'the path of a directory or file'],
    ['environments', '[]', 'at least one of lab, staging, prod'],
    ['environments', '[lab, production]', 'at least one of lab, staging, prod'],
    ['environments', 'lab', 'a list of at least one of'],
    ['policy.twoPersons', 'yes', 'true or false'],
    ['policy.advancedWritesAtOnce', '1', 'true or false'],
    ['poll.intervalSeconds', '0', 'from 1 to 86400'],
    ['poll.intervalSeconds', '.inf', 'from 1 to 86400'],
    ['poll.intervalSeconds', '1.5', 'a whole number of seconds'],
    ['poll.intervalSeconds', '"5"', 'a whole number of seconds'],
    ['timeouts.connectSeconds', '31', 'from 1 to 30'],
    ['timeouts.requestSeconds', '60', 'from 61 to 3600'],
    ['logLevel', 'verbose', 'one of debug, info, warn, error'],
    ['logLevel', '', 'one of debug, info, warn, error'],
  ];
  for (const [key, value, allowed] of cases) {
    test(`${key}: ${value || '(empty)'}`, () => {
      const { message, hint } = inFile(`# first\n${key}: ${value}\n`);
      expect(message).toMatch(new RegExp(`^${key.replace('.', '\\.')} \\(.*fleet\\.yaml:2\\) is .*; it must be .*${allowed}`));
      expect(hint).toContain(`Write for example ${key}: `);
    });
  }

  test('in a variable: named as the variable, with an example that can be pasted', () => {
    const { message, hint } = inEnv({ ROUTEROS_MCP_TIMEOUTS_REQUEST_SECONDS: '5s' });
    expect(message).toBe('ROUTEROS_MCP_TIMEOUTS_REQUEST_SECONDS is "5s"; it must be a whole number of seconds from 61 to 3600.');
    expect(hint).toContain('ROUTEROS_MCP_TIMEOUTS_REQUEST_SECONDS=75');
    expect(inEnv({ ROUTEROS_MCP_ENVIRONMENTS: 'lab,,prod' }).message).toContain('ROUTEROS_MCP_ENVIRONMENTS is ["lab","","prod"]');
    expect(inEnv({ ROUTEROS_MCP_DATA_DIR: ' ' }).message).toContain('ROUTEROS_MCP_DATA_DIR is empty');
  });

  test('in a flag: named as the flag', () => {
    const { message, hint } = refusal(() => loadConfig({ env, flags: { 'policy.twoPersons': 'maybe' } }));
    expect(message).toContain('--policy-two-persons is "maybe"; it must be true or false');
    expect(hint).toContain('--policy-two-persons=true');
  });

  test('the example of every setting is one that is taken, in every layer', () => {
    for (const { key, variable, example, secret } of SETTINGS) {
      expect(() => loadConfig({ env: { ...env, [variable]: example } }), variable).not.toThrow();
      if (!secret) expect(() => loadConfig({ env, flags: { [key]: example } }), key).not.toThrow();
    }
  });

  test('a wrong value is refused in a layer that loses, too', () => {
    const file = put(home, 'hidden.yaml', 'logLevel: loud\n');
    expect(refusal(() => loadConfig({ file, env: { ...env, ROUTEROS_MCP_LOG_LEVEL: 'warn' } })).message).toContain(
      'hidden.yaml:1) is "loud"',
    );
  });

  test('all problems come at once', () => {
    const { message } = inFile('logLevel: loud\nfoo: 1\npoll: {intervalSeconds: 0}\n');
    expect(message).toContain('foo');
    expect(message).toContain('logLevel');
    expect(message).toContain('poll.intervalSeconds');
  });

  test('one setting twice in one file is refused with both lines', () => {
    const { message } = inFile('policy: {twoPersons: true}\npolicy.twoPersons: false\n');
    expect(message).toMatch(/policy\.twoPersons is set twice: .*:1 and .*:2/);
  });

  test('whatever a variable holds, the answer is a configuration or a ConfigError', () => {
    const variable = fc.constantFrom(...SETTINGS.map((setting) => setting.variable));
    fc.assert(
      fc.property(variable, fc.string({ unit: 'binary' }), (name, text) => {
        try {
          loadConfig({ env: { ...env, [name]: text } });
        } catch {
          expect(inEnv({ [name]: text }).message).toContain(name);
        }
      }),
    );
  });
});

describe('nearest', () => {
  test('finds the likely name and nothing else', () => {
    const names = ['poll.intervalSeconds', 'logLevel', 'dataDir'];
    expect(nearest('log-level', names)).toBe('logLevel');
    expect(nearest('dataDirr', names)).toBe('dataDir');
    expect(nearest('colour', names)).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });
});
