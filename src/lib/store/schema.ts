import { DummyDriver, type Generated, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';

/** Every table, as its rows stand on disk: JSON is text, time is milliseconds since 1970, nothing is a boolean. */
export interface Database {
  devices: DevicesTable;
  credentials: { readonly device_id: string; sealed: string };
  plans: { readonly position: Assigned; readonly id: string; readonly hash: string; readonly created_at: number; readonly body: string };
  targets: { readonly plan_id: string; readonly device_id: string; readonly position: number; state: string; outcome: string | null };
  plan_secrets: { readonly ref: string; readonly plan_id: string; readonly device_id: string; readonly sealed: string };
  decisions: { readonly plan_id: string; readonly decided_by: string; readonly at: number; readonly reason: string };
  approvals: ApprovalsTable;
  approvers: ApproversTable;
  runs: {
    readonly position: Assigned;
    readonly id: string;
    readonly plan_id: string;
    readonly started_by: string;
    readonly started_at: number;
    ended_at: number | null;
    /** `go`, `pause` or `cancel`: what a person asked of it last. */
    wanted: Generated<string>;
  };
  journal: JournalTable;
  ledger: LedgerTable;
  leases: { readonly device_id: string; holder: string | null; fence: number; until: number };
}

/** Given by the database, in the order of insertion. */
type Assigned = Generated<number>;

interface DevicesTable {
  readonly id: string;
  /** The name without regard to case. */
  name_key: string;
  /** Null while nobody could ask the router. */
  hardware_id: string | null;
  body: string;
  revision: number;
}

interface ApprovalsTable {
  readonly plan_id: string;
  plan_hash: string;
  approved_by: string;
  kind: string;
  rule: string | null;
  issued_at: number;
  expires_at: number;
  nonce_hash: string;
  mac: string;
  /** JSON */
  signature: string | null;
  consumed_at: number | null;
}

interface ApproversTable {
  readonly position: Assigned;
  readonly id: string;
  readonly person: string;
  readonly public_key: string;
  readonly enrolled_at: number;
  readonly enrolled_by: string;
  readonly signed_by: string | null;
  readonly signature: string | null;
  revoked_at: number | null;
  revoked_by: string | null;
}

interface JournalTable {
  readonly position: Assigned;
  readonly run_id: string;
  readonly plan_id: string;
  readonly device_id: string;
  readonly phase: string;
  readonly step: number;
  readonly stage: string;
  readonly call: string;
  readonly row_id: string | null;
  readonly error: string | null;
  readonly note: string | null;
  readonly at: number;
}

interface LedgerTable {
  readonly position: Assigned;
  readonly format: number;
  readonly chain: string;
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly on_behalf_of: string | null;
  readonly origin: string;
  readonly device: string | null;
  readonly environment: string | null;
  readonly operation: string;
  readonly plan: string | null;
  readonly result: string;
  readonly request_id: string;
  readonly details: string;
  readonly previous: string;
  readonly hash: string;
}

/** Builds and compiles queries; it is connected to nothing and runs none of them. */
export const build = new Kysely<Database>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});
