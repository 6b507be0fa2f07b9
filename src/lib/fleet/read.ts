import { acceptValue, requireField } from '../capability/accept.ts';
import { missingBecause } from '../capability/availability.ts';
import { type Decoded, decodeRow, fieldExists, wireName } from '../capability/codec.ts';
import type { Capability } from '../capability/define.ts';
import { kebab } from '../capability/field.ts';
import { columnsOf } from '../capability/present.ts';
import { transportOf } from '../client/fallback.ts';
import type { Reader, Row } from '../client/types.ts';
import type { Actor } from '../core/actor.ts';
import { InputError, RouterError } from '../core/errors.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { limitOf } from './limits.ts';
import { auditDenial } from './record.ts';
import { keepUpToDate } from './refresh.ts';
import type { ItemView, ReadRequest, ReadResult } from './types.ts';

const MOST = 1_000;

/** Reads one menu of one router, typed. A menu that the router lacks is data, with the reason. */
export async function read(
  context: Context,
  actor: Actor,
  request: ReadRequest,
  options: { readonly signal?: AbortSignal } = {},
): Promise<ReadResult> {
  const device = await requireDevice(context, request.device);
  const capability = context.catalog.capability(request.capability);
  const { version } = device.facts;
  const limit = limitOf(request.limit, MOST);
  const offset = offsetOf(request.cursor);
  const fields = request.fields?.map((written) => requireField(capability, written).name);
  const where = whereOf(capability, request.where ?? {}, version);
  const answer = {
    device: { id: device.id, name: device.name },
    capability: capability.id,
    readAt: context.store.now(),
  };
  const missing = missingBecause(capability, device.facts);
  const about = { device, details: { capability: capability.id } };
  const link = await auditDenial(context, actor, 'router.read', about, () => context.routers.reading(device));
  keepUpToDate(context, device);
  const rows = missing === undefined ? await rowsOf(link, capability, { fields, where, version }, options) : missing;
  if (typeof rows === 'string') return { ...answer, transport: 'rest', missing: rows, items: [], total: 0 };
  const transport = transportOf(rows) ?? 'rest';
  const decoded = rows.map((row) => decodeRow(capability, row, version));
  const page = decoded.slice(offset, offset + limit).map((row) => itemView(capability, row, fields, version));
  const more = offset + limit < decoded.length;
  return { ...answer, transport, items: page, total: decoded.length, ...(more && { nextCursor: cursorAt(offset + limit) }) };
}

interface Wanted {
  readonly fields: readonly string[] | undefined;
  readonly where: Row;
  readonly version: string;
}

async function rowsOf(
  reader: Reader,
  capability: Capability,
  { fields, where, version }: Wanted,
  options: { readonly signal?: AbortSignal },
): Promise<readonly Row[] | string> {
  const wire = fields?.flatMap((name) => {
    const field = capability.fields[name];
    return field && fieldExists(field, version) ? [wireName(name, field, version)] : [];
  });
  try {
    return await reader.read(
      {
        verb: 'read',
        menu: capability.menu,
        ...(wire && { fields: [...wire, 'dynamic'] }),
        ...(Object.keys(where).length > 0 && { where }),
      },
      options,
    );
  } catch (thrown) {
    if (thrown instanceof RouterError && thrown.code === 'NO_SUCH_MENU') return `not on this router: it has no menu ${capability.menu}`;
    throw thrown;
  }
}

/** Filters go to the router in its own spelling; it writes booleans as true and false. */
function whereOf(capability: Capability, where: Readonly<Record<string, unknown>>, version: string): Row {
  const row: Record<string, string> = {};
  for (const [written, value] of Object.entries(where)) {
    const { name, field } = requireField(capability, written);
    if (!fieldExists(field, version)) {
      throw new InputError(`${kebab(name)} does not exist on RouterOS ${version}.`, { code: 'UNKNOWN_FIELD', hint: 'Leave it out.' });
    }
    const text = field.kind.encode(acceptValue(capability.id, name, field, value));
    row[wireName(name, field, version)] = field.kind.shape.name === 'flag' ? String(text === 'yes') : text;
  }
  return row;
}

function itemView(capability: Capability, row: Decoded, fields: readonly string[] | undefined, version: string): ItemView {
  const item: Record<string, unknown> = row.id === '' ? {} : { id: row.id };
  const wanted = fields ?? Object.keys(capability.fields);
  const columns = fields ?? columnsOf(capability);
  for (const name of wanted) {
    const field = capability.fields[name];
    if (!field || !fieldExists(field, version)) continue;
    const value = row.item[name];
    if (value !== undefined) item[name] = value;
    else if (columns.includes(name)) item[name] = null;
  }
  if (row.dynamic) item['dynamic'] = true;
  if (Object.keys(row.extra).length > 0 && !fields) item['extra'] = row.extra;
  return item;
}

const cursorAt = (offset: number): string => Buffer.from(`row:${offset}`).toString('base64url');

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0;
  const found = /^row:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (found) return Number(found[1]);
  throw new InputError('The cursor is not one of ours.', { hint: 'Leave it out to start from the first row.' });
}
