import type { Migration } from './migration.ts';

/** Two programs may change a device at once: the second must see that it was late. */
export const deviceRevision: Migration = {
  to: 2,
  about: 'a revision for each device',
  statements: (db) => [db.schema.alterTable('devices').addColumn('revision', 'integer', (column) => column.notNull().defaultTo(0))],
};
