/**
 * Errors in classes by *who must act*. Every error has a stable `code`, one sentence that is safe to show
 * (it never quotes text a router or a stranger wrote) and a `hint` that names the next step.
 */

/** Every code, with the class it belongs to. Scripts build on these: a code is never renamed. */
export const ERROR_CODES = {
  // Fix the request.
  INVALID_INPUT: 'input',
  UNKNOWN_DEVICE: 'input',
  UNKNOWN_CAPABILITY: 'input',
  UNKNOWN_FIELD: 'input',
  UNKNOWN_PLAN: 'input',
  NO_SUCH_ROW: 'input',
  AMBIGUOUS_ROW: 'input',
  ALREADY_EXISTS: 'input',
  READ_ONLY: 'input',
  NOT_ON_THIS_ROUTER: 'input',
  PLAN_STATE: 'input',
  CONFIG_INVALID: 'config',
  NODE_TOO_OLD: 'config',
  KEY_MISSING: 'config',
  // Ask someone.
  DENIED: 'denied',
  APPROVAL_MISSING: 'approval',
  APPROVAL_EXPIRED: 'approval',
  APPROVAL_INVALID: 'approval',
  CONFIRMATION_NEEDED: 'approval',
  // Plan again.
  STALE: 'stale',
  // Wait or look.
  UNREACHABLE: 'unreachable',
  TIMED_OUT: 'unreachable',
  NOT_A_ROUTER: 'unreachable',
  TLS_UNTRUSTED: 'unreachable',
  TLS_PIN_MISMATCH: 'unreachable',
  HOST_KEY_UNKNOWN: 'unreachable',
  HOST_KEY_CHANGED: 'unreachable',
  LOGIN_REFUSED: 'unreachable',
  SOURCE_REFUSED: 'unreachable',
  BUSY: 'unreachable',
  // The router said no.
  ROUTER_REFUSED: 'router',
  NOT_PERMITTED: 'router',
  NO_SUCH_MENU: 'router',
  NO_SUCH_ITEM: 'router',
  ROUTER_FAULT: 'router',
  // The disk or the database.
  STORE_FAILED: 'store',
  STORE_BUSY: 'store',
  STORE_CONFLICT: 'store',
  LEDGER_FAILED: 'store',
  // Tell us.
  BUG: 'bug',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
export type ErrorKind = (typeof ERROR_CODES)[ErrorCode];

export interface ErrorOptions {
  /** What the reader does next, as one sentence. */
  readonly hint?: string;
  /** The same request may succeed later without any change. */
  readonly retryable?: boolean;
  /** Facts for a program: names, allowed values, the state a router is in. Never secrets, never router text. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** What all faces receive. `message` is safe to print; `cause` is for the log only. */
export class FleetError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint ?? '';
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }

  get kind(): ErrorKind {
    return ERROR_CODES[this.code];
  }

  toJSON(): { code: ErrorCode; message: string; hint: string; retryable: boolean; details: Readonly<Record<string, unknown>> } {
    return { code: this.code, message: this.message, hint: this.hint, retryable: this.retryable, details: this.details };
  }
}

type CodeOf<Kind extends ErrorKind> = { [Code in ErrorCode]: (typeof ERROR_CODES)[Code] extends Kind ? Code : never }[ErrorCode];

/** The request is wrong: its author fixes it. Nothing was sent to a router. */
export class InputError extends FleetError {
  constructor(message: string, options: ErrorOptions & { readonly code?: CodeOf<'input'> } = {}) {
    super(options.code ?? 'INVALID_INPUT', message, options);
  }
}

/** The installation is wrong: whoever runs this program fixes its configuration. */
export class ConfigError extends FleetError {
  constructor(message: string, options: ErrorOptions & { readonly code?: CodeOf<'config'> } = {}) {
    super(options.code ?? 'CONFIG_INVALID', message, options);
  }
}

/** Policy says no, or a person's approval is missing: ask someone. */
export class DeniedError extends FleetError {
  constructor(message: string, options: ErrorOptions & { readonly code?: CodeOf<'denied' | 'approval'> } = {}) {
    super(options.code ?? 'DENIED', message, options);
  }
}

/** The router is not as it was when the plan was made: plan again. */
export class StaleError extends FleetError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('STALE', message, options);
  }
}

/** The router cannot be reached or trusted: wait, or look at the link, the login or the certificate. */
export class UnreachableError extends FleetError {
  declare readonly code: CodeOf<'unreachable'>;

  constructor(message: string, options: ErrorOptions & { readonly code?: CodeOf<'unreachable'> } = {}) {
    super(options.code ?? 'UNREACHABLE', message, { retryable: true, ...options });
  }
}

/** The router answered with a refusal. `details` holds verb, menu and its words, cleaned and capped. */
export class RouterError extends FleetError {
  constructor(message: string, options: ErrorOptions & { readonly code?: CodeOf<'router'> } = {}) {
    super(options.code ?? 'ROUTER_REFUSED', message, options);
  }
}

/** The disk or the database failed: nothing was written to a router after this. */
export class StoreError extends FleetError {
  constructor(message: string, options: ErrorOptions & { readonly code?: CodeOf<'store'> } = {}) {
    super(options.code ?? 'STORE_FAILED', message, options);
  }
}

/** We are wrong: please report it. */
export class BugError extends FleetError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('BUG', message, { hint: 'This is a fault in routeros-mcp; please report it with the request id.', ...options });
  }
}

/** Any thrown value as a FleetError; what we did not throw ourselves becomes a BugError without its text. */
export function asFleetError(thrown: unknown): FleetError {
  if (thrown instanceof FleetError) return thrown;
  return new BugError('Something went wrong inside routeros-mcp.', { cause: thrown });
}
