import { acceptValue, requireField } from '../capability/accept.ts';
import { missingBecause } from '../capability/availability.ts';
import { decodeRow, fieldExists, wireName } from '../capability/codec.ts';
import type { Capability } from '../capability/define.ts';
import { kebab } from '../capability/field.ts';
import { isRaw } from '../capability/raw.ts';
import { wireFields } from '../capability/read-call.ts';
import { transportOf } from '../client/fallback.ts';
import type { CallOptions, Link, ReadCall, Row } from '../client/types.ts';
import type { Actor } from '../core/actor.ts';
import { InputError, RouterError } from '../core/errors.ts';
import { isMenu } from '../insight/survey.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { itemView } from './item-view.ts';
import { limitOf } from './limits.ts';
import { type Page, readPage } from './page.ts';
import type { ReadRequest, ReadResult } from './read-types.ts';
import { auditDenial } from './record.ts';
import { keepUpToDate } from './refresh.ts';

const MOST = 1_000;

/** Reads one menu of one router, typed. A menu that the router lacks is data, with the reason. */
export async function read(context: Context, actor: Actor, request: ReadRequest, options: CallOptions = {}): Promise<ReadResult> {
  const device = await requireDevice(context, request.device);
  const capability = context.catalog.readable(request.capability);
  const { version } = device.facts;
  const limit = limitOf(request.limit, MOST);
  const offset = offsetOf(request.cursor);
  const fields = request.fields?.map((written) => requireField(capability, written).name);
  const call = callOf(capability, { ...request, ...(fields && { fields }) }, version);
  const answer = {
    device: { id: device.id, name: device.name },
    capability: capability.id,
    readAt: context.store.now(),
  };
  const about = { device, details: { capability: capability.id } };
  const link = await auditDenial(context, actor, 'router.read', about, () => context.routers.reading(device));
  keepUpToDate(context, device);
  const found = missingBecause(capability, device.facts) ?? (await pageOf(link, capability, call, { offset, limit }, options));
  if (typeof found === 'string') return { ...answer, transport: 'rest', missing: found, items: [], total: 0 };
  const items = found.rows.map((row) => itemView(capability, decodeRow(capability, row, version), fields, version));
  const more = offset + limit < found.total;
  return {
    ...answer,
    transport: found.transport,
    items,
    total: found.total,
    ...(more && { nextCursor: cursorAt(offset + limit) }),
  };
}

/** What is asked of the router: the fields wanted, and the conditions in its own spelling. */
export function callOf(capability: Capability, { id, where = {}, fields }: ReadRequest, version: string): ReadCall {
  const names = fields ?? (capability.large || capability.declaredOnly ? Object.keys(capability.fields) : undefined);
  const conditions = { ...whereOf(capability, where, version), ...(id !== undefined && { '.id': idOf(id) }) };
  return {
    verb: 'read',
    menu: capability.menu,
    ...(names && { fields: wireFields(capability, names, version) }),
    ...(Object.keys(conditions).length > 0 && { where: conditions }),
  };
}

async function pageOf(
  link: Link,
  capability: Capability,
  call: ReadCall,
  window: { readonly offset: number; readonly limit: number },
  options: CallOptions,
): Promise<(Page & Pick<ReadResult, 'transport'>) | string> {
  try {
    if (isRaw(capability.id)) await requireMenu(link, capability.menu, options);
    const page = capability.large && call.where?.['.id'] === undefined ? await readPage(link, call, window, options) : undefined;
    if (page) return { ...page, transport: 'rest' };
    const rows = await link.read(call, options);
    const shown = rows.slice(window.offset, window.offset + window.limit);
    return { rows: shown, total: rows.length, transport: transportOf(rows) ?? 'rest' };
  } catch (thrown) {
    if (thrown instanceof RouterError && thrown.code === 'NO_SUCH_MENU') return `not on this router: it has no menu ${capability.menu}`;
    throw thrown;
  }
}

/**
 * Nobody declared this path, and over REST a menu and a command look alike: the router itself says which it is before it is read.
 * @throws InputError it is no menu of this router
 */
async function requireMenu(link: Link, menu: string, options: CallOptions): Promise<void> {
  const words = menu.split('/').filter(Boolean);
  const args = { request: 'child', path: words.slice(0, -1).join(',') };
  const children = await link.run({ verb: 'run', menu: '/console', command: 'inspect', args }, options);
  if (children.some((child) => child['name'] === words.at(-1) && isMenu(child))) return;
  throw new InputError('This router has no menu of that path.', {
    code: 'NOT_ON_THIS_ROUTER',
    hint: 'A menu is written as /ip/firewall/filter; commands cannot be read.',
  });
}

/** Filters go to the router in its own spelling; it writes booleans as true and false. */
function whereOf(capability: Capability, where: Readonly<Record<string, unknown>>, version: string): Row {
  const row: Record<string, string> = {};
  for (const [written, value] of Object.entries(where)) {
    const { name, field } = requireField(capability, written);
    if (!fieldExists(field, version)) {
      throw new InputError(`${kebab(name)} does not exist on RouterOS ${version}.`, { code: 'UNKNOWN_FIELD', hint: 'Leave it out.' });
    }
    if (field.traits.secret)
      throw new InputError(`${kebab(name)} is secret: rows cannot be chosen by it.`, { code: 'READ_ONLY', hint: 'Leave it out.' });
    const text = field.kind.encode(acceptValue(capability.id, name, field, value));
    row[wireName(name, field, version)] = field.kind.shape.name === 'flag' ? String(text === 'yes') : text;
  }
  return row;
}

function idOf(id: string): string {
  if (/^\*[0-9A-Fa-f]{1,16}$/.test(id)) return id.toUpperCase();
  throw new InputError('This is no RouterOS id.', { hint: 'For example *1B, as reading the menu shows it.' });
}

/** A page that begins at this row. */
export const cursorAt = (offset: number): string => Buffer.from(`row:${offset}`).toString('base64url');

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0;
  const found = /^row:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (found) return Number(found[1]);
  throw new InputError('The cursor is not one of ours.', { hint: 'Leave it out to start from the first row.' });
}
