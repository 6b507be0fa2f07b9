import type { Context } from '../context.ts';
import { notAllowed, Refusal, refuse } from '../errors.ts';
import { asText } from '../values.ts';
import { namedRows, type Values } from '../write.ts';
import { inspect } from './inspect.ts';
import { reboot } from './power.ts';
import { launch, runConsole } from './run.ts';

type Command = (context: Context, body: Values) => unknown;

const LARGEST_SCRIPT = 65_536;
/** A command that takes longer has its session closed under it. */
const CAP_MS = 60_000;

/** With `as-string` the words it printed, an error among them; else the id of a job that goes on by itself. */
const execute: Command = (context, body) => {
  if (body['script'] === undefined) throw refuse('missing =script=');
  const script = asText(body['script'], 'script');
  if (Buffer.byteLength(script, 'utf8') > LARGEST_SCRIPT) throw refuse('value of script is too long');
  if (!Object.hasOwn(body, 'as-string')) return { ret: launch(context.router, context, script, script) };
  const { output, elapsedMs } = runConsole(context.router, script, context);
  if (elapsedMs > CAP_MS) throw refuse('Session closed');
  return { ret: output.replace(/(?:\r\n)+$/, '') };
};

/** Runs a stored script and waits for it. */
const runScript: Command = (context, body) => {
  const [row] = namedRows(context.router, '/system/script', { '.id': body['.id'] ?? body['number'] ?? body['numbers'] });
  if (!row) throw refuse('missing =number=');
  const { error, elapsedMs } = runConsole(context.router, `/system/script/run ${row['.id'] ?? ''}`, context);
  if (elapsedMs > CAP_MS) throw refuse('Session closed');
  if (error?.startsWith('not enough permissions')) throw new Refusal(500, 'not enough permissions (9)');
  if (error !== undefined) throw refuse(error);
  return [];
};

/** Over REST an export goes into a file, and nowhere else. */
const exportToFile: Command = (context, body) => {
  if (body['file'] === undefined) throw refuse('missing =file=');
  const flags = ['compact', 'verbose', 'terse', 'hide-sensitive', 'show-sensitive'].filter((name) => Object.hasOwn(body, name));
  const file = asText(body['file'], 'file').replace(/["\\$]/g, '\\$&');
  const { error } = runConsole(context.router, `/export ${flags.join(' ')} file="${file}"`, context);
  if (error !== undefined) throw refuse(error);
  return [];
};

const restart: Command = ({ router, account, now }) => {
  if (!account.policies.has('reboot')) throw notAllowed();
  reboot(router, now);
  return [];
};

/** Commands of REST that need the console, by their whole path. */
export const CONSOLE_COMMANDS: Readonly<Record<string, Command>> = Object.freeze({
  '/execute': execute,
  '/export': exportToFile,
  '/system/script/run': runScript,
  '/system/reboot': restart,
  '/console/inspect': inspect,
});
