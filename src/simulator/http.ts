import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Outcome } from './outcome.ts';
import type { SimRequest } from './request.ts';

const LARGEST_BODY = 1_048_576;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The headers RouterOS sends: it closes after every answer. */
function send(response: ServerResponse, outcome: Extract<Outcome, { fate: 'answer' }>): void {
  const text = outcome.body === undefined ? '' : JSON.stringify(outcome.body);
  const date = new Date(outcome.now).toUTCString();
  response.sendDate = false;
  response.writeHead(outcome.status, {
    'Cache-Control': 'max-age=0',
    Connection: 'close',
    ...(outcome.status === 204 ? {} : { 'Content-Length': Buffer.byteLength(text), 'Content-Type': 'application/json' }),
    Date: date,
    Expires: date,
    'X-Frame-Options': 'sameorigin',
  });
  response.end(text);
}

async function serve(exchange: Exchange, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const outcome = await exchange({
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    authorization: request.headers.authorization,
    body,
  });
  switch (outcome.fate) {
    case 'answer':
      send(response, outcome);
      return;
    case 'page':
      response.writeHead(200, { 'Content-Type': 'text/html', Connection: 'close' });
      response.end(outcome.text);
      return;
    case 'bytes':
      request.socket.end(outcome.text);
      return;
    case 'close':
      request.socket.end();
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'hang':
      // The socket stays open and silent until the client or the simulator gives up.
      return;
  }
}

type Exchange = (request: SimRequest) => Promise<Outcome>;

/** One router on one port of 127.0.0.1. */
export async function listen(exchange: Exchange, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer({ keepAlive: false }, (request, response) => {
    serve(exchange, request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** Ends a server and whatever still hangs on it. */
export async function shut(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
