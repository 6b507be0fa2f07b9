import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Keys of people, and what they sign. A key is enrolled once and revoked once: nothing else of it ever changes, and none is forgotten. */
export const approverKeys: Migration = {
  to: 3,
  about: 'approver keys, and signatures of approvals',
  statements: (db) => [
    db.schema.alterTable('approvals').addColumn('signature', 'text'),
    db.schema
      .createTable('approvers')
      .addColumn('position', 'integer', (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('public_key', 'text', (column) => column.notNull())
      .addColumn('enrolled_at', 'integer', (column) => column.notNull())
      .addColumn('enrolled_by', 'text', (column) => column.notNull())
      .addColumn('signed_by', 'text')
      .addColumn('signature', 'text')
      .addColumn('revoked_at', 'integer')
      .addColumn('revoked_by', 'text')
      .modifyEnd(sql`strict`),
    sql`create trigger approvers_no_delete before delete on approvers begin select raise(abort, 'records are append-only'); end`,
    sql`create trigger approvers_no_update before update on approvers when old.revoked_at is not null
      or new.id is not old.id or new.person is not old.person or new.public_key is not old.public_key
      or new.enrolled_at is not old.enrolled_at or new.enrolled_by is not old.enrolled_by
      or new.signed_by is not old.signed_by or new.signature is not old.signature
      begin select raise(abort, 'an enrolled key is only ever revoked'); end`,
  ],
};
