import type { Context } from '../context.ts';
import { noSuchCommand, noSuchDirectory } from '../errors.ts';
import { hasFolder, lostWord } from '../paths.ts';
import { printCommand } from '../print.ts';
import { menuOf } from '../request.ts';
import { hasMenu, menuSchema } from '../state/tables.ts';
import type { Values } from '../write.ts';
import { LINKS } from './links.ts';
import { MAINTENANCE } from './maintenance.ts';
import { MONITORS } from './monitors.ts';
import { ping } from './ping.ts';
import { SAFE_MODE } from './safe-mode.ts';
import { TOOLS } from './tools.ts';
import { UPGRADE } from './upgrade.ts';
import { WRITES } from './writes.ts';

/** The answer of a command that never answers. */
export const SILENCE: unique symbol = Symbol('silence');

export type Command = (context: Context, body: Values, menu: string) => unknown;

/** Commands by their whole path. */
const BY_PATH: Readonly<Record<string, Command>> = Object.freeze({
  // Gone from the console tree in 7.23, and still answered over REST.
  '/ping': ping,
  '/tool/ping': ping,
  ...LINKS,
  ...MONITORS,
  ...TOOLS,
  ...MAINTENANCE,
  ...UPGRADE,
  ...SAFE_MODE,
});

/** `POST /rest/<path>/<command>`. */
export function runCommand(context: Context, path: readonly string[], body: Values): unknown {
  const { router } = context;
  const menu = menuOf(path.slice(0, -1));
  const name = path.at(-1) ?? '';
  const special = BY_PATH[menuOf(path)];
  if (special && (path.length === 1 || hasFolder(router, menu))) return special(context, body, menu);
  const belowCommand =
    Object.hasOwn(BY_PATH, menu) || menuSchema(router, menuOf(path.slice(0, -2)))?.commands.has(path.at(-2) ?? '') === true;
  if (!hasMenu(router, menu))
    throw belowCommand || hasFolder(router, menu) ? noSuchCommand() : noSuchDirectory(lostWord(router, path.slice(0, -1)));
  const schema = menuSchema(router, menu);
  if (name === 'print') return printCommand(router, menu, body, context.account, context.now);
  if (name === 'listen' && schema?.kind !== 'singleton') return SILENCE;
  const command = WRITES[name];
  if (!command || (schema && !schema.commands.has(name))) throw noSuchCommand();
  return command(context, body, menu);
}
