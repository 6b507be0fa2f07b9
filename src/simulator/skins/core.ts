import { jumpDeviceClock } from '../device-clock.ts';
import { type Faults, faultList, type RequestFault, type Service } from '../faults.ts';
import { handle } from '../handle.ts';
import { servingLine, wait } from '../line.ts';
import { noise } from '../noise.ts';
import type { Outcome } from '../outcome.ts';
import type { SimRequest, SimResponse } from '../request.ts';
import { pathOf, type RequestLog, requestLog } from '../request-log.ts';
import type { RouterParts } from '../simulated-router.ts';
import { lost, mannerOf, stopped, unseen } from './befall.ts';
import { type Power, powerOf } from './power.ts';
import { type Trouble, troubleAfterAborts } from './trouble.ts';

/** One command of a console session. */
export interface ConsoleRequest {
  readonly line: string;
  /** Sessions wait for nobody but themselves. */
  readonly session: string;
  /** Runs it; answers what it prints, and how long it takes. */
  run(now: number): { readonly output: string; readonly elapsedMs: number };
}

/** A router as its doors see it: what becomes of a request, whichever way it comes. */
export interface Core {
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly power: Power;
  now(): number;
  pause(ms: number): Promise<void>;
  jumpClock(ms: number): void;
  /** A request; `open` says that it comes over a connection that was let in before. */
  exchange(request: SimRequest, service: Service, open?: true): Promise<Outcome>;
  command(request: ConsoleRequest): Promise<Outcome>;
  /** A client hung up on a request. */
  gaveUp(): void;
  /** The answer it would have had. */
  unheard(outcome: Outcome): void;
}

interface Works {
  readonly parts: RouterParts;
  readonly trouble: Trouble;
  now(): number;
}

interface Job {
  readonly request: SimRequest;
  readonly service: Service;
  /** Over a connection that is there already. */
  readonly open: boolean;
  /** Whoever has the same is served after one another. */
  readonly turn: string;
  answer(request: SimRequest, at: number): SimResponse;
  /** How long the command that was just run goes on. */
  takes?(): number;
}

const waitFor = (fault: RequestFault | undefined, { latencyMs, state }: RouterParts, number: number): number =>
  latencyMs + (fault?.kind === 'delay' ? fault.ms + Math.round((fault.jitterMs ?? 0) * noise(state().seed, 'jitter', number)) : 0);

/** The router's answer, or what a fault makes of it. */
function answered({ trouble, now }: Works, fault: RequestFault | undefined, number: number, { request, answer }: Job): Outcome {
  const at = now();
  const instead = unseen(fault, at);
  if (instead) return instead;
  const asked = fault?.kind === 'wrong-body' ? { ...request, method: 'GET', url: `/rest${fault.of ?? '/interface'}` } : request;
  const { silent, ...given } = answer(asked, at);
  if (fault?.kind === 'hang' || silent) return { fate: 'hang' };
  if (fault?.kind === 'lose-reply' || fault?.kind === 'reboot') return { fate: 'reset' };
  if (fault?.kind === 'abort-corruption') return trouble.instead(number, at);
  const manner = mannerOf(fault);
  return { fate: 'answer', now: at, ...given, ...(manner ? { manner } : {}) };
}

function consoleJob({ line, session, run }: ConsoleRequest): Job {
  let elapsedMs = 0;
  return {
    request: { method: 'SSH', url: line },
    service: 'ssh',
    open: true,
    turn: session,
    answer: (_, at) => {
      const ran = run(at);
      elapsedMs = ran.elapsedMs;
      return { status: 200, body: ran.output };
    },
    takes: () => elapsedMs,
  };
}

export function coreOf(parts: RouterParts): Core {
  const { clock, now } = parts;
  const faults = faultList();
  const log = requestLog(now);
  const line = servingLine();
  const trouble = troubleAfterAborts(clock, () => parts.state().seed);
  const power = powerOf(clock, parts.state, now);
  const works: Works = { parts, trouble, now };

  async function attend(job: Job): Promise<Outcome> {
    const { request, service } = job;
    const packet = { service, state: job.open ? 'established' : 'new', source: request.source } as const;
    const gone = power.down ? undefined : lost(parts.state(), packet, now());
    // What the router never got is in no log, and no rule counts it.
    if (gone) {
      log.lose();
      return gone;
    }
    const path = request.method === 'SSH' ? request.url : pathOf(request.url);
    const fault = faults.next({ method: request.method, path, service, at: clock.monotonic(), troubled: trouble.now });
    const number = log.arrive(request, service, fault);
    if (fault?.kind === 'clock-jump') jumpDeviceClock(parts.state(), fault.ms);
    const outcome: Outcome = power.down
      ? { fate: 'reset' }
      : (stopped(parts.state(), fault, request, service) ??
        (await line.run(job.turn, async () => {
          await wait(clock, waitFor(fault, parts, number));
          const outcome = answered(works, fault, number, job);
          await wait(clock, job.takes?.() ?? 0);
          return outcome;
        })));
    if (fault?.kind === 'reboot') power.reboot(fault.ms);
    else power.look();
    log.leave(number, outcome.fate === 'answer' ? outcome.status : undefined);
    return outcome;
  }

  return {
    faults,
    log,
    power,
    now,
    pause: (ms) => wait(clock, ms),
    jumpClock: (ms) => jumpDeviceClock(parts.state(), ms),
    exchange: (request, service, open) =>
      attend({
        request,
        service,
        open: open === true,
        turn: `${request.authorization ?? ''} ${request.source ?? parts.state().station}`,
        answer: (asked, at) => handle(parts.state(), asked, at),
      }),
    command: (request) => attend(consoleJob(request)),
    gaveUp: () => {
      if (faults.mindsAborts) trouble.begin();
    },
    unheard: (outcome) => trouble.leave(outcome),
  };
}
