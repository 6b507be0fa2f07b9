import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * What a process must find that takes over the work of one that died: notes of the journal, what a person asked of a run meanwhile.
 * A paused target holds no router: another plan may go on with it.
 */
export const durableRuns: Migration = {
  to: 4,
  about: 'runs that outlive their process',
  statements: (db) => [
    db.schema.alterTable('journal').addColumn('note', 'text'),
    db.schema.alterTable('runs').addColumn('wanted', 'text', (column) => column.notNull().defaultTo('go')),
    db.schema.dropIndex('targets_one_live_per_device'),
    db.schema
      .createIndex('targets_one_live_per_device')
      .on('targets')
      .column('device_id')
      .unique()
      .where(sql<boolean>`state in ('executing', 'rolling-back')`),
    db.schema.createIndex('journal_by_target').on('journal').columns(['plan_id', 'device_id', 'position']),
    db.schema.createIndex('runs_open').on('runs').column('started_at').where(sql<boolean>`ended_at is null`),
  ],
};
