import { InputError } from '../lib/index.ts';
import { isRecord } from './arguments.ts';
import { textParam } from './schema.ts';

/**
 * Where a list goes on. Opaque to the caller; `after` is the library's own cursor or the last row shown, `skip` the rows
 * of the library's page that were shown already, because an answer can be cut by its size in the middle of a page.
 */
export interface Position {
  readonly after?: string;
  readonly skip: number;
}

export const START: Position = { skip: 0 };

export const cursorParam = textParam({
  about: 'next_cursor, to go on.',
  example: '"…"',
  allowed: 'the next_cursor of an earlier answer',
});

export const writeCursor = (position: Position): string => Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');

/** @throws InputError for a text that is none of our cursors */
export function readCursor(text: string | undefined): Position {
  if (text === undefined) return START;
  const position = decode(text);
  if (isRecord(position)) {
    const { after, skip } = position;
    const goodSkip = typeof skip === 'number' && Number.isInteger(skip) && skip >= 0 && skip <= 1_000_000;
    if (goodSkip && (after === undefined || typeof after === 'string')) return after === undefined ? { skip } : { after, skip };
  }
  throw new InputError('cursor does not take this value: it takes the next_cursor of an earlier answer.', {
    hint: 'Leave it out to start at the beginning.',
    details: { field: 'cursor' },
  });
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
