import { stamp } from '../../dates.ts';
import { deviceTime } from '../../device-clock.ts';
import { seenRows } from '../../print.ts';
import type { RouterState } from '../../state/router.ts';
import type { Row } from '../../state/row.ts';
import { hasMenu, menuSchema, newId, rowsOf, zone } from '../../state/tables.ts';
import { argumentOf, type Builtin, type Call, hasArgument, type Step } from '../machine.ts';
import { selected } from '../menu-commands/select.ts';
import { NIL, textOf } from '../value.ts';
import { NOT_EXPORTED, SECTIONS } from './order.ts';
import { commandsOf, type ExportStyle } from './rows.ts';
import { wrapped } from './text.ts';

const plainVersion = (version: string): string => version.split(' ')[0] ?? version;

const headline = (router: RouterState, now: number): string =>
  `# ${stamp(deviceTime(router, now), zone(router))} by RouterOS ${plainVersion(router.version)}`;

function header(router: RouterState, now: number): string[] {
  const board = rowsOf(router, '/system/routerboard')[0];
  const software = rowsOf(router, '/system/license')[0]?.['software-id'];
  const lines = [headline(router, now), `# software id = ${software ?? ''}`, '#'];
  if (board?.['routerboard'] !== 'true') return lines;
  return [...lines, `# model = ${board['model'] ?? ''}`, `# serial number = ${board['serial-number'] ?? ''}`];
}

/** The menus below a path, in the order of an export. */
function sections(router: RouterState, menu: string): string[] {
  const known = new Set([...router.recording.menus.keys(), ...router.tables.keys()]);
  const all = [...known].filter((path) => (menu === '/' || path === menu || path.startsWith(`${menu}/`)) && hasMenu(router, path));
  const exported = all.filter((path) => !NOT_EXPORTED.test(path) && canExport(router, path));
  const rank = (path: string): number => (SECTIONS.includes(path) ? SECTIONS.indexOf(path) : SECTIONS.length);
  return exported.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Only what can be set or added is configuration. */
function canExport(router: RouterState, menu: string): boolean {
  const schema = menuSchema(router, menu);
  return schema === undefined || schema.commands.has('add') || schema.commands.has('set');
}

function* rowsFor(call: Call, menu: string): Step<Row[]> {
  if (menu === call.command.menu && call.command.where) return yield* selected(call);
  const { router, account, now } = call.machine.context();
  return seenRows(router, menu, account, now);
}

function styleOf({ command, machine }: Call): ExportStyle {
  const may = machine.context().account.policies.has('sensitive');
  return { verbose: hasArgument(command, 'verbose'), secrets: may && hasArgument(command, 'show-sensitive') };
}

/** A file of that name is replaced. */
function save(router: RouterState, called: string, text: string, now: number): void {
  const name = called.endsWith('.rsc') ? called : `${called}.rsc`;
  const files = rowsOf(router, '/file');
  const known = files.find((row) => row['name'] === name);
  const contents = text.replaceAll('\n', '\r\n');
  const file: Row = {
    '.id': known?.['.id'] ?? newId(router, '/file'),
    contents,
    'last-modified': stamp(deviceTime(router, now), zone(router)),
    name,
    size: String(Buffer.byteLength(contents, 'utf8')),
    type: 'script',
  };
  if (known) Object.assign(known, file);
  else files.push(file);
}

/** `/export`, of everything or of one menu and what is below it. */
export const exportText: Builtin = function* (call) {
  const { machine, command } = call;
  const { router, now } = machine.context();
  const file = yield* argumentOf(call, 'file');
  const terse = hasArgument(command, 'terse');
  const lines = header(router, now);
  for (const menu of sections(router, command.menu)) {
    const commands = commandsOf(router, menu, yield* rowsFor(call, menu), styleOf(call));
    if (commands.length === 0) continue;
    const path = `/${menu.slice(1).replaceAll('/', ' ')}`;
    if (terse) lines.push(...commands.map((text) => `${path} ${text}`));
    else lines.push(path, ...commands.map((text) => wrapped(text, machine.width)));
  }
  const text = `${lines.join('\n')}\n`;
  if (file) save(router, textOf(file), text, now);
  else machine.write(text);
  return NIL;
};
