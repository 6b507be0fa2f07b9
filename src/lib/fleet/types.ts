import type { Consent } from '../capability/define.ts';
import type { Transport } from '../client/fallback.ts';
import type { Actor } from '../core/actor.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import type { Device } from '../device/device.ts';
import type { Intent } from '../plan/intent.ts';
import type { RolloutOptions } from '../plan/rollout.ts';
import type { Approval, JournalRecord, Outcome, Plan, PlanState, TargetState } from '../plan/types.ts';
import type { LedgerFilter, LedgerRecord, Run } from '../store/store.ts';
import type { ApproverView, EnrolRequest, KeyAccess } from './approvers.ts';
import type {
  DeviceChange,
  DeviceInput,
  DeviceSight,
  DeviceTest,
  DeviceView,
  HopInput,
  HostKeyRequest,
  Probe,
  SightRequest,
} from './device-types.ts';
import type { Control, JobView } from './jobs.ts';
import type { PlanComparison } from './plan-compare.ts';
import type { ImportedPlan } from './plan-file.ts';
import type {
  ExportRequest,
  ExportResult,
  ReadRequest,
  ReadResult,
  RunOptions,
  RunRequest,
  RunResult,
  ViewRequest,
  ViewResult,
} from './read-types.ts';
import type { ResolveRequest } from './resolve.ts';

export interface PlanRequest extends Manner {
  readonly device: string;
  /** In the order in which they are to be done. They may touch several menus. */
  readonly intents: readonly Intent[];
  readonly summary?: string;
  readonly recipe?: string;
  /** What is otherwise refused, and is accepted by its name. */
  readonly accepts?: readonly Consent[];
}

/** How a plan is checked and carried out, besides what it changes. */
export interface Manner {
  /** What must hold afterwards: `ping 8.8.8.8`, `bgp upstream established`. */
  readonly checks?: readonly string[];
  /** How long (seconds) a changed router is watched; the setting by default. */
  readonly soakSeconds?: number;
  /** How long (seconds) the router waits for the confirmation before it goes back by itself; the setting by default. */
  readonly guardSeconds?: number;
}

/** The same changes for several routers, as one plan. */
export interface PlanManyRequest extends Omit<PlanRequest, 'device' | 'recipe'> {
  readonly devices: readonly string[];
  readonly rollout?: RolloutOptions;
}

export interface RecipeManyRequest extends Omit<RecipeRequest, 'device'>, Manner {
  readonly devices: readonly string[];
  readonly rollout?: RolloutOptions;
}

/** A router that is not part of a plan for many, and why. Without a code it needed nothing. */
export interface Unplanned {
  readonly device: string;
  readonly code: ErrorCode | null;
  readonly why: string;
}

export interface RecipeRequest {
  readonly device: string;
  readonly recipe: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A plan and where it stands. */
export interface PlanView {
  readonly plan: Plan;
  readonly state: PlanState;
  readonly targets: readonly { readonly deviceId: string; readonly state: TargetState; readonly outcome?: Outcome }[];
  /** Without nonce and MAC. */
  readonly approval?: Pick<Approval, 'by' | 'kind' | 'rule' | 'issuedAt' | 'expiresAt' | 'consumedAt'>;
  readonly decision?: { readonly by: string; readonly at: number; readonly reason: string };
  readonly runs: readonly Run[];
  /** What approving this plan asks of a person. */
  readonly approvalNeeds: ApprovalNeeds;
}

export interface ApprovalNeeds {
  /** A name to be typed exactly, or null where a yes is enough. */
  readonly typedName: string | null;
  /** A terminal must be attached. */
  readonly terminal: boolean;
  /** The person's approver key must sign. */
  readonly approverKey?: true;
  /** Sentences for the person: why this is asked. */
  readonly because: readonly string[];
}

/** Empty changes means: what was asked for is already so. */
export interface PlanResult {
  readonly planned: boolean;
  readonly view?: PlanView;
  /** For a plan of several routers: those that are not part of it. */
  readonly unplanned?: readonly Unplanned[];
}

export interface ApplyRequest {
  readonly planId: string;
  /** Optional: the approval in the store is enough. A token given must be of this plan. */
  readonly token?: string;
}

export interface DeviceSample {
  readonly deviceId: string;
  readonly at: number;
  /** `down` carries the code of the error that said so. */
  readonly status: 'up' | 'down';
  readonly code?: ErrorCode;
  /** Which one served it; null while it is down. */
  readonly transport: Transport | null;
  readonly cpuLoad: number | null;
  readonly memoryUsed: number | null;
  readonly memoryTotal: number | null;
  readonly uptimeSeconds: number | null;
  readonly identity: string | null;
  readonly version: string | null;
  readonly board: string | null;
  /** Milliseconds the router took to answer. */
  readonly took: number;
}

export type FleetEvent =
  /** Somebody, here or in another process, committed: read again what is shown. */
  | { readonly type: 'store-changed' }
  | { readonly type: 'sample'; readonly sample: DeviceSample }
  | { readonly type: 'target-state'; readonly planId: string; readonly deviceId: string; readonly state: TargetState }
  | { readonly type: 'step'; readonly planId: string; readonly deviceId: string; readonly record: JournalRecord; readonly steps: number };

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Polls every router at this interval (milliseconds); without it nothing is sent to routers. */
  readonly pollEvery?: number;
}

export interface HistoryRequest extends LedgerFilter {
  readonly device?: string;
}

