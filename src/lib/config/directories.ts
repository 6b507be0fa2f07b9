import os from 'node:os';
import path from 'node:path';
import envPaths from 'env-paths';

const NAME = 'routeros-mcp';

export type Environ = Readonly<Record<string, string | undefined>>;

export interface Directories {
  readonly home: string;
  readonly config: string;
  readonly data: string;
}

/**
 * Where this user keeps configuration and data: the XDG directories; without them those of the platform.
 * Everything is taken from `env`, so that a test never meets the files of the person who runs it.
 */
export function directories(env: Environ, platform: string = os.platform()): Directories {
  const usual = platform === 'darwin' || platform === 'win32' ? envPaths(NAME, { suffix: '' }) : undefined;
  const home = absolute(env['HOME']) ?? os.homedir();
  const place = (variable: string, usually: string | undefined, ...below: readonly string[]): string => {
    const base = absolute(env[variable]);
    return base === undefined ? (usually ?? path.join(home, ...below, NAME)) : path.join(base, NAME);
  };
  return Object.freeze({
    home,
    config: place('XDG_CONFIG_HOME', usual?.config, '.config'),
    data: place('XDG_DATA_HOME', usual?.data, '.local', 'share'),
  });
}

/** The XDG specification asks for relative directories to be ignored. */
const absolute = (directory: string | undefined): string | undefined =>
  directory !== undefined && path.isAbsolute(directory) ? directory : undefined;

/** `~/key` and relative paths as absolute ones. */
export function resolvePath(text: string, base: string, home: string): string {
  const spelled = text.trim();
  return spelled === '~' || spelled.startsWith('~/') ? path.join(home, spelled.slice(1)) : path.resolve(base, spelled);
}
