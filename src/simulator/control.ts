import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultRule } from './faults.ts';
import type { SimulatedRouter } from './simulated-router.ts';

/**
 * The control server, for tests in another process. On 127.0.0.1 and off unless asked for.
 *
 *   POST   /__sim/fault   {"router": "edge-1", "method": "write", "nth": 2, "action": {"kind": "answer", "status": 400, "detail": "failure: no"}}
 *   DELETE /__sim/fault   clears all rules, or those of `?router=edge-1`
 *   GET    /__sim/log     requests in order per router (`?router=edge-1` for one)
 *   GET    /__sim/clock   {"now": ..., "offset": ...}
 *   POST   /__sim/clock   {"offset": 60000}
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

async function reply(parts: ControlParts, request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const routers = (): readonly SimulatedRouter[] => picked(parts, url.searchParams.get('router'));
  switch (`${request.method} ${url.pathname}`) {
    case 'POST /__sim/fault': {
      const { router, ...rule } = await bodyOf(request);
      if (typeof rule['action'] !== 'object' || rule['action'] === null) throw new BadRequest('a fault needs an action');
      for (const one of picked(parts, router)) one.fault(rule as unknown as FaultRule);
      return {};
    }
    case 'DELETE /__sim/fault':
      for (const one of routers()) one.clearFaults();
      return {};
    case 'GET /__sim/log':
      return {
        routers: routers().map((one) => ({ name: one.name, url: one.url, maxInFlight: one.maxInFlight, requests: one.requests() })),
      };
    case 'GET /__sim/clock':
      return { now: parts.now(), offset: parts.offset() };
    case 'POST /__sim/clock': {
      const { offset } = await bodyOf(request);
      if (typeof offset !== 'number' || !Number.isFinite(offset)) throw new BadRequest('offset is a number of milliseconds');
      parts.setClockOffset(offset);
      return { now: parts.now(), offset };
    }
    default:
      return undefined;
  }
}

export async function startControl(parts: ControlParts): Promise<{ server: Server; url: string }> {
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
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
