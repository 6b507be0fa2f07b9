import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Row } from './row.ts';

const FOLDER = path.resolve(import.meta.dirname, '../rows');

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && 'id' in value && 'measure' in value && typeof value.measure === 'function';

const numberOf = ({ id }: Row): number => Number(id.replace(/\D/g, ''));

/** All rows, in the order of their numbers. A new file is a new row. */
export async function findRows(): Promise<readonly Row[]> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
  const found = await Promise.all(
    files.map(async (name) => {
      const exported: unknown = await import(pathToFileURL(path.join(FOLDER, name)).href);
      const rows = Object.values(exported ?? {}).filter(isRow);
      if (rows.length === 0) throw new Error(`bench/rows/${name} exports no row`);
      return rows;
    }),
  );
  return found.flat().toSorted((a, b) => numberOf(a) - numberOf(b));
}
