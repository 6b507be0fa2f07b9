import type { CompiledQuery, Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** One step of the schema, as data. */
export interface Migration {
  /** The schema version it leads to; it starts from the one before. */
  readonly to: number;
  readonly about: string;
  readonly statements: (db: Kysely<Database>) => readonly Statement[];
}

interface Statement {
  compile(db: Kysely<Database>): CompiledQuery<unknown>;
}
