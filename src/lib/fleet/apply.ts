import type { LedgerEntry } from '../audit/seal.ts';
import { openWriter } from '../client/writer.ts';
import type { Actor } from '../core/actor.ts';
import { UnreachableError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import { changeTarget, type Held, recoverTarget, settleTarget, sweepTarget, takeBack } from '../plan/apply.ts';
import { isOneWay } from '../plan/one-way.ts';
import type { Failure } from '../plan/outcome.ts';
import type { ApplyPorts } from '../plan/ports.ts';
import { assertTransition } from '../plan/state.ts';
import type { Outcome, Plan, Target, TargetState } from '../plan/types.ts';
import type { StoreWrite } from '../store/store.ts';
import { healthChecks, type Visit } from './checks.ts';
import type { Context } from './context.ts';
import { guardWork } from './guard.ts';
import { journalWrites, leaseLost } from './journal.ts';
import type { HeldLease } from './lease.ts';
import { judgeSecrets, revealingWriter } from './plan-secrets.ts';
import { entry } from './record.ts';
import { upToDate } from './refresh.ts';
import { routerHistory } from './router-history.ts';
import { isSameBox, otherBox } from './same-box.ts';

/** One execution of a plan, of however many routers. */
export interface Job {
  readonly context: Context;
  readonly actor: Actor;
  readonly plan: Plan;
  readonly runId: string;
  readonly requestId: string;
  /** What uses up the approval and opens the run: with the first intent, and never again. */
  open(first: { readonly writes: readonly StoreWrite[]; readonly entries: readonly LedgerEntry[] }): Promise<void>;
  /** @throws CalledOff the time of the plan is over, or a person stopped it */
  mayGoOn(): Promise<void>;
  /** A request to it was not answered: nobody knows how it stands until it was looked at. */
  doubts(deviceId: string): void;
  /** Writes that end the run, if this target is the last. */
  ends(deviceId: string): Promise<readonly StoreWrite[]>;
}

/** The work on one router of a plan, under its lease. */
export interface TargetWork {
  /** The forward half. What it throws kept it from beginning: nothing was written. */
  change(): Promise<Held | Outcome>;
  settle(held: Held, stopped?: Failure): Promise<Outcome>;
  /** For a process that takes over what another left in the middle. */
  recover(state: TargetState): Promise<Outcome>;
  takeBack(why: Failure): Promise<Outcome>;
  /** Takes what is left of a guard off the router. */
  sweep(): Promise<void>;
  /** Records how it ended. */
  end(outcome: Outcome): Promise<void>;
  /** Where the target stands now. */
  state(): TargetState;
}

export async function workOn(job: Job, device: Device, target: Target, lease: HeldLease, from: TargetState): Promise<TargetWork> {
  const { context, plan } = job;
  const recorder = recorderOf(job, device, target, lease, from);
  const ports = await portsOf(job, device, target, lease, recorder);
  const journal = () => context.store.journal(plan.id, device.id);
  return {
    change: async () => (await otherBox(ports.reader, target, context.store.now())) ?? changeTarget(plan, target, ports),
    settle: settleTarget,
    recover: async (state) => recoverTarget(plan, target, ports, await journal(), state),
    takeBack: async (why) => takeBack(plan, target, ports, await journal(), why),
    sweep: async () => sweepTarget(plan, target, ports, await journal()),
    end: async (outcome) => {
      await recorder.move(outcome.state, outcome);
      // It is another version now. Who cannot be asked is asked at the next occasion.
      if (isOneWay(target) && outcome.state === 'completed') await refreshed(context, device).catch(() => undefined);
    },
    state: recorder.state,
  };
}

const refreshed = async (context: Context, device: Device): Promise<Device> =>
  upToDate(context, device, await context.routers.link(device));

/** Where a target stands, and every record of it: in one transaction with what it tells. */
function recorderOf(
  { context, actor, plan, runId, requestId, open, doubts, ends }: Job,
  device: Device,
  target: Target,
  lease: HeldLease,
  from: TargetState,
) {
  let state = from;
  const journal = journalWrites({ context, actor, device, plan, runId, requestId, hold: lease.hold });
  const announce = (to: TargetState): void => {
    state = to;
    context.events.emit({ type: 'target-state', planId: plan.id, deviceId: device.id, state: to });
  };
  const moved = (to: TargetState, outcome?: Outcome): StoreWrite => {
    assertTransition(state, to);
    return { kind: 'target-move', planId: plan.id, deviceId: device.id, from: state, to, ...(outcome && { outcome }) };
  };
  return {
    state: () => state,
    begin: async (first: Parameters<ApplyPorts['begin']>[0]) => {
      const { writes, entries } = journal.writes(first);
      await open({ writes: [moved('executing'), ...writes], entries });
      journal.announce(first, target.steps.length);
      announce('executing');
    },
    journal: async (record: Parameters<ApplyPorts['journal']>[0]) => {
      if (record.stage === 'unknown') doubts(device.id);
      await journal.store(record);
      journal.announce(record, target.steps.length);
    },
    move: async (to: TargetState, outcome?: Outcome) => {
      const result = to === 'completed' ? 'ok' : to === 'rolling-back' ? 'started' : 'failed';
      const details = { state: to, ...(outcome?.code && { code: outcome.code }) };
      const about = { device, plan: plan.id, requestId, details };
      const more = outcome ? await ends(device.id) : [];
      const writes = [lease.hold, moved(to, outcome), ...more];
      await context.ledger.commit(writes, [entry(actor, 'plan.apply', result, about)]).catch(leaseLost);
      announce(to);
    },
  };
}

async function portsOf(
  { context, plan, mayGoOn }: Job,
  device: Device,
  target: Target,
  lease: HeldLease,
  recorder: ReturnType<typeof recorderOf>,
): Promise<ApplyPorts> {
  const channel = await context.routers.channel(device);
  const link = await context.routers.link(device);
  const fresh: ApplyPorts['fresh'] = async () => {
    const line = await context.routers.fresh(device);
    return { ...line.link, close: line.close };
  };
  return {
    clock: context.clock,
    reader: link,
    writer: revealingWriter(context, plan, target, openWriter(channel)),
    judgeSecret: judgeSecrets(context, plan, target),
    capability: (id) => context.catalog.capability(id),
    fresh,
    begin: recorder.begin,
    journal: recorder.journal,
    rollingBack: () => recorder.move('rolling-back'),
    holdsLease: () => lease.check(),
    mayGoOn,
    guard: guardWork({ context, link, fresh, target }),
    checks: healthChecks({
      declared: [...plan.checks, ...target.checks],
      catalog: context.catalog,
      device,
      ...(device.ssh && { transports: { ssh: () => sshVisit(context, device) } }),
    }),
    sameBox: (reader) => isSameBox(reader, target),
    history: () => routerHistory(link, device),
  };
}

/** A reader over an SSH connection of its own. */
async function sshVisit({ routers }: Context, device: Device): Promise<Visit> {
  const line = await routers.fresh(device);
  const { ssh, close } = line;
  if (!ssh) throw new UnreachableError('SSH is not set up for this router.');
  return { read: (call, options) => ssh.read(call, options), close };
}