/** Door 1: for any caller, people and machines. */
export interface Fleet extends AsyncDisposable {
  readonly actor: Actor;
  /** Runs the same fleet for another actor (an MCP client, say); closing it does not close this one. */
  as(actor: Actor): Fleet;

  devices(): Promise<readonly DeviceView[]>;
  device(idOrName: string): Promise<DeviceView>;
  read(request: ReadRequest, options?: { readonly signal?: AbortSignal }): Promise<ReadResult>;
  /** A harmless command of the catalog (`dns-flush`). */
  run(request: RunRequest, options?: RunOptions): Promise<RunResult>;
  /** Reads over several menus of one router, put together (`system-overview`). */
  view(request: ViewRequest, options?: { readonly signal?: AbortSignal }): Promise<ViewResult>;
  sample(device: string): Promise<DeviceSample>;
  /** The configuration as a script: over SSH where it is set up, else over REST, which gives up after 60 s. */
  export(request: ExportRequest, options?: { readonly signal?: AbortSignal }): Promise<ExportResult>;

  plan(request: PlanRequest): Promise<PlanResult>;
  planRecipe(request: RecipeRequest): Promise<PlanResult>;
  /** One plan for several routers, carried out wave by wave. */
  planMany(request: PlanManyRequest | RecipeManyRequest): Promise<PlanResult>;
  /** Plans, lets a policy rule approve where one does, applies. Where none does the plan waits for a person (`applied: false`). */
  direct(request: PlanRequest | RecipeRequest): Promise<PlanResult & { readonly applied: boolean; readonly waitsBecause?: string }>;
  plans(filter?: { readonly state?: PlanState; readonly device?: string; readonly limit?: number }): Promise<readonly PlanView[]>;
  showPlan(planId: string): Promise<PlanView>;
  journal(planId: string): Promise<readonly JournalRecord[]>;
  /** Ends in a named state, of which `stale` is one; throws only what kept it from starting (not approved, denied, unreachable). */
  apply(request: ApplyRequest): Promise<PlanView>;
  /** As `apply`, without waiting for the end: answers once the run has begun. */
  start(request: ApplyRequest): Promise<Started>;
  job(jobId: string): Promise<JobView>;
  /** Newest first. */
  jobs(filter?: { readonly open?: true; readonly limit?: number }): Promise<readonly JobView[]>;
  /** Pauses, resumes or calls off a plan under way, whichever process is at work on it. */
  control(planId: string, what: Control): Promise<JobView>;
  /** Takes up runs whose process died: finishes them, or takes back what they left in the middle. Answers the plans it took up. */
  recover(): Promise<readonly string[]>;
  /** The plan of a file (`readPlanFile`) in this store: found, or made anew from it, to be approved like any other. */
  importPlan(document: unknown): Promise<ImportedPlan>;
  /** Are the routers of a plan (an id, or the document of a file) still what it was made from? Reads only. */
  comparePlan(what: unknown): Promise<PlanComparison>;
  /** A new plan that undoes a completed one, to be approved like any other. */
  rollback(planId: string): Promise<PlanResult>;

  history(request?: HistoryRequest): Promise<readonly LedgerRecord[]>;
  verifyLedger(): Promise<LedgerVerdict>;
  watch(options: WatchOptions): AsyncIterable<FleetEvent>;
  close(): Promise<void>;
}

/** Without a job the plan was over before anything was begun: it is stale, or there was nothing to do. */
export interface Started {
  readonly jobId?: string;
}

export interface LedgerVerdict {
  readonly ok: boolean;
  readonly records: number;
  readonly chains: number;
  readonly problems: readonly { readonly chain: string; readonly seq: number; readonly problem: string }[];
}

/** Door 2: for people only. No MCP module may reach it. */
export interface Operator extends AsyncDisposable {
  readonly fleet: Fleet;
  approve(
    planId: string,
    options?: { readonly typedName?: string; readonly approverKey?: KeyAccess },
  ): Promise<{ readonly view: PlanView; readonly token: Secret }>;
  reject(planId: string, reason: string): Promise<PlanView>;
  /** Closes a plan that is stuck on a router, after a person has looked at it. */
  resolve(planId: string, request: ResolveRequest): Promise<PlanView>;
  /** Makes an Ed25519 key for the person who asks; approvals that policy wants signed are signed with it. */
  enrolApprover(request: EnrolRequest): Promise<ApproverView>;
  approvers(): Promise<readonly ApproverView[]>;
  revokeApprover(keyIdStart: string): Promise<ApproverView>;
  probe(address: string, options?: { readonly via?: readonly HopInput[] }): Promise<Probe>;
  /** The host key an SSH server shows, as `SHA256:...`, before any account is named there. */
  probeHostKey(request: HostKeyRequest): Promise<string>;
  /** What an enrolled router shows now, beside what was accepted: for whoever must decide whether a change is right. */
  seeDevice(idOrName: string, other?: SightRequest): Promise<DeviceSight>;
  addDevice(input: DeviceInput): Promise<DeviceView>;
  /** Changes how a device is reached or what may be done on it. A new way is tried before it is kept. */
  updateDevice(idOrName: string, change: DeviceChange): Promise<DeviceView>;
  removeDevice(idOrName: string): Promise<DeviceView>;
  testDevice(idOrName: string): Promise<DeviceTest>;
  close(): Promise<void>;
}

export type { Actor, Device };
