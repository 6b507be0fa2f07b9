import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { cleanText, type Fleet, oneLine } from '../lib/index.ts';
import { keepRecovering } from './recovery.ts';
import type { Registry } from './registry.ts';
import { type Session, serverFactory, serveStreams } from './sdk.ts';
import { guardStdout } from './stdout-guard.ts';

/** What of a process is needed to be a server on its standard streams. */
export type StdioHost = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'on' | 'off'>;

export interface StdioOptions {
  readonly registry: Registry;
  readonly fleetFor: (clientName: string | undefined) => Fleet;
  readonly host: StdioHost;
  /** Whose runs are taken up when their process died; none where it is left out. */
  readonly fleet?: Fleet;
}

/** How long (ms) answers that are under way may still take when the client has closed its end. */
const GRACE = 1_500;

/**
 * Serves MCP on stdin and stdout until stdin closes or a signal asks to end, in both protocol eras. Nothing but protocol
 * reaches stdout. An apply that is under way is finished first: ending in the middle would leave it to recovery.
 */
export async function runStdio({ registry, fleetFor, host, fleet }: StdioOptions): Promise<void> {
  const { stdin } = host;
  const guard = guardStdout(host);
  const end = endOf(host, guard.wire);
  const log = (line: string): void => {
    host.stderr.write(`routeros-mcp mcp: ${cleanText(line)}\n`);
  };
  const kept = new Set<Promise<unknown>>();
  const session: Session = { fleetFor, keep: (work) => keepIn(kept, work), log };
  // Between stdin and the SDK, so that the end of stdin does not drop the answers that are still due.
  const pipe = new PassThrough();
  const onError = (error: Error): void => log(`protocol: ${oneLine(error.message, 200)}`);
  const connection = serveStreams(serverFactory(registry, session), pipe, guard.wire, onError);
  const recovery = fleet && keepRecovering(fleet, log);
  try {
    stdin.pipe(pipe, { end: false });
    await Promise.race([end.reached, connection.closed]);
    if (kept.size > 0) log('an apply is under way: it is finished first');
    await waitUntil(() => connection.gone() || (pipe.readableLength === 0 && connection.open() === 0));
    while (kept.size > 0) await Promise.allSettled(kept);
    await recovery?.stop();
    await waitUntil(() => connection.gone() || connection.open() === 0);
  } finally {
    // Where it was thrown as well: a timer must not outlive the server.
    void recovery?.stop();
    stdin.unpipe(pipe);
    stdin.pause();
    await connection.close();
    guard.release();
    end.release();
  }
}

function keepIn<Result>(kept: Set<Promise<unknown>>, work: Promise<Result>): Promise<Result> {
  const settled = work.catch(() => undefined).finally(() => kept.delete(settled));
  kept.add(settled);
  return work;
}

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const ENDS = ['end', 'close', 'error'] as const;

interface End {
  readonly reached: Promise<void>;
  release(): void;
}

/**
 * The end of a service: the client closed stdin or stopped reading, or a signal asks for it. Until it is released,
 * further signals do nothing: none of them may cut an apply that is being finished.
 */
function endOf(host: StdioHost, wire: NodeJS.EventEmitter): End {
  const { stdin: input } = host;
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = (): void => resolve();
  for (const name of ENDS) input.on(name, end);
  for (const name of SIGNALS) host.on(name, end);
  wire.on('error', end);
  if (input.readableEnded || input.destroyed) end();
  return {
    reached: promise,
    release: () => {
      for (const name of ENDS) input.off(name, end);
      for (const name of SIGNALS) host.off(name, end);
    },
  };
}

/** Waits, but not for ever: a client that is gone takes no answer. */
async function waitUntil(holds: () => boolean): Promise<void> {
  // At least one turn of the loop, so that a line read just now has become a request.
  for (let waited = 0; waited <= GRACE; waited += 10) {
    await wait(10);
    if (holds()) return;
  }
}
