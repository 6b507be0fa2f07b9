import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { Migration } from './migration.ts';

const HASH = 64;

/** Every table, from nothing. Plans, journal and ledger are append-only: triggers refuse what would change them. */
export const start: Migration = {
  to: 1,
  about: 'devices, plans, approvals, journal, ledger, leases',
  statements: (db) => [...devices(db), ...plans(db), ...runs(db), ...ledger(db), ...frozen()],
};

function devices(db: Kysely<Database>) {
  return [
    db.schema
      .createTable('devices')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('name_key', 'text', (column) => column.notNull().unique())
      .addColumn('hardware_id', 'text', (column) => column.unique())
      .addColumn('body', 'text', (column) => column.notNull())
      .modifyEnd(sql`strict`),
    db.schema
      .createTable('credentials')
      .addColumn('device_id', 'text', (column) => column.primaryKey().notNull().references('devices.id').onDelete('cascade'))
      .addColumn('sealed', 'text', (column) => column.notNull())
      .modifyEnd(sql`strict`),
    // A lease outlives its device and its holder: the fence only grows.
    db.schema
      .createTable('leases')
      .addColumn('device_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('holder', 'text')
      .addColumn('fence', 'integer', (column) => column.notNull())
      .addColumn('until', 'integer', (column) => column.notNull())
      .modifyEnd(sql`strict`),
  ];
}

function plans(db: Kysely<Database>) {
  return [
    db.schema
      .createTable('plans')
      .addColumn('position', 'integer', (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('created_at', 'integer', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .modifyEnd(sql`strict`),
    db.schema
      .createTable('targets')
      .addColumn('plan_id', 'text', (column) => column.notNull().references('plans.id'))
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text')
      .addPrimaryKeyConstraint('targets_key', ['plan_id', 'device_id'])
      .modifyEnd(sql`strict`),
    // Never two live writers on one router, whatever the programs above believe.
    db.schema
      .createIndex('targets_one_live_per_device')
      .on('targets')
      .column('device_id')
      .unique()
      .where(sql<boolean>`state in ('executing', 'paused', 'rolling-back')`),
    db.schema.createIndex('targets_by_device').on('targets').columns(['device_id', 'plan_id']),
    db.schema.createIndex('targets_by_state').on('targets').columns(['state', 'plan_id']),
    db.schema
      .createTable('decisions')
      .addColumn('plan_id', 'text', (column) => column.primaryKey().notNull().references('plans.id'))
      .addColumn('decided_by', 'text', (column) => column.notNull())
      .addColumn('at', 'integer', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .modifyEnd(sql`strict`),
    db.schema
      .createTable('approvals')
      .addColumn('plan_id', 'text', (column) => column.primaryKey().notNull().references('plans.id'))
      .addColumn('plan_hash', 'text', (column) => column.notNull())
      .addColumn('approved_by', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('rule', 'text')
      .addColumn('issued_at', 'integer', (column) => column.notNull())
      .addColumn('expires_at', 'integer', (column) => column.notNull())
      .addColumn('nonce_hash', 'text', (column) => column.notNull())
      .addColumn('mac', 'text', (column) => column.notNull())
      .addColumn('consumed_at', 'integer')
      .modifyEnd(sql`strict`),
  ];
}

function runs(db: Kysely<Database>) {
  return [
    db.schema
      .createTable('runs')
      .addColumn('position', 'integer', (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('plan_id', 'text', (column) => column.notNull().references('plans.id'))
      .addColumn('started_by', 'text', (column) => column.notNull())
      .addColumn('started_at', 'integer', (column) => column.notNull())
      .addColumn('ended_at', 'integer')
      .modifyEnd(sql`strict`),
    db.schema.createIndex('runs_by_plan').on('runs').column('plan_id'),
    db.schema
      .createTable('journal')
      .addColumn('position', 'integer', (column) => column.primaryKey())
      .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id'))
      .addColumn('plan_id', 'text', (column) => column.notNull().references('plans.id'))
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('phase', 'text', (column) => column.notNull())
      .addColumn('step', 'integer', (column) => column.notNull())
      .addColumn('stage', 'text', (column) => column.notNull())
      .addColumn('call', 'text', (column) => column.notNull())
      .addColumn('row_id', 'text')
      .addColumn('error', 'text')
      .addColumn('at', 'integer', (column) => column.notNull())
      .modifyEnd(sql`strict`),
    db.schema.createIndex('journal_by_plan').on('journal').columns(['plan_id', 'position']),
  ];
}

function ledger(db: Kysely<Database>) {
  return [
    db.schema
      .createTable('ledger')
      .addColumn('position', 'integer', (column) => column.primaryKey())
      .addColumn('format', 'integer', (column) => column.notNull())
      .addColumn('chain', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('at', 'integer', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('on_behalf_of', 'text')
      .addColumn('origin', 'text', (column) => column.notNull())
      .addColumn('device', 'text')
      .addColumn('environment', 'text')
      .addColumn('operation', 'text', (column) => column.notNull())
      .addColumn('plan', 'text')
      .addColumn('result', 'text', (column) => column.notNull())
      .addColumn('request_id', 'text', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .addColumn('previous', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addUniqueConstraint('ledger_key', ['chain', 'seq'])
      .addCheckConstraint('ledger_hashes', sql`length(previous) = ${sql.lit(HASH)} and length(hash) = ${sql.lit(HASH)} and seq > 0`)
      .modifyEnd(sql`strict`),
    db.schema.createIndex('ledger_by_device').on('ledger').columns(['device', 'position']),
    db.schema.createIndex('ledger_by_plan').on('ledger').columns(['plan', 'position']),
    db.schema.createIndex('ledger_by_operation').on('ledger').columns(['operation', 'position']),
  ];
}

/** No program of ours changes these rows; a fault in one is refused by the database. */
function frozen() {
  const refuse = (table: string, verb: 'update' | 'delete', why: string) =>
    sql`create trigger ${sql.id(`${table}_no_${verb}`)} before ${sql.raw(verb)} on ${sql.table(table)} begin select raise(abort, ${sql.lit(why)}); end`;
  return [
    refuse('plans', 'update', 'plans are immutable'),
    refuse('plans', 'delete', 'plans are immutable'),
    ...['journal', 'ledger', 'decisions'].flatMap((table) => [
      refuse(table, 'update', 'records are append-only'),
      refuse(table, 'delete', 'records are append-only'),
    ]),
  ];
}
