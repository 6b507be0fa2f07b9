import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultRule } from './faults.ts';
import type { SimulatedRouter } from './simulated-router.ts';

/**
 * The control server, for tests in another process. On 127.0.0.1 and off unless asked for. Bodies and answers are JSON; `router` is the
 * name of one router, in the body or (GET, DELETE) in the query, and without it all are meant. What makes no sense is answered 400.
 *
 *   POST   /__sim/fault   adds a rule (see `FaultRule`), and answers when doors that it shuts are shut:
 *                         {"router": "edge-1", "method": "write", "nth": 2, "action": {"kind": "answer", "status": 400, "detail": "failure: no"}}
 *                         {"service": "ssh", "action": {"kind": "half-open"}}
 *   GET    /__sim/fault   the rules, with how often each matched and decided: {"routers": [{"name": ..., "faults": [{"rule", "seen", "fired"}]}]}
 *   DELETE /__sim/fault   takes all rules back; doors that were shut listen again
 *   GET    /__sim/log     requests in order per router, commands over SSH included: {"routers": [{"name", "url", "maxInFlight", "lost", "requests"}]}
 *   GET    /__sim/clock   {"now": ..., "offset": ...}
 *   POST   /__sim/clock   {"offset": 60000} sets how far all clocks are from the real one; {"router": "edge-1", "jump": -60000} moves one
 *                         router's clock, on top of that and for good
 *   POST   /__sim/renew   {"certificate": true} and {"hostKey": true} give routers others, as after a reset; answers the fingerprints
 */
export interface ControlParts {
  readonly routers: readonly SimulatedRouter[];
  now(): number;
  offset(): number;
  setClockOffset(ms: number): void;
}

class BadRequest extends Error {}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Falls through to the refusal below: what is not JSON is no request.
  }
  throw new BadRequest('send a JSON object');
}

function picked(parts: ControlParts, name: unknown): readonly SimulatedRouter[] {
  if (name === undefined || name === null) return parts.routers;
  const found = parts.routers.filter((router) => router.name === name);
  if (found.length === 0) throw new BadRequest(`there is no router called ${String(name)}`);
  return found;
}

type Control = (parts: ControlParts, named: (name?: unknown) => readonly SimulatedRouter[], body: Record<string, unknown>) => unknown;

const addFault: Control = async (_parts, named, { router, ...rule }) => {
  if (typeof rule['action'] !== 'object' || rule['action'] === null) throw new BadRequest('a fault needs an action');
  await Promise.all(named(router).map((one) => one.fault(rule as unknown as FaultRule)));
  return {};
};

const clearFaults: Control = async (_parts, named) => {
  await Promise.all(named().map((one) => one.clearFaults()));
  return {};
};

const logOf: Control = (_parts, named) => ({
  routers: named().map((one) => ({ name: one.name, url: one.url, maxInFlight: one.maxInFlight, lost: one.lost, requests: one.requests() })),
});

const setClock: Control = (parts, named, { router, offset, jump }) => {
  const given = jump ?? offset;
  if (typeof given !== 'number' || !Number.isFinite(given)) throw new BadRequest('offset or jump is a number of milliseconds');
  if (jump === undefined) parts.setClockOffset(given);
  else for (const one of named(router)) one.jumpClock(given);
  return { now: parts.now(), offset: parts.offset() };
};

const renew: Control = (_parts, named, { router, certificate, hostKey }) => ({
  routers: named(router).map((one) => ({
    name: one.name,
    ...(certificate === true && one.certificate ? { certificate: one.replaceCertificate() } : {}),
    ...(hostKey === true && one.hostKey ? { hostKey: one.changeHostKey() } : {}),
  })),
});

const CONTROLS: Readonly<Record<string, Control>> = Object.freeze({
  'POST /__sim/fault': addFault,
  'DELETE /__sim/fault': clearFaults,
  'GET /__sim/fault': (_parts, named) => ({ routers: named().map((one) => ({ name: one.name, faults: one.faults() })) }),
  'GET /__sim/log': logOf,
  'GET /__sim/clock': (parts) => ({ now: parts.now(), offset: parts.offset() }),
  'POST /__sim/clock': setClock,
  'POST /__sim/renew': renew,
});

async function reply(parts: ControlParts, request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const control = CONTROLS[`${request.method} ${url.pathname}`];
  const body = control && request.method === 'POST' ? await bodyOf(request) : {};
  return control?.(parts, (name = url.searchParams.get('router')) => picked(parts, name), body);
}

export async function startControl(parts: ControlParts): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' });
      response.end(JSON.stringify(body));
    };
    reply(parts, request).then(
      (body) => (body === undefined ? answer(404, { error: 'no such control' }) : answer(200, body)),
      (thrown: unknown) => {
        const ours = thrown instanceof BadRequest || thrown instanceof TypeError;
        answer(ours ? 400 : 500, { error: ours ? thrown.message : 'the control server failed' });
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
