import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { describeConfig } from '../../src/lib/config/describe.ts';
import { loadConfig } from '../../src/lib/config/load.ts';
import { SETTINGS } from '../../src/lib/config/schema.ts';
import { newHome, put, refusal } from './helpers.ts';

const home = newHome();
const env = { HOME: home };
const KEY = 'c0ffee-hunter2';

describe('the key', () => {
  for (const layer of ['file', 'env'] as const) {
    test(`from ${layer}: to be had by asking for it, and in no other way`, () => {
      const file = layer === 'file' ? put(home, 'key.yaml', `encryptionKey: ${KEY}\n`) : undefined;
      const loaded = loadConfig({ file, env: layer === 'env' ? { ...env, ROUTEROS_MCP_ENCRYPTION_KEY: KEY } : env });
      expect(loaded.config.encryptionKey?.reveal()).toBe(KEY);
      expect(loaded.origins['encryptionKey']?.from).toBe(layer);
      const rows = describeConfig(loaded);
      expect(rows.find(({ key }) => key === 'encryptionKey')?.value).toBe('[secret]');
      expect(`${JSON.stringify(loaded)}${inspect(loaded, { depth: 9 })}${JSON.stringify(rows)}`).not.toContain(KEY);
    });
  }

  test('a value that cannot be a key is not repeated', () => {
    const { message, everything } = refusal(() => loadConfig({ env, file: put(home, 'bad.yaml', 'encryptionKey: 31337\n') }));
    expect(message).toMatch(/^encryptionKey \(.*bad\.yaml:1\) has a value that cannot be used/);
    expect(everything).not.toContain('31337');
    expect(refusal(() => loadConfig({ env: { ...env, ROUTEROS_MCP_ENCRYPTION_KEY: '' } })).message).toContain('is empty');
  });

  test('is not taken from a flag, and not repeated there either', () => {
    const { message, hint, everything } = refusal(() => loadConfig({ env, flags: { encryptionKey: KEY } }));
    expect(message).toContain('not taken from the command line');
    expect(hint).toContain('ROUTEROS_MCP_ENCRYPTION_KEY');
    expect(everything).not.toContain(KEY);
  });

  test('and a file for it cannot both be set', () => {
    const { message, everything } = refusal(() =>
      loadConfig({ env: { ...env, ROUTEROS_MCP_ENCRYPTION_KEY: KEY }, flags: { encryptionKeyFile: '/k' } }),
    );
    expect(message).toContain('both set (ROUTEROS_MCP_ENCRYPTION_KEY, --encryption-key-file)');
    expect(everything).not.toContain(KEY);
  });
});

describe('describeConfig', () => {
  test('has a row for every setting, with its origin', () => {
    const rows = describeConfig(loadConfig({ env: { ...env, ROUTEROS_MCP_ENVIRONMENTS: 'lab' } }));
    expect(rows.map(({ key }) => key)).toEqual(SETTINGS.map(({ key }) => key));
    expect(rows.find(({ key }) => key === 'environments')).toEqual({
      key: 'environments',
      value: ['lab'],
      origin: 'env',
      where: 'ROUTEROS_MCP_ENVIRONMENTS',
    });
    expect(rows.find(({ key }) => key === 'encryptionKey')).toMatchObject({ value: null, origin: 'default', where: 'not set' });
    expect(rows.find(({ key }) => key === 'policy.twoPersons')).toMatchObject({ value: false, origin: 'default', where: 'built in' });
  });
});
