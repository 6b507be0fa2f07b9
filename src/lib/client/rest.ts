import { Client, type Dispatcher } from 'undici';
import { FleetError, UnreachableError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import type { Trust } from '../device/device.ts';
import { readBody } from './body.ts';
import type { Dial } from './dial.ts';
import { networkError } from './network-error.ts';
import { nameOf, refusal } from './refusal.ts';
import { connectorOver } from './rest-connector.ts';
import { tlsOptions } from './trust.ts';
import type { Call, Row, RunCall } from './types.ts';

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

/** @param hidden takes what a router may have echoed of the login out of its words */
function understand(status: number, bytes: Uint8Array, call: Call, hidden: (text: string) => string): readonly Row[] {
  const body = readBody(bytes);
  if (status >= 200 && status < 300 && body.kind === 'rows') return body.rows;
  if (body.kind === 'refusal') throw refusal(status >= 300 ? status : body.error, hidden(body.detail), call);
  // Without a word, or in the words of a web server that is not yet, or no longer, itself.
  if ((status >= 400 && bytes.length === 0) || status === 401 || status >= 500) throw refusal(status, '', call);
  throw new UnreachableError('What answers at this address is not the REST service of RouterOS.', {
    code: 'NOT_A_ROUTER',
    retryable: false,
    hint: 'Check the port; REST may be switched off while the web server is on.',
    details: { status, call: nameOf(call) },
  });
}

interface RestWords {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: RunCall['args'];
}

/** One call in REST's words: a menu path maps one to one, rows are addressed by id. */
function inRestWords(call: Call): RestWords {
  // The root of the console is written as `/`, and adds nothing to a path.
  const menu = `/rest${call.menu === '/' ? '' : call.menu.split('/').map(encodeURIComponent).join('/')}`;
  switch (call.verb) {
    case 'read': {
      const query = Object.entries(call.where ?? {}).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
      if (call.fields) query.push(`.proplist=${['.id', ...call.fields].map(encodeURIComponent).join(',')}`);
      return { method: 'GET', path: query.length > 0 ? `${menu}?${query.join('&')}` : menu };
    }
    case 'run':
      return { method: 'POST', path: `${menu}/${encodeURIComponent(call.command)}`, body: call.args };
    case 'add':
      if (call.by) return { method: 'POST', path: `/rest${call.by.menu}/${call.by.command}`, body: call.values };
      return { method: 'PUT', path: menu, body: { ...call.values, ...(call.placeBefore && { 'place-before': call.placeBefore }) } };
    case 'set':
      return call.id === undefined
        ? { method: 'POST', path: `${menu}/set`, body: call.values }
        : { method: 'PATCH', path: `${menu}/${encodeURIComponent(call.id)}`, body: call.values };
    case 'unset':
      return { method: 'POST', path: `${menu}/unset`, body: { '.id': call.id, 'value-name': call.field } };
    case 'remove':
      return { method: 'DELETE', path: `${menu}/${encodeURIComponent(call.id)}` };
    case 'command':
      return { method: 'POST', path: `${menu}/${encodeURIComponent(call.command)}`, body: call.values };
    case 'move':
      return { method: 'POST', path: `${menu}/move`, body: { numbers: call.id, ...(call.before && { destination: call.before }) } };
  }
}
