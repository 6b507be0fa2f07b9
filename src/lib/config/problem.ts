import { oneLine } from '../core/clean.ts';
import { ConfigError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import type { Given, Layer } from './origins.ts';
import { SETTINGS, type Setting } from './schema.ts';

/** One thing that is wrong with a configuration: a sentence, the cure, and facts for a program. */
export interface Problem {
  readonly message: string;
  readonly hint: string;
  readonly key: string;
  readonly where: string;
}

/** `dataDir`, `ROUTEROS_MCP_DATA_DIR` or `--data-dir`: the name that belongs to the layer. */
export const nameIn = (layer: Layer, setting: Setting): string =>
  layer === 'env' ? setting.variable : layer === 'flag' ? setting.flag : setting.key;

const exampleIn = (layer: Layer, setting: Setting): string => {
  if (layer === 'env') return `${setting.variable}=${setting.example}`;
  if (layer === 'flag') return `${setting.flag}=${setting.example}`;
  if (setting.kind === 'table') return `${setting.key}: ${setting.example}`;
  const value = setting.kind === 'list' ? `[${setting.example.replaceAll(',', ', ')}]` : setting.example;
  return `${setting.key}: ${value}`;
};

/** A name that is no setting. */
export function unknownName(given: Given): Problem {
  const { from, where } = given.origin;
  const inGroup = SETTINGS.filter((setting) => setting.key.startsWith(`${given.key}.`));
  const names = SETTINGS.filter((setting) => from !== 'flag' || !setting.secret).map((setting) => nameIn(from, setting));
  const like = nearest(given.key, names);
  const found = from === 'file' ? ` (${where})` : '';
  return {
    message: `${oneLine(given.key, 80)}${found} is not a setting of routeros-mcp.`,
    hint:
      inGroup.length > 0
        ? `It is a group: ${inGroup.map((setting) => setting.key).join(', ')}.`
        : like === undefined
          ? `The settings are: ${names.join(', ')}.`
          : `Did you mean ${like}? The settings are: ${names.join(', ')}.`,
    key: given.key,
    where,
  };
}

/** A value that a setting cannot have. The value of a secret is never repeated. */
export function wrongValue(setting: Setting, given: Given): Problem {
  const { from, where } = given.origin;
  const name = nameIn(from, setting);
  const found = from === 'file' ? ` (${where})` : '';
  const empty = given.value === '' || given.value === null;
  const exactly = setting.problem?.(given.value);
  const shown =
    exactly !== undefined
      ? `cannot be used (${exactly})`
      : empty
        ? 'is empty'
        : setting.secret
          ? 'has a value that cannot be used'
          : `is ${show(given.value)}`;
  return {
    message: `${name}${found} ${shown}; it must be ${setting.allowed}.`,
    hint: `Write for example ${exampleIn(from, setting)}${empty ? ', or leave it out' : ''}. ${setting.about}`,
    key: setting.key,
    where,
  };
}

const show = (value: unknown): string => (typeof value === 'number' ? String(value) : oneLine(JSON.stringify(value) ?? typeof value, 60));

/** All problems in one error, so that they can be mended in one go. */
export function configError(problems: readonly Problem[]): ConfigError {
  return new ConfigError(problems.map((problem) => problem.message).join(' '), {
    hint: [...new Set(problems.map((problem) => problem.hint))].join(' '),
    details: { problems },
  });
}
