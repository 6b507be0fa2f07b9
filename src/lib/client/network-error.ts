import { type FleetError, UnreachableError } from '../core/errors.ts';
import { nameOf } from './refusal.ts';
import type { Call } from './types.ts';

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|HOSTNAME_MISMATCH/;
const OUT_OF_DATE = /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/;

/** What is known of a connection that failed. */
export interface Connection {
  /** One certificate was accepted at enrolment: no other will do. */
  readonly pinned: boolean;
  /** The head of an answer had arrived. */
  readonly answered: boolean;
}

/** A failed connection as an error that says what to look at. The address and the system's words go to details only. */
export function networkError(thrown: unknown, call: Call, { pinned, answered }: Connection): FleetError {
  const code = codeOf(thrown);
  const about = { details: { call: nameOf(call), network: code }, cause: causeOf(thrown, code) };
  if (OUT_OF_DATE.test(code)) {
    return new UnreachableError("The router's certificate is out of date, so nothing was sent.", {
      code: 'TLS_UNTRUSTED',
      retryable: false,
      hint: 'Renew it on the router; a device with a fingerprint must then be removed and added again with the new one.',
      ...about,
    });
  }
  if (code === 'PIN_MISMATCH' || (pinned && UNTRUSTED.test(code))) {
    return new UnreachableError('The router shows another certificate than the one accepted at enrolment.', {
      code: 'TLS_PIN_MISMATCH',
      retryable: false,
      hint: 'Find out why: a reset or new hardware changes it, and so does an impostor. If it is right: routeros-mcp device trust.',
      ...about,
    });
  }
  if (UNTRUSTED.test(code)) {
    return new UnreachableError("Nobody vouches for the router's certificate, so nothing was sent.", {
      code: 'TLS_UNTRUSTED',
      retryable: false,
      hint: 'Compare its SHA-256 fingerprint with the router and add the device with --fingerprint.',
      ...about,
    });
  }
  if (/^(?:HPE_|HTTPParserError|ERR_SSL|EPROTO)/.test(code)) {
    return new UnreachableError('What answers at this address does not speak the REST protocol of RouterOS.', {
      code: 'NOT_A_ROUTER',
      retryable: false,
      hint: 'Check scheme and port: www is HTTP (80), www-ssl is HTTPS (443).',
      ...about,
    });
  }
  return brokenOff(code, answered, about);
}

/** It spoke our protocol, or nothing at all, and then something was missing. */
function brokenOff(
  code: string,
  answered: boolean,
  about: { readonly details: Readonly<Record<string, unknown>>; readonly cause: Error },
): FleetError {
  if (/TIMEOUT|ETIMEDOUT/.test(code)) {
    return new UnreachableError('The router did not answer in time.', {
      code: 'TIMED_OUT',
      hint: 'Check the link and the load of the router.',
      ...about,
    });
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new UnreachableError("The router's answer is larger than what is taken.", {
      retryable: false,
      hint: 'Ask for fewer rows or fields.',
      ...about,
    });
  }
  if (answered)
    return new UnreachableError("The router's answer broke off in the middle.", { hint: 'Check the link, then try again.', ...about });
  if (code === 'UND_ERR_SOCKET') {
    return new UnreachableError('The connection was accepted and closed without an answer.', {
      code: 'SOURCE_REFUSED',
      hint: 'Our source address is probably not allowed by the service or the account; or the link broke.',
      ...about,
    });
  }
  return new UnreachableError('The router cannot be reached.', { hint: 'Check address, port and the way there.', ...about });
}

function codeOf(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code;
    // This one has a code in name only.
    if (error.name === 'HTTPParserError') return error.name;
  }
  return 'UNKNOWN';
}

/** For the log: what the system said, without what it hung on it. A parser's error carries the bytes it choked on, and a stranger may send our own request back. */
const causeOf = (thrown: unknown, code: string): Error =>
  Object.assign(new Error(thrown instanceof Error ? thrown.message : 'unknown'), { code });
