/** What becomes of a request on the wire. */
export type Outcome =
  | { readonly fate: 'answer'; readonly status: number; readonly body?: unknown; readonly now: number }
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
