import type { ErrorCode, ErrorKind } from '../lib/index.ts';
import { EXIT, EXIT_BY_KIND, type ExitCode } from './exit-codes.ts';

/** What went wrong, as `--json` prints it. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * A command line that cannot be followed. It looks like the library's `InputError`, but loads nothing: a mistyped
 * word is answered as fast as `--help`.
 */
export class UsageError extends Error {
  readonly code = 'INVALID_INPUT';
  readonly kind = 'input';
  readonly hint: string;
  readonly retryable = false;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, hint: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
    this.details = details;
  }
}

/** A person pressed Ctrl-C, or the process was asked to end. */
export class Interrupted extends Error {
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
    this.name = 'Interrupted';
    this.signal = signal;
  }
}

/** --timeout is over. It looks like the library's `UnreachableError`, and loads nothing. */
export class TimeIsOver extends Error {
  readonly code = 'TIMED_OUT';
  readonly kind = 'unreachable';
  readonly hint = 'Give it more time with --timeout, or see whether the router answers: routeros-mcp device test NAME.';
  readonly retryable = true;
  readonly details: Readonly<Record<string, unknown>> = {};

  constructor(seconds: number) {
    super(`It took longer than ${seconds} s.`);
    this.name = 'TimeIsOver';
  }
}

interface Ours extends Failure {
  readonly kind: ErrorKind;
}

/** Recognised by what it carries, not by its class: the library need not be loaded, and must not be loaded twice. */
const isOurs = (thrown: unknown): thrown is Error & Ours =>
  thrown instanceof Error && 'kind' in thrown && 'hint' in thrown && 'code' in thrown && String(thrown.kind) in EXIT_BY_KIND;

export function failureOf(thrown: unknown): Failure {
  if (isOurs(thrown)) {
    const { code, message, hint, retryable, details } = thrown;
    return { code, message, hint, retryable, details };
  }
  return {
    code: 'BUG',
    message: 'Something went wrong inside routeros-mcp.',
    hint: 'This is a fault in routeros-mcp; run it again with -v and report what it prints.',
    retryable: false,
    details: {},
  };
}

export const exitOf = (thrown: unknown): ExitCode => (isOurs(thrown) ? EXIT_BY_KIND[thrown.kind] : EXIT.failed);
