import { sql } from 'kysely';
import { ConfigError } from '../core/errors.ts';
import type { Driver } from './driver.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { build } from './schema.ts';

/** Marks a file as ours (SQLite's application id): `RoMC`. */
const OURS = 0x52_6f_4d_43;
const NEWEST = MIGRATIONS.at(-1)?.to ?? 0;

const version = sql<{ readonly user_version: number }>`pragma user_version`.compile(build);
const owner = sql<{ readonly application_id: number }>`pragma application_id`.compile(build);
const tables = sql<{ readonly name: string }>`select name from sqlite_schema limit 1`.compile(build);

/**
 * Brings a database to this program's schema, all of it or nothing.
 *
 * @throws ConfigError the database belongs to another program, or to a newer version of this one
 * @throws DriverFault
 */
export function migrate(driver: Driver): void {
  if (schemaVersion(driver) === NEWEST) return;
  driver.transaction('write', () => {
    // Read again under the lock: another process may have been faster.
    const from = schemaVersion(driver);
    for (const migration of MIGRATIONS) {
      if (migration.to <= from) continue;
      for (const statement of migration.statements(build)) driver.run(statement.compile(build));
    }
    driver.run(sql`pragma application_id = ${sql.lit(OURS)}`.compile(build));
    driver.run(sql`pragma user_version = ${sql.lit(NEWEST)}`.compile(build));
  });
}

/**
 * The schema version of a database that is ours, or empty. Nothing is changed.
 *
 * @throws ConfigError the database belongs to another program, or to a newer version of this one
 * @throws DriverFault
 */
export function schemaVersion(driver: Driver): number {
  const at = driver.all(version)[0]?.user_version ?? 0;
  const by = driver.all(owner)[0]?.application_id ?? 0;
  if (by !== OURS && (by !== 0 || at !== 0 || driver.all(tables).length > 0)) {
    throw new ConfigError(`The database ${driver.name} belongs to another program.`, { hint: 'Name another data directory.' });
  }
  if (at > NEWEST) {
    throw new ConfigError(`The database ${driver.name} was written by a newer routeros-mcp (schema ${at}; this one knows ${NEWEST}).`, {
      hint: 'Update routeros-mcp, or name another data directory.',
      details: { found: at, known: NEWEST },
    });
  }
  return at;
}
