/** What one command over SSH told, where it tells the same every time. */
export interface Told {
  readonly version: string;
  readonly board: string;
  readonly memoryTotal: string;
}

export interface Commands {
  /** Milliseconds for all of them, one after the other. */
  readonly wall: number;
  readonly told: readonly Told[];
}

/** The same command so many times, each after the answer to the one before. */
export async function inSeries(times: number, one: () => Promise<Readonly<Record<string, unknown>>>): Promise<Commands> {
  const rows: Readonly<Record<string, unknown>>[] = [];
  const before = performance.now();
  for (let index = 0; index < times; index += 1) rows.push(await one());
  const wall = performance.now() - before;
  return { wall, told: rows.map(toldBy) };
}

const toldBy = (row: Readonly<Record<string, unknown>>): Told => ({
  version: String(row['version']),
  board: String(row['board-name']),
  memoryTotal: String(row['total-memory']),
});
