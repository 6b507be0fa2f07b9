import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Secret values that plans carry are kept apart from them, sealed, and destroyed when a plan ends; plans themselves stay for ever. */
export const planSecrets: Migration = {
  to: 5,
  about: 'sealed secrets of plans',
  statements: (db) => [
    db.schema
      .createTable('plan_secrets')
      .addColumn('ref', 'text', (column) => column.primaryKey().notNull())
      .addColumn('plan_id', 'text', (column) => column.notNull().references('plans.id'))
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .modifyEnd(sql`strict`),
    db.schema.createIndex('plan_secrets_by_plan').on('plan_secrets').columns(['plan_id', 'device_id']),
  ],
};
