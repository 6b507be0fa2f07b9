/** One row as it is kept: every value is text. Keys that start with `~` are bookkeeping and never leave the router. */
export type Row = Record<string, string>;
