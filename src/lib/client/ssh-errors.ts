import { FleetError, UnreachableError } from '../core/errors.ts';

/** What the check of the host key came to. */
export type KeyCheck = 'none' | 'accepted' | 'unknown' | 'changed';

/** The host key is not the one a person accepted, or nobody has accepted any: nothing was sent. */
export function hostKeyError(check: 'unknown' | 'changed', seen: string): UnreachableError {
  if (check === 'unknown') {
    return new UnreachableError('Nobody has accepted the SSH host key of this box, so nothing was sent.', {
      code: 'HOST_KEY_UNKNOWN',
      retryable: false,
      hint: 'Compare its SHA-256 fingerprint with the box and accept it.',
      details: { seen },
    });
  }
  return new UnreachableError('The box shows another SSH host key than the one accepted; nothing was sent.', {
    code: 'HOST_KEY_CHANGED',
    retryable: false,
    hint: 'Find out why: a reset or new hardware changes it, and so does an impostor. If it is right: routeros-mcp device trust.',
    details: { seen },
  });
}

/** A connection that did not come about. System words go to the cause, without what hangs on them; never a name or a password. */
export function sshError(thrown: unknown, check: KeyCheck, seen: string): FleetError {
  if (check === 'unknown' || check === 'changed') return hostKeyError(check, seen);
  if (thrown instanceof FleetError) return thrown;
  const { level, code, message } = partsOf(thrown);
  const about = { details: { transport: 'ssh', network: code }, cause: Object.assign(new Error(message), { code }) };
  if (level === 'client-authentication') {
    return new UnreachableError('The router refused the login.', {
      code: 'LOGIN_REFUSED',
      retryable: false,
      hint: 'Check user name, password or key, and that the account may use SSH.',
      ...about,
    });
  }
  if (level === 'client-timeout') {
    return new UnreachableError('The router did not answer in time.', {
      code: 'TIMED_OUT',
      hint: 'Check the link and the load of the router.',
      ...about,
    });
  }
  if (/no matching/i.test(message)) {
    return new UnreachableError('The box and we have no SSH algorithm in common.', {
      retryable: false,
      hint: 'Set strong-crypto=yes on the router, or allow legacy algorithms for this device.',
      ...about,
    });
  }
  if (level === 'protocol') {
    return new UnreachableError('What answers at this address does not speak SSH.', {
      code: 'NOT_A_ROUTER',
      retryable: false,
      hint: 'Check the port: the service ssh of RouterOS has 22 by default.',
      ...about,
    });
  }
  return lost(about, check === 'accepted');
}

/** @param answered it showed its key, so it was there */
function lost(about: { readonly details: Readonly<Record<string, unknown>>; readonly cause: Error }, answered: boolean): UnreachableError {
  return answered
    ? new UnreachableError('The SSH connection broke off.', { hint: 'Check the link, then try again.', ...about })
    : new UnreachableError('The router cannot be reached over SSH.', { hint: 'Check address, port and the way there.', ...about });
}

function partsOf(thrown: unknown): { readonly level: string; readonly code: string; readonly message: string } {
  if (!(thrown instanceof Error)) return { level: '', code: 'UNKNOWN', message: 'unknown' };
  const level = 'level' in thrown && typeof thrown.level === 'string' ? thrown.level : '';
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : 'UNKNOWN';
  // The words of the other side are not ours to keep: only what the library itself says is known to be safe.
  return { level, code, message: ours(thrown.message, level, code) };
}

/** A disconnect message is text of the other side. */
function ours(message: string, level: string, code: string): string {
  if (/no matching/i.test(message)) return 'no matching algorithm';
  return level !== '' ? level : code === 'UNKNOWN' ? 'the other side ended the connection' : code;
}
