/** What becomes of a request on the wire. */
export type Outcome =
  | { readonly fate: 'answer'; readonly status: number; readonly body?: unknown; readonly now: number; readonly manner?: Manner }
  /** A web page of something that is no router. */
  | { readonly fate: 'page'; readonly text: string }
  /** Bytes that are no HTTP. */
  | { readonly fate: 'bytes'; readonly text: string }
  /** No byte and a clean end, as for a source that is not allowed. */
  | { readonly fate: 'close' }
  /** The connection breaks. */
  | { readonly fate: 'reset' }
  /** Nothing ever comes. */
  | { readonly fate: 'hang' };

/** How an answer crosses the wire when not at once. */
export interface Manner {
  /** In pieces of so many bytes. */
  readonly bytes?: number;
  /** A pause between them. */
  readonly everyMs?: number;
  /** How long the connection stays open after the last byte. */
  readonly lingerMs?: number;
}

/** Where bytes go; `false` from `write` is minded by nobody: answers are small. */
export interface Sink {
  write(bytes: Buffer): unknown;
  readonly destroyed?: boolean;
}

/** Writes in the given manner; stops when the other end has gone. */
export async function deliver(sink: Sink, content: Buffer, manner: Manner, pause: (ms: number) => Promise<void>): Promise<void> {
  const size = Math.max(1, Math.floor(manner.bytes ?? content.length));
  for (let at = 0; at < content.length && sink.destroyed !== true; at += size) {
    // Even without a pause a turn of the event loop lies between two pieces, so that they leave apart.
    if (at > 0) await pause(manner.everyMs ?? 1);
    sink.write(content.subarray(at, at + size));
  }
  if (manner.lingerMs !== undefined) await pause(manner.lingerMs);
}
