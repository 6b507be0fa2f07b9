import { type Capability, type Fleet, iso, type ReadRequest } from '../../lib/index.ts';
import { DEFAULT_TOKENS, fitting, HARD_TOKENS } from '../budget.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { type OutputSchema, outputSchemaOf } from '../schema.ts';
import { itemText, tableText } from '../table.ts';
import type { Answer } from '../tool.ts';
import { chosenFields, rowOf, spokenRow } from './rows.ts';

export const READ_OUTPUT: OutputSchema = outputSchemaOf({
  device: { type: 'object' },
  read_at: { type: 'string' },
  missing: { type: 'string' },
  total: { type: 'integer' },
  returned: { type: 'integer' },
  next_cursor: { type: 'string' },
  items: { type: 'array', items: { type: 'object' } },
});

export interface ReadWish {
  readonly device: string;
  readonly capability: Capability;
  /** One row, by its RouterOS id. */
  readonly id?: string;
  readonly where?: Readonly<Record<string, unknown>>;
  readonly fields?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

const PAGE = 100;

/** Reads one page of a menu and answers as much of it as the budget allows. */
export async function readAnswer(fleet: Fleet, wish: ReadWish, signal: AbortSignal): Promise<Answer> {
  const { capability } = wish;
  const position = readCursor(wish.cursor);
  const fields = chosenFields(capability, wish.fields);
  const size = wish.limit ?? PAGE;
  const request: ReadRequest = {
    device: wish.device,
    capability: capability.id,
    ...(wish.where && Object.keys(wish.where).length > 0 && { where: wish.where }),
    ...(wish.id !== undefined && { id: wish.id }),
    ...(fields && { fields }),
    ...(capability.shape !== 'singleton' && { limit: Math.min(1_000, position.skip + size) }),
    ...(position.after !== undefined && { cursor: position.after }),
  };
  const result = await fleet.read(request, { signal });
  const rows = result.items.slice(position.skip, position.skip + size).map((item) => rowOf(capability, item, fields));
  const shown = fitting(rows, wish.limit === undefined ? DEFAULT_TOKENS - 150 : HARD_TOKENS - 150);
  const next = nextPosition();
  const data = {
    device: result.device,
    capability: capability.id,
    read_at: iso(result.readAt),
    ...(result.transport === 'ssh' && { transport: result.transport }),
    ...(result.missing !== undefined && { missing: result.missing }),
    total: result.total,
    returned: shown.length,
    ...(next !== undefined && { next_cursor: next }),
    items: shown,
  };
  return { data, text: readText(), untrusted: true };

  function nextPosition(): string | undefined {
    const end = position.skip + shown.length;
    if (end < result.items.length) return writeCursor({ ...position, skip: end });
    return result.nextCursor === undefined ? undefined : writeCursor({ after: result.nextCursor, skip: 0 });
  }

  function readText(): string {
    if (result.missing !== undefined) return `${capability.id} is ${result.missing} (${result.device.name}).`;
    const head = `${capability.id} of ${result.device.name}, read ${data.read_at}: ${shown.length} of ${result.total}.${
      result.transport === 'ssh' ? ' Served over SSH: REST does not answer.' : ''
    }`;
    const rest = next === undefined ? '' : ` The rest: cursor=${next}. Narrower rows: fields. Longer pages: limit.`;
    const [only] = shown;
    if (only === undefined) return head;
    const spoken = shown.map((row) => spokenRow(capability, row));
    return `${head}${rest}\n${result.total === 1 ? itemText(spoken[0] ?? only) : tableText(spoken)}`;
  }
}
