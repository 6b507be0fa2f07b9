import { type FaultAction, isWrite } from './faults.ts';
import type { SimRequest } from './request.ts';

/** One request as the router saw it. */
export interface RequestEntry {
  /** Counted from 1 per router, in order of arrival. */
  readonly number: number;
  /** Milliseconds since 1970 on the simulator's clock. */
  readonly at: number;
  readonly method: string;
  /** Without `/rest`, with the query. */
  readonly path: string;
  readonly body: string;
  readonly write: boolean;
  /** An `Authorization` header came with it. What it said is not kept. */
  readonly authorized: boolean;
  /** Requests under way at this router when it came, itself included. */
  readonly inFlight: number;
  /** The status answered; undefined while it runs, and for a reply that was never sent. */
  readonly status: number | undefined;
  /** The fault that befell it. */
  readonly fault: FaultAction['kind'] | undefined;
}

export interface RequestLog {
  /** Notes a request and counts it as under way; answers its number. */
  arrive(request: SimRequest, fault: FaultAction | undefined): number;
  leave(number: number, status: number | undefined): void;
  entries(): readonly RequestEntry[];
  /** Most requests ever under way at once. */
  most(): number;
}

export const withoutPrefix = (url: string): string => url.replace(/^\/rest(?=\/|$)/, '');
export const pathOf = (url: string): string => withoutPrefix(url).split('?')[0] ?? '';

export function requestLog(now: () => number): RequestLog {
  const entries: RequestEntry[] = [];
  let inFlight = 0;
  let most = 0;
  return {
    arrive: (request, fault) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      const number = entries.length + 1;
      entries.push({
        number,
        at: now(),
        method: request.method,
        path: withoutPrefix(request.url),
        body: request.body ?? '',
        write: isWrite(request.method, pathOf(request.url)),
        authorized: request.authorization !== undefined,
        inFlight,
        status: undefined,
        fault: fault?.kind,
      });
      return number;
    },
    leave: (number, status) => {
      inFlight -= 1;
      const entry = entries[number - 1];
      if (entry) entries[number - 1] = { ...entry, status };
    },
    entries: () => entries.map((entry) => ({ ...entry })),
    most: () => most,
  };
}
