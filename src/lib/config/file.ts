import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse as parseToml, TomlError } from 'smol-toml';
import { isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { ConfigError } from '../core/errors.ts';
import { resolvePath } from './directories.ts';
import type { Given } from './origins.ts';

const NAMES = ['config.yaml', 'config.yml', 'config.toml'];

interface Choice {
  /** From a flag. */
  readonly file: string | undefined;
  /** From ROUTEROS_MCP_CONFIG. */
  readonly variable: string | undefined;
  readonly configDirectory: string;
  readonly cwd: string;
  readonly home: string;
}

/** The configuration file that counts, or undefined where there is none. A file that was named must be there. */
export function chooseFile(choice: Choice): string | undefined {
  if (choice.file !== undefined) return resolvePath(choice.file, choice.cwd, choice.home);
  if (choice.variable === '') {
    throw new ConfigError('ROUTEROS_MCP_CONFIG is empty.', { hint: 'Set it to the path of a .yaml, .yml or .toml file, or unset it.' });
  }
  if (choice.variable !== undefined) return resolvePath(choice.variable, choice.cwd, choice.home);
  const there = NAMES.map((name) => path.join(choice.configDirectory, name)).filter((name) => statSync(name, { throwIfNoEntry: false }));
  if (there.length > 1) {
    throw new ConfigError(`There are ${there.length} configuration files: ${there.join(', ')}.`, {
      hint: 'Keep one of them, or name the one that counts with --config FILE or ROUTEROS_MCP_CONFIG.',
      details: { files: there },
    });
  }
  return there[0];
}

/**
 * The settings of a YAML or TOML file under dotted keys, each with its line. Values are not checked here.
 *
 * @throws ConfigError the file cannot be read, or is not what its extension says. The error never quotes the file, which may hold a key.
 */
export function readConfigFile(file: string): readonly Given[] {
  const extension = path.extname(file).toLowerCase();
  if (!['.yaml', '.yml', '.toml'].includes(extension)) {
    throw new ConfigError(`The configuration file ${file} is neither YAML nor TOML by its name.`, {
      hint: 'Name it with the extension .yaml, .yml or .toml.',
      details: { file },
    });
  }
  const text = readText(file).replace(/^\ufeff/, '');
  return extension === '.toml' ? readToml(file, text) : readYaml(file, text);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    const why = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a directory' : `cannot be read (${code})`;
    throw new ConfigError(`The configuration file ${file} ${why}.`, {
      hint: 'Check the path given with --config FILE or ROUTEROS_MCP_CONFIG, and who may read the file.',
      details: { file },
      cause,
    });
  }
}

const broken = (file: string, line: number, format: string, what: string): ConfigError =>
  new ConfigError(`${file}:${line} is not valid ${format}: ${what}.`, {
    hint: `Mend line ${line}, or the line before it, of the file.`,
    details: { file, line },
  });

function readYaml(file: string, text: string): readonly Given[] {
  const lines = new LineCounter();
  // Its own messages quote the text around a mistake; ours must not.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number | undefined): number => lines.linePos(offset ?? 0).line;
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw broken(file, lineOf(problem.pos[0]), 'YAML', problem.code.toLowerCase().replaceAll('_', ' '));
  visit(document, {
    Alias: (_, alias) => {
      throw broken(file, lineOf(alias.range?.[0]), 'YAML for a configuration', 'aliases are not supported');
    },
  });
  const walk = (node: Node | null, prefix: string, line: number): readonly Given[] => {
    if (!isMap<Node, Node | null>(node)) return [given(file, prefix, node === null ? null : node.toJS(document), line)];
    return node.items.flatMap((pair) => {
      const name = isScalar(pair.key) ? String(pair.key.value) : '';
      return walk(pair.value, prefix === '' ? name : `${prefix}.${name}`, lineOf(pair.key.range?.[0]));
    });
  };
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return [];
  if (!isMap(root)) throw broken(file, 1, 'YAML for a configuration', 'it must hold settings, one `name: value` a line');
  return walk(root, '', 1);
}

function readToml(file: string, text: string): readonly Given[] {
  const lines = tomlLines(text);
  const walk = (value: unknown, prefix: string): readonly Given[] => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) {
      return [given(file, prefix, value, lines.get(prefix))];
    }
    return Object.entries(value).flatMap(([name, member]) => walk(member, prefix === '' ? name : `${prefix}.${name}`));
  };
  try {
    return walk(parseToml(text), '');
  } catch (cause) {
    // No cause is passed on: its message quotes the file.
    if (cause instanceof TomlError) throw broken(file, cause.line, 'TOML', `there is a mistake at column ${cause.column}`);
    throw cause;
  }
}

const given = (file: string, key: string, value: unknown, line: number | undefined): Given => ({
  key,
  value,
  origin: { from: 'file', where: line === undefined ? file : `${file}:${line}` },
});

/** The parser keeps no positions; simple assignments are found by reading lines, others are named without one. */
function tomlLines(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let table = '';
  for (const [index, line] of text.split('\n').entries()) {
    table = /^\s*\[([^[\]]+)\]/.exec(line)?.[1]?.replaceAll(/[\s"']/g, '') ?? table;
    const name = /^\s*([\w."'-]+)\s*=/.exec(line)?.[1]?.replaceAll(/["']/g, '');
    if (name !== undefined) found.set(table === '' ? name : `${table}.${name}`, index + 1);
  }
  return found;
}
