import path from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { type Directories, directories, type Environ, resolvePath } from './directories.ts';
import { chooseFile, readConfigFile } from './file.ts';
import { type Given, LAYERS, type Origin } from './origins.ts';
import { configError, type Problem, unknownName, wrongValue } from './problem.ts';
import { type Config, configSchema, nest, SETTINGS, type Setting } from './schema.ts';
import { fromEnvironment, fromFlags } from './text.ts';

export { describeConfig } from './describe.ts';

export interface LoadOptions {
  /** From `--config FILE`. Without it ROUTEROS_MCP_CONFIG counts, then `config.yaml|yml|toml` in the configuration directory of the user. */
  readonly file?: string | undefined;
  readonly env: Environ;
  /** By dotted key, as text or typed: `{ 'poll.intervalSeconds': '10' }`. A flag that is undefined was not given. */
  readonly flags?: Readonly<Record<string, unknown>>;
  /** Where relative paths of flags and variables start; the working directory by default. Those of a file start at the file. */
  readonly cwd?: string;
}

export interface LoadedConfig {
  readonly config: Config;
  /** By dotted key, one for every setting. */
  readonly origins: Readonly<Record<string, Origin>>;
  /** The file that was read, if any. */
  readonly file?: string;
}

interface Context {
  readonly cwd: string;
  readonly file: string | undefined;
  readonly places: Directories;
}

/** What one setting came to: a value with its origin, or what is wrong with it. */
interface Settled {
  readonly key: string;
  readonly value: unknown;
  readonly origin: Origin;
  readonly problem?: Problem;
}

/**
 * The settings in force: defaults, then the file, then the environment, then flags; the later one wins.
 * Nothing is read but the one file.
 *
 * @throws ConfigError naming every unknown name and every wrong value, in all layers, where each came from, what is allowed, and an example.
 * @example
 * const { config, origins } = loadConfig({ env: process.env, flags: { dataDir: '/tmp/fleet' } });
 * config.poll.intervalSeconds;  // 5
 * origins['dataDir'];           // { from: 'flag', where: '--data-dir' }
 */
export function loadConfig(options: LoadOptions): LoadedConfig {
  const places = directories(options.env);
  const cwd = path.resolve(options.cwd ?? '');
  const variable = options.env['ROUTEROS_MCP_CONFIG'];
  const file = chooseFile({ file: options.file, variable, configDirectory: places.config, cwd, home: places.home });
  const layers = [file === undefined ? [] : readConfigFile(file), fromEnvironment(options.env), fromFlags(options.flags ?? {})];
  const context: Context = { cwd, file, places };

  const given = layers.flatMap((layer) => layer.filter((one) => !isEmptyGroup(one)));
  const unknown = given.filter((one) => !SETTINGS.some((setting) => setting.key === one.key)).map(unknownName);
  const settled = SETTINGS.map((setting) => settle(setting, given, context));
  const problems = [...unknown, ...given.flatMap(twice), ...settled.flatMap(({ problem }) => problem ?? [])];
  if (problems.length > 0) throw configError(problems);
  refuseTwoKeys(settled);

  const config = configSchema.parse(nest(new Map(settled.map(({ key, value }) => [key, value]))));
  const origins = Object.fromEntries(settled.map(({ key, origin }) => [key, Object.freeze(origin)]));
  return Object.freeze({ config: freeze(config), origins: Object.freeze(origins), ...(file === undefined ? {} : { file }) });
}

/** `policy:` in a file whose members are all commented out. */
const isEmptyGroup = (one: Given): boolean => one.value === null && SETTINGS.some((setting) => setting.key.startsWith(`${one.key}.`));

/** YAML may hold one setting nested and flat (`policy.twoPersons: true`); which one counts would be a guess. */
function twice(one: Given, index: number, all: readonly Given[]): readonly Problem[] {
  const first = all.findIndex((other) => other.key === one.key && other.origin.from === one.origin.from);
  const other = all[first];
  if (first === index || other === undefined) return [];
  const message = `${one.key} is set twice: ${other.origin.where} and ${one.origin.where}.`;
  return [{ message, hint: 'Keep one of the two.', key: one.key, where: one.origin.where }];
}

function settle(setting: Setting, given: readonly Given[], context: Context): Settled {
  const mine = given.filter((one) => one.key === setting.key);
  // Every layer is checked, not only the one that wins: a wrong value that is hidden today surprises tomorrow.
  const problem = mine.map((one) => check(setting, one)).find((found) => found !== undefined);
  const winner = LAYERS.flatMap((layer) => mine.findLast((one) => one.origin.from === layer) ?? []).at(-1);
  if (winner === undefined) return preset(setting, context.places);
  const base = winner.origin.from === 'file' && context.file !== undefined ? path.dirname(context.file) : context.cwd;
  const isPath = setting.kind === 'path' && typeof winner.value === 'string' && problem === undefined;
  const value = isPath ? resolvePath(String(winner.value), base, context.places.home) : winner.value;
  return { key: setting.key, value, origin: winner.origin, ...(problem === undefined ? {} : { problem }) };
}

const check = (setting: Setting, one: Given): Problem | undefined =>
  one.value !== undefined && setting.schema.safeParse(one.value).success ? undefined : wrongValue(setting, one);

function preset(setting: Setting, places: Directories): Settled {
  const value = setting.key === 'dataDir' ? places.data : setting.preset;
  return { key: setting.key, value, origin: { from: 'default', where: value === undefined ? 'not set' : 'built in' } };
}

/** Two keys cannot both seal the credentials; which one was meant only its owner knows. */
function refuseTwoKeys(settled: readonly Settled[]): void {
  const keys = settled.filter(({ key, value }) => key.startsWith('encryptionKey') && value !== undefined);
  if (keys.length < 2) return;
  throw new ConfigError(`encryptionKey and encryptionKeyFile are both set (${keys.map(({ origin }) => origin.where).join(', ')}).`, {
    hint: 'Keep the one that holds the key.',
    details: { keys: keys.map(({ key, origin }) => ({ key, ...origin })) },
  });
}

/** At any depth: a rule of the policy lies three below. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}
