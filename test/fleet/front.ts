import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { pem } from '../client/servers.ts';

/** A request on its way to a router. */
export interface Passing {
  readonly method: string;
  /** Without `/rest`. */
  readonly path: string;
  readonly body: string;
  /** Counted from 1 among the writes of plans; 0 for a read, and for what a guard writes. */
  readonly write: number;
}

export interface Hooks {
  /** Before the router sees it. What it throws, the router never sees: the connection breaks. */
  readonly before?: (passing: Passing) => void | Promise<void>;
  /** After the router did it, before anybody hears of it. */
  readonly after?: (passing: Passing) => void | Promise<void>;
}

/** A door in front of a router, to look at every request at the very moment when it would arrive; with a certificate, in TLS. */
export interface Front extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** May be exchanged at any time. */
  hooks: Hooks;
  /** `Authorization` headers seen. */
  readonly logins: readonly string[];
  /** Connections that are open now. */
  readonly open: number;
}

const WRITING = /^(?:PUT|PATCH|DELETE)$/;
/** Where the guard of a change lives: its writes are not those of the plan. */
export const GUARD = /^(?:\/rest)?\/(?:system\/(?:script|scheduler)(?:\/|$|\?)|execute$)/;
const WRITING_COMMAND = /\/(?:set|unset|move|add|remove|enable|disable)$/;

export async function openFront(
  to: string,
  { certificate, port = 0 }: { readonly certificate?: string; readonly port?: number } = {},
): Promise<Front> {
  let writes = 0;
  const logins: string[] = [];
  const sockets = new Set<object>();
  const server = certificate
    ? https.createServer({ cert: pem(`${certificate}.pem`), key: pem(`${certificate}.key`) })
    : http.createServer();
  let hooks: Hooks = {};
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('request', async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '' } = request;
    const changes = WRITING.test(method) || (method === 'POST' && WRITING_COMMAND.test(url));
    const isWrite = changes && !GUARD.test(url);
    if (isWrite) writes += 1;
    if (request.headers.authorization) logins.push(request.headers.authorization);
    const passing = { method, path: url.replace(/^\/rest/, ''), body: Buffer.concat(chunks).toString(), write: isWrite ? writes : 0 };
    try {
      await hooks.before?.(passing);
      const answer = await forward(to, request, passing.body);
      await hooks.after?.(passing);
      response.writeHead(answer.status, { connection: 'close', 'content-type': 'application/json' });
      response.end(answer.body);
    } catch {
      request.socket.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const own = (server.address() as AddressInfo).port;
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${own}`,
    port: own,
    logins,
    get hooks() {
      return hooks;
    },
    set hooks(other) {
      hooks = other;
    },
    get open() {
      return sockets.size;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(to: string, asked: http.IncomingMessage, body: string): Promise<{ readonly status: number; readonly body: Buffer }> {
  return new Promise((resolve, reject) => {
    const { authorization, 'content-type': type } = asked.headers;
    const headers = { ...(authorization && { authorization }), ...(type && { 'content-type': type }) };
    const request = http.request(`${to}${asked.url}`, { method: asked.method ?? 'GET', headers, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of response) chunks.push(chunk);
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) });
      } catch (thrown) {
        reject(thrown);
      }
    });
    request.on('error', reject);
    request.end(body === '' ? undefined : body);
  });
}
