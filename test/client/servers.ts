import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';

/** One request as it came over the wire. */
export interface Asked {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** What a server says: nothing at all if it is `silent`. */
export type Answer =
  | { readonly status: number; readonly body?: string | Uint8Array; readonly headers?: http.OutgoingHttpHeaders }
  | 'silent';

export interface TestServer extends AsyncDisposable {
  /** With the scheme, on 127.0.0.1. */
  readonly url: string;
  readonly port: number;
  /** Requests in the order of their arrival. */
  readonly asked: readonly Asked[];
  /** Requests under way at once, at most. */
  readonly most: number;
  /** Connections, those that never asked anything included. */
  readonly connections: number;
  /** Connections that are open now. */
  readonly open: number;
  close(): Promise<void>;
}

export type Answering = (asked: Asked, nth: number, socket: net.Socket) => Answer | Promise<Answer>;

const LOCAL = '127.0.0.1';

/** What RouterOS says when there is nothing to say. */
export const NOTHING: Answer = { status: 200, body: '[]' };

/** JSON as RouterOS sends it. */
export const json = (value: unknown, status = 200): Answer => ({
  status,
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json' },
});

/** A refusal in the shape of RouterOS. */
export const refused = (status: number, detail?: string): Answer =>
  json({ ...(detail !== undefined && { detail }), error: status, message: http.STATUS_CODES[status] ?? 'Error' }, status);

/** An HTTP server on a free port of 127.0.0.1. */
export const httpServer = (answering: Answering = () => NOTHING): Promise<TestServer> => serving('http', http.createServer(), answering);

/** The same over TLS. */
export const httpsServer = (
  certificate: string,
  answering: Answering = () => NOTHING,
  { port = 0, host = LOCAL, ...more }: https.ServerOptions & { readonly port?: number; readonly host?: string } = {},
): Promise<TestServer> =>
  serving('https', https.createServer({ cert: pem(`${certificate}.pem`), key: pem(`${certificate}.key`), ...more }), answering, port, host);

/** Bytes on a socket: for what is no HTTP. */
export async function rawServer(onSocket: (socket: net.Socket) => void): Promise<TestServer> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  return listening('http', server, { asked: [], most: () => 0 });
}

/** A port nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = await rawServer(() => undefined);
  await server.close();
  return server.port;
}

/** One of the certificates beside this file. */
export const pem = (file: string): string => readFileSync(path.join(import.meta.dirname, 'certificates', file), 'utf8');

async function serving(
  scheme: 'http' | 'https',
  server: http.Server | https.Server,
  answering: Answering,
  port = 0,
  host = LOCAL,
): Promise<TestServer> {
  const asked: Asked[] = [];
  let underWay = 0;
  let most = 0;
  server.on('request', async (request: http.IncomingMessage, response: http.ServerResponse) => {
    underWay += 1;
    most = Math.max(most, underWay);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
    asked.push(one);
    const answer = await answering(one, asked.length, request.socket);
    underWay -= 1;
    if (answer === 'silent') return;
    response.writeHead(answer.status, { connection: 'close', ...answer.headers });
    response.end(answer.body);
  });
  server.on('tlsClientError', () => undefined);
  return listening(scheme, server, { asked, most: () => most }, port, host);
}

async function listening(
  scheme: 'http' | 'https',
  server: net.Server,
  { asked, most }: { readonly asked: readonly Asked[]; readonly most: () => number },
  wanted = 0,
  host = LOCAL,
): Promise<TestServer> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  server.on('connection', (socket: net.Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, host, resolve);
  });
  const { port } = server.address() as net.AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `${scheme}://${host}:${port}`,
    port,
    asked,
    get most() {
      return most();
    },
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
