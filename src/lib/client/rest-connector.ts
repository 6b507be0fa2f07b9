import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { Trust } from '../device/device.ts';
import type { Dial, Stream } from './dial.ts';
import { tlsOptions } from './trust.ts';

/**
 * Connects REST through `dial`, with the same checks of the certificate as without: TLS runs from here to the router, and a jump
 * host sees none of it.
 * @param timeout milliseconds for TLS; the dial has its own
 */
export function connectorOver(dial: Dial, trust: Trust, timeout: number): buildConnector.connector {
  const secure = buildConnector({ ...tlsOptions(trust), timeout, maxCachedSessions: 0, allowH2: false });
  return (options, callback) => {
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
    dial(options.hostname.replace(/^\[|\]$/g, ''), port).then(
      (stream) => {
        if (!likeSocket(stream)) callback(new Error('no stream'), null);
        else if (options.protocol === 'https:') secure({ ...options, httpSocket: stream }, callback);
        else callback(null, stream);
      },
      (thrown: unknown) => callback(thrown instanceof Error ? thrown : new Error('no stream'), null),
    );
  };
}

/** undici asks for a socket and uses what every two-way stream has; the switches of a socket do nothing on a channel. */
const likeSocket = (stream: Stream): stream is Socket => {
  const nothing = (): Stream => stream;
  for (const name of ['setKeepAlive', 'setNoDelay', 'setTimeout', 'ref', 'unref']) {
    if (!(name in stream)) Object.defineProperty(stream, name, { value: nothing });
  }
  return stream.writable;
};
