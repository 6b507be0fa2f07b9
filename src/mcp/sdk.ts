import type { Readable, Writable } from 'node:stream';
import {
  type CallToolResult,
  CLIENT_INFO_META_KEY,
  isJSONRPCNotification,
  isJSONRPCRequest,
  type JSONRPCMessage,
  type ListToolsResult,
  type McpServerFactory,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type ServerContext,
  type Transport,
} from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Fleet } from '../lib/index.ts';
import type { ToolResult } from './answer.ts';
import { isRecord } from './arguments.ts';
import { callTool } from './call.ts';
import { INSTRUCTIONS } from './instructions.ts';
import type { Registry } from './registry.ts';
import type { Progress, Tool, ToolContext } from './tool.ts';
import { VERSION } from './version.ts';

/** What a server needs from the process it lives in. */
export interface Session {
  /** The fleet, acting for the client of this name. */
  fleetFor(clientName: string | undefined): Fleet;
  keep<Result>(work: Promise<Result>): Promise<Result>;
  log(line: string): void;
}

/**
 * A factory of servers for both protocol eras. A server belongs to one connection; what is the same for all of them
 * (the list of tools, with its schemas) is made here once: converting it for each request would be most of the work.
 */
export function serverFactory(registry: Registry, session: Session): McpServerFactory {
  // The SDK wants types it may change; ours are frozen, so it gets a copy, as JSON does it.
  const list: ListToolsResult = JSON.parse(JSON.stringify({ tools: registry.tools.map(listed) }));
  return () => {
    // The low-level server: the list is data already, and `McpServer` would convert every schema on every request.
    const server = new Server(
      { name: 'routeros-mcp', title: 'RouterOS fleet', version: VERSION },
      {
        capabilities: { tools: {} },
        instructions: INSTRUCTIONS,
        // Nothing in the list depends on who asks or on what was asked before.
        cacheHints: { 'tools/list': { ttlMs: 300_000, cacheScope: 'private' } },
      },
    );
    server.setRequestHandler('tools/list', () => list);
    server.setRequestHandler('tools/call', async ({ params }, context) => {
      const tool = registry.find(params.name);
      if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is no tool of that name; tools/list has the names.');
      const result = await callTool(tool, params.arguments, contextOf(server, context, session));
      return wireResult(result);
    });
    return server;
  };
}

/** A tool as `tools/list` shows it. */
const listed = ({ name, title, description, inputSchema, outputSchema, annotations, meta }: Tool): Readonly<Record<string, unknown>> => ({
  name,
  title,
  description,
  inputSchema,
  outputSchema,
  annotations,
  _meta: meta,
});

function wireResult({ structured, text, isError, untrusted }: ToolResult): CallToolResult {
  return {
    content: [{ type: 'text', text }],
    structuredContent: { ...structured },
    ...(isError && { isError }),
    ...(untrusted && { _meta: { integrity: 'untrusted' } }),
  };
}

function contextOf(server: Server, { mcpReq }: ServerContext, session: Session): ToolContext {
  // The modern era names the client in each request, the older one in `initialize`.
  const envelope: unknown = mcpReq.envelope;
  const named = isRecord(envelope) ? envelope[CLIENT_INFO_META_KEY] : undefined;
  const client = isRecord(named) && typeof named['name'] === 'string' ? named['name'] : server.getClientVersion()?.name;
  const progressToken = mcpReq._meta?.progressToken;
  const tell = ({ done, total, message }: Progress): void => {
    if (progressToken === undefined || mcpReq.signal.aborted) return;
    const params = { progressToken, progress: done, ...(total !== undefined && { total }), message };
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
  return {
    fleet: session.fleetFor(client),
    signal: mcpReq.signal,
    ...(progressToken !== undefined && { progress: tell }),
    keep: (work) => session.keep(work),
    log: (line) => session.log(line),
  };
}

/** A connection that is being served. */
export interface Connection {
  /** Requests that came in and were neither answered nor cancelled. */
  open(): number;
  /** Resolves when the connection is gone, whoever ended it: a message too long to read ends it as well. */
  readonly closed: Promise<void>;
  gone(): boolean;
  close(): Promise<void>;
}

/** Serves one client over a pair of streams; its first message decides the protocol era. */
export function serveStreams(factory: McpServerFactory, input: Readable, output: Writable, onError: (error: Error) => void): Connection {
  const { transport, ...state } = counted(new StdioServerTransport(input, output));
  const handle = serveStdio(factory, { transport, onerror: onError });
  return { ...state, close: () => handle.close() };
}

/** The transport, with an eye on which requests still wait for their answer. */
function counted(inner: StdioServerTransport): { readonly transport: Transport } & Omit<Connection, 'close'> {
  const waiting = new Set<string>();
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  let gone = false;
  const noted = (message: JSONRPCMessage): void => {
    if (isJSONRPCRequest(message)) waiting.add(JSON.stringify(message.id));
    // The older era leaves a cancelled request without an answer.
    if (isJSONRPCNotification(message) && message.method === 'notifications/cancelled')
      waiting.delete(JSON.stringify(message.params?.['requestId']));
  };
  const transport: Transport = {
    start: () => {
      inner.onmessage = (message) => {
        noted(message);
        transport.onmessage?.(message);
      };
      inner.onclose = () => {
        gone = true;
        resolve();
        transport.onclose?.();
      };
      inner.onerror = (error) => transport.onerror?.(error);
      return inner.start();
    },
    send: async (message) => {
      await inner.send(message);
      if (!('method' in message)) waiting.delete(JSON.stringify(message.id));
    },
    close: () => inner.close(),
  };
  return { transport, closed, gone: () => gone, open: () => waiting.size };
}
