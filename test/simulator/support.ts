import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { addAccount } from '../../src/simulator/accounts.ts';
import { type AccountSpec, createRouter, handle, type RouterState, type Row, type SimulatedRouter } from '../../src/simulator/index.ts';

export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: replies are looked into, not typed
  readonly body: any;
}

export interface Login {
  readonly name: string;
  readonly password: string;
}

const basic = ({ name, password }: Login): string => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

/** One request over the wire, on a connection of its own. */
export function call(router: SimulatedRouter, method: string, target: string, body?: unknown, login?: Login | null): Promise<Reply> {
  const who = login === undefined ? { name: router.username, password: router.password } : login;
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${router.url}/rest${target}`,
      {
        method,
        agent: false,
        headers: { ...(who ? { authorization: basic(who) } : {}), ...(text === undefined ? {} : { 'content-type': 'application/json' }) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const got = Buffer.concat(chunks).toString('utf8');
          let parsed: unknown;
          try {
            parsed = got === '' ? undefined : JSON.parse(got);
          } catch {
            parsed = undefined;
          }
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text: got, body: parsed });
        });
      },
    );
    request.on('error', reject);
    request.end(text);
  });
}

export const START = Date.UTC(2026, 2, 14, 8, 0, 0);
const ADMIN: AccountSpec = { name: 'admin', password: 'pw', group: 'full' };

export interface Bench {
  readonly state: RouterState;
  /** The moment of the next request; move it as you like. */
  now: number;
  // biome-ignore lint/suspicious/noExplicitAny: replies are looked into, not typed
  ask(method: string, target: string, body?: unknown, login?: Login): { status: number; body: any };
  rows(menu: string): Row[];
}

/** A router without sockets or clocks: the pure `handle` on a table. */
export function bench(recording = 'rb5009_7.20.6', accounts: readonly AccountSpec[] = []): Bench {
  const state = createRouter({ spec: { recording }, now: START, seed: 7 });
  for (const account of [ADMIN, ...accounts]) addAccount(state, account);
  const made: Bench = {
    state,
    now: START,
    ask: (method, target, body, login = ADMIN) => {
      const response = handle(
        state,
        {
          method,
          url: `/rest${target}`,
          authorization: basic(login),
          body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
        },
        made.now,
      );
      return { status: response.status, body: response.body };
    },
    rows: (menu) => made.ask('GET', menu).body as Row[],
  };
  return made;
}

/** The folder of recorded data beside the checkout, if it is there. */
export function recordedData(name: string): string | undefined {
  const file = path.resolve(import.meta.dirname, '../../../shared/data/routeros', name);
  return existsSync(file) ? file : undefined;
}

export const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
