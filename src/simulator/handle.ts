import { login, requireAccess, requireWrite, userOf } from './accounts.ts';
import { admit } from './admission.ts';
import { runCommand, SILENCE } from './commands/index.ts';
import { isDown } from './console/power.ts';
import { CONSOLE_COMMANDS } from './console/rest.ts';
import { tick } from './console/tick.ts';
import type { Context } from './context.ts';
import { errorAnswer, noIdentifier, noSuchCommand, noSuchDirectory, notFound, Refusal, refuse } from './errors.ts';
import { isMenuSomewhere } from './fixtures.ts';
import { hasFolder, lostWord } from './paths.ts';
import { pick, printRows, seenRows } from './print.ts';
import { menuOf, type ParsedRequest, type SimRequest, type SimResponse, splitUrl } from './request.ts';
import { afterWrite, beforeRequest, loginFailed, openSession } from './side-effects.ts';
import type { RouterState } from './state/router.ts';
import { findRow, hasMenu, kindOf, menuSchema, rowOr404 } from './state/tables.ts';
import { addRow, removeRow, requireListCommand, setRow } from './write.ts';

/**
 * One request to one router at one moment, and the router's answer. No sockets, no clocks: state is data in `router`, and a
 * request changes nothing but that.
 */
export function handle(router: RouterState, request: SimRequest, now: number): SimResponse {
  if (isDown(router, now)) return { status: 503, silent: true };
  try {
    tick(router, now);
    beforeRequest(router, now);
    const source = request.source ?? router.station;
    const account = login(router, request.authorization);
    if (!account) {
      if (request.authorization !== undefined) loginFailed(router, userOf(request.authorization), source, now);
      return errorAnswer(401);
    }
    requireAccess(account);
    openSession(router, account, source, now);
    return answer({ router, account, source, now, via: 'rest-api' }, mixedUp(router, request));
  } catch (thrown) {
    if (thrown instanceof Refusal) return errorAnswer(thrown.status, thrown.detail);
    throw thrown;
  }
}

/** For a moment after a start, readers hear what nobody asked. */
function mixedUp({ power }: RouterState, request: SimRequest): SimRequest {
  if (power.mixedAnswers === 0 || request.method.toUpperCase() !== 'GET') return request;
  power.mixedAnswers -= 1;
  return { ...request, url: request.url.startsWith('/rest/interface') ? '/rest/system/resource' : '/rest/interface' };
}

function answer(context: Context, request: SimRequest): SimResponse {
  const { path, query } = splitUrl(request.url);
  if (path[0] !== 'rest') return errorAnswer(404);
  const method = request.method.toUpperCase();
  const parsed: ParsedRequest = {
    method,
    path: path.slice(1),
    query,
    body: method === 'GET' || method === 'DELETE' ? {} : parseBody(request.body),
  };
  const verb = VERBS[method];
  if (!verb) throw noSuchCommand();
  return verb(context, parsed);
}

function parseBody(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined || text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('Invalid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('Invalid JSON');
  return value as Record<string, unknown>;
}

function get(context: Context, { path, query }: ParsedRequest): SimResponse {
  const { router, account, now } = context;
  const menu = menuOf(path);
  const words = query.filter(([name]) => name !== '.proplist').map(([name, value]) => `=${name}=${value}`);
  const listed = query.find(([name]) => name === '.proplist')?.[1];
  const proplist = listed === undefined ? undefined : listed.split(',').filter(Boolean);
  if (hasMenu(router, menu)) {
    const rows = printRows(router, menu, account, now, { proplist, query: words });
    return { status: 200, body: kindOf(router, menu) === 'singleton' ? (rows[0] ?? {}) : rows };
  }
  const parent = menuOf(path.slice(0, -1));
  const key = path.at(-1) ?? '';
  if (path.length === 0 || hasFolder(router, menu)) throw noSuchCommand();
  if (path.length < 2 || !hasMenu(router, parent)) throw noSuchDirectory(lostWord(router, path));
  if (menuSchema(router, parent)?.commands.has(key)) throw noSuchCommand();
  if (kindOf(router, parent) === 'singleton') throw noSuchDirectory(key);
  const stored = findRow(router, parent, key);
  if (!stored) throw isMenuSomewhere(menu) ? noSuchDirectory(key) : notFound();
  const seen = seenRows(router, parent, account, now).find((row) => row['.id'] === stored['.id']);
  return { status: 200, body: pick(seen ?? {}, proplist) };
}

/** The menu and the row a PATCH or a DELETE names. */
function target(router: RouterState, path: readonly string[]): { menu: string; key: string } {
  const menu = menuOf(path.slice(0, -1));
  if (hasMenu(router, menuOf(path)) || path.length < 2 || !hasMenu(router, menu)) throw noIdentifier();
  if (kindOf(router, menu) === 'singleton') throw noIdentifier();
  return { menu, key: path.at(-1) ?? '' };
}

function seen(context: Context, menu: string, id: string | undefined): unknown {
  return seenRows(context.router, menu, context.account, context.now).find((row) => row['.id'] === id) ?? {};
}

function put(context: Context, { path, body }: ParsedRequest): SimResponse {
  const menu = menuOf(path);
  requireListCommand(context.router, menu, 'add');
  admit(context, menu, body, 'add');
  const row = addRow(context.router, menu, body, context.account.name, context.now);
  afterWrite(context, { verb: 'add', menu, row, body });
  return { status: 201, body: seen(context, menu, row['.id']) };
}

function patch(context: Context, { path, body }: ParsedRequest): SimResponse {
  const { menu, key } = target(context.router, path);
  admit(context, menu, body);
  requireListCommand(context.router, menu, 'set');
  const row = rowOr404(context.router, menu, key);
  const before = setRow(context.router, menu, row, body, context.now);
  afterWrite(context, { verb: 'set', menu, row, before, body });
  return { status: 200, body: seen(context, menu, row['.id']) };
}

function del(context: Context, { path }: ParsedRequest): SimResponse {
  const { menu, key } = target(context.router, path);
  requireWrite(context.account, menu);
  const schema = menuSchema(context.router, menu);
  if (schema && !schema.commands.has('remove')) return errorAnswer(406, 'no such command or directory (remove)');
  const row = rowOr404(context.router, menu, key);
  const next = removeRow(context.router, menu, row);
  afterWrite(context, { verb: 'remove', menu, row, before: { ...row, ...(next === undefined ? {} : { '~next': next }) }, body: {} });
  return { status: 204 };
}

function post(context: Context, { path, body }: ParsedRequest): SimResponse {
  const { router } = context;
  const menu = menuOf(path);
  if (hasMenu(router, menu) && !menuSchema(router, menuOf(path.slice(0, -1)))?.commands.has(path.at(-1) ?? '')) {
    // Naming a menu names no command: an error, or on later versions silence.
    if (router.schema.traits.postOnMenu === 200) return { status: 200, body: [] };
    throw noSuchCommand();
  }
  const onConsole = CONSOLE_COMMANDS[menu];
  const reply = onConsole ? onConsole(context, body) : runCommand(context, path, body);
  return reply === SILENCE ? { status: 200, silent: true } : { status: 200, body: reply };
}

const VERBS: Readonly<Record<string, (context: Context, request: ParsedRequest) => SimResponse>> = Object.freeze({
  GET: get,
  PUT: put,
  PATCH: patch,
  DELETE: del,
  POST: post,
});
