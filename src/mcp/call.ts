import { inspect } from 'node:util';
import { asFleetError, newRequestId } from '../lib/index.ts';
import { refused, succeeded, type ToolResult } from './answer.ts';
import { readArguments } from './arguments.ts';
import type { Tool, ToolContext } from './tool.ts';

/** Calls a tool with arguments as they came. Never throws: what goes wrong is a result with `isError`. */
export async function callTool(tool: Tool, sent: unknown, context: ToolContext): Promise<ToolResult> {
  try {
    return succeeded(await tool.handler(readArguments(tool, sent), context));
  } catch (thrown) {
    const error = asFleetError(thrown);
    if (error.code !== 'BUG') return refused(error);
    // Our own fault: the client gets an id to report, the log gets the reason under the same id.
    const requestId = newRequestId();
    context.log?.(`${requestId} ${tool.name}: ${inspect(error.cause ?? error, { depth: 3 })}`);
    return refused(error, requestId);
  }
}
