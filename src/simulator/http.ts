import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { deliver, type Outcome } from './outcome.ts';
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

type Answer = Extract<Outcome, { fate: 'answer' }>;

const textOf = ({ body }: Answer): string => (body === undefined ? '' : JSON.stringify(body));

/** The headers RouterOS sends: it closes after every answer. */
function headersOf(outcome: Answer, text: string): Readonly<Record<string, string | number>> {
  const date = new Date(outcome.now).toUTCString();
  return {
    'Cache-Control': 'max-age=0',
    Connection: 'close',
    ...(outcome.status === 204 ? {} : { 'Content-Length': Buffer.byteLength(text), 'Content-Type': 'application/json' }),
    Date: date,
    Expires: date,
    'X-Frame-Options': 'sameorigin',
  };
}

function send(response: ServerResponse, outcome: Answer): void {
  const text = textOf(outcome);
  response.sendDate = false;
  response.writeHead(outcome.status, headersOf(outcome, text));
  response.end(text);
}

/** The same bytes, for an answer that does not cross the wire at once. */
function bytesOf(outcome: Answer): Buffer {
  const text = textOf(outcome);
  const headers = Object.entries(headersOf(outcome, text)).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${outcome.status} ${STATUS_CODES[outcome.status]}\r\n${headers.join('')}\r\n${text}`);
}

/** The router behind a connection. */
export interface HttpPeer {
  exchange(request: SimRequest): Promise<Outcome>;
  /** The client hung up before it had the whole answer. */
  gaveUp(): void;
  /** What would have been said to a client that has gone. */
  unheard(outcome: Outcome): void;
  pause(ms: number): Promise<void>;
}

/** A connection: where HTTP is spoken, what runs below it when that is TLS, and who is at the other end. */
interface Line {
  readonly peer: HttpPeer;
  readonly raw: Socket;
}

async function say({ peer, raw }: Line, outcome: Outcome, response: ServerResponse, said: () => void): Promise<void> {
  const socket = response.req.socket;
  switch (outcome.fate) {
    case 'answer':
      if (outcome.manner) await deliver(socket, bytesOf(outcome), outcome.manner, peer.pause);
      if (socket.destroyed) return;
      said();
      if (outcome.manner) socket.end();
      else send(response, outcome);
      return;
    case 'page':
      said();
      response.writeHead(200, { 'Content-Type': 'text/html', Connection: 'close' });
      response.end(outcome.text);
      return;
    case 'bytes':
      said();
      socket.end(outcome.text);
      return;
    case 'close':
      said();
      socket.end();
      return;
    case 'reset':
      said();
      raw.resetAndDestroy();
      return;
    case 'hang':
      // The socket stays open and silent until the client or the simulator gives up.
      return;
  }
}

async function serve(line: Line, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let all = false;
  response.once('close', () => {
    if (!all) line.peer.gaveUp();
  });
  const body = await readBody(request);
  const outcome = await line.peer.exchange({
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    authorization: request.headers.authorization,
    body,
  });
  if (request.socket.destroyed) {
    line.peer.unheard(outcome);
    return;
  }
  await say(line, outcome, response, () => {
    all = true;
  });
}

export interface HttpSkin {
  /** Speaks HTTP on a connection, for the router it belongs to. `raw` is the TCP connection below TLS, or the same. */
  speak(socket: Socket, raw: Socket, peer: HttpPeer): void;
  close(): void;
}

/** One server that listens nowhere: all routers hand it their connections, so that ten thousand cost no more than one. */
export function httpSkin(): HttpSkin {
  const lines = new WeakMap<Socket, Line>();
  const server = createServer({ keepAlive: false }, (request, response) => {
    const line = lines.get(request.socket);
    if (line) serve(line, request, response).catch(() => request.socket.destroy());
    else request.socket.destroy();
  });
  return {
    speak: (socket, raw, peer) => {
      lines.set(socket, { peer, raw });
      server.emit('connection', socket);
    },
    close: () => server.closeAllConnections(),
  };
}
