import { Client, type Dispatcher } from 'undici';
import { BugError, FleetError } from '../core/errors.ts';
import { holdsMark } from '../core/sealed-mark.ts';
import type { Secret } from '../core/secret.ts';
import type { Trust } from '../device/device.ts';
import type { Dial } from './dial.ts';
import { networkError } from './network-error.ts';
import { connectorOver } from './rest-connector.ts';
import { inRestWords, understand } from './rest-words.ts';
import { tlsOptions } from './trust.ts';
import type { Call, Row } from './types.ts';

export interface RestTarget {
  readonly address: string;
  readonly trust: Trust;
  readonly username: string;
  readonly password: Secret;
  /** Through jump hosts; over TCP by default. */
  readonly dial?: Dial;
}

export interface RestLimits {
  /** Milliseconds to a connection. */
  readonly connect: number;
  /** Milliseconds for a whole request; above the router's own 60 s, so that its answer arrives first. */
  readonly request: number;
  /** Bytes of an answer; a full routing table of a router that was asked for everything by default. */
  readonly most?: number;
}

/** One request, put into the words of REST and back. Nothing is retried here, and nothing is broken off: a router goes wrong when one is. */
export interface Rest {
  send(call: Call): Promise<readonly Row[]>;
  close(): Promise<void>;
}

const MOST_BYTES = 256 * 1024 * 1024;

export function openRest(target: RestTarget, limits: RestLimits): Rest {
  // One client for one router: RouterOS closes after every answer, and an agent would build a pool anew for each request.
  const client = new Client(target.address, {
    pipelining: 1,
    connect: target.dial
      ? connectorOver(target.dial, target.trust, limits.connect)
      : { timeout: limits.connect, ...tlsOptions(target.trust) },
    headersTimeout: limits.request,
    bodyTimeout: limits.request,
    maxResponseSize: limits.most ?? MOST_BYTES,
    maxCachedSessions: 0,
    // RouterOS has HTTP/1.1 only; the other one may send a request again by itself.
    allowH2: false,
  });
  const login = Buffer.from(`${target.username}:${target.password.reveal()}`, 'utf8').toString('base64');
  const hidden = (text: string): string => [target.password.reveal(), login].reduce(withoutSecret, text);
  return {
    send: async (call) => {
      const { method, path, body } = inRestWords(call);
      // A secret that was not put in: the router would take the mark for the value.
      if (body && Object.values(body).flat().some(holdsMark)) throw new BugError('A sealed secret was not opened before it was sent.');
      const answer = await exchange(call, target.trust.kind === 'pinned', () =>
        client.request({
          method,
          path,
          headers: { authorization: `Basic ${login}`, ...(body && { 'content-type': 'application/json' }) },
          ...(body && { body: JSON.stringify(body) }),
        }),
      );
      return understand(answer.status, answer.bytes, call, hidden);
    },
    close: () => client.destroy(),
  };
}

/** Short ones are words of every sentence: taking them out would hide nothing and spoil the text. */
const withoutSecret = (text: string, secret: string): string => (secret.length < 4 ? text : text.replaceAll(secret, '[secret]'));

async function exchange(
  call: Call,
  pinned: boolean,
  send: () => Promise<Dispatcher.ResponseData>,
): Promise<{ readonly status: number; readonly bytes: Uint8Array }> {
  let answered = false;
  try {
    const { statusCode, body } = await send();
    answered = true;
    return { status: statusCode, bytes: await body.bytes() };
  } catch (thrown) {
    if (thrown instanceof FleetError) throw thrown;
    throw networkError(thrown, call, { pinned, answered });
  }
}
