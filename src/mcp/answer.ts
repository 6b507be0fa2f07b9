import type { FleetError } from '../lib/index.ts';
import type { Answer } from './tool.ts';

/** A tool's result before any SDK has seen it. */
export interface ToolResult {
  readonly structured: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly isError: boolean;
  readonly untrusted: boolean;
}

export const succeeded = (answer: Answer): ToolResult => ({
  structured: { ok: !answer.failed, ...answer.data },
  text: answer.text,
  isError: answer.failed ?? false,
  untrusted: answer.untrusted,
});

/** A refusal: only the words of our own errors leave. */
export function refused(error: FleetError, requestId?: string): ToolResult {
  return {
    structured: { ok: false, error: errorData(error, requestId) },
    text: errorText(error),
    isError: true,
    // The router's own words, where there are any, are in `details`.
    untrusted: error.kind === 'router',
  };
}

const errorData = (
  { code, message, retryable, hint, details }: FleetError,
  requestId: string | undefined,
): Readonly<Record<string, unknown>> => ({
  code,
  message,
  retryable,
  hint,
  details: requestId === undefined ? details : { ...details, request_id: requestId },
});

const errorText = ({ code, message, hint, retryable }: FleetError): string =>
  [`${code}: ${message}`, hint, retryable ? 'The same call may succeed later.' : ''].filter((part) => part !== '').join(' ');
