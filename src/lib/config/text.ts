import { ConfigError } from '../core/errors.ts';
import type { Environ } from './directories.ts';
import type { Given, Origin } from './origins.ts';
import { SETTINGS, type Setting } from './schema.ts';

/** Variables with our prefix that are no settings: where the file is, and switches of the test suite. */
const OTHER_VARIABLES = /^ROUTEROS_MCP_(?:CONFIG$|TEST_)/;

/** The settings among the variables of the environment; names with our prefix that we do not know come along, to be refused. */
export function fromEnvironment(env: Environ): readonly Given[] {
  return Object.entries(env).flatMap(([name, text]): readonly Given[] => {
    if (text === undefined || !/^ROUTEROS_MCP_/i.test(name) || OTHER_VARIABLES.test(name)) return [];
    const setting = SETTINGS.find(({ variable }) => variable === name);
    const origin: Origin = { from: 'env', where: name };
    return [{ key: setting?.key ?? name, value: setting === undefined ? text : typed(setting, text), origin }];
  });
}

/** The settings among the flags, by dotted key. Secrets are no flags: a command line can be read by other users. */
export function fromFlags(flags: Readonly<Record<string, unknown>>): readonly Given[] {
  return Object.entries(flags).flatMap(([name, value]): readonly Given[] => {
    if (value === undefined) return [];
    const setting = SETTINGS.find(({ key }) => key === name);
    if (setting?.secret) throw noSecretFlag(setting);
    const origin: Origin = { from: 'flag', where: setting?.flag ?? name };
    return [
      {
        key: setting?.key ?? `--${name}`,
        value: setting !== undefined && typeof value === 'string' ? typed(setting, value) : value,
        origin,
      },
    ];
  });
}

const noSecretFlag = (setting: Setting): ConfigError =>
  new ConfigError(`${setting.key} is not taken from the command line, which other users of the machine can read.`, {
    hint: `Set ${setting.variable}, or write it into the configuration file.`,
    details: { key: setting.key, where: setting.flag },
  });

/** Text as the value it means; text that means none stays text, and the schema refuses it. */
function typed(setting: Setting, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  if (setting.kind === 'boolean') return /^(?:true|false)$/i.test(trimmed) ? trimmed.toLowerCase() === 'true' : trimmed;
  if (setting.kind === 'number') return /^-?\d+(?:\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
  if (setting.kind === 'table') return parsed(trimmed);
  if (setting.kind === 'list') return trimmed.split(',').map((member) => member.trim());
  return trimmed;
}

/** JSON; text that is none stays text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
