import { isWrite, type RequestFault, type Service } from './faults.ts';
import type { SimRequest } from './request.ts';

/** One request as the router saw it. */
export interface RequestEntry {
  /** Counted from 1 per router, in order of arrival. */
  readonly number: number;
  /** Milliseconds since 1970 on the simulator's clock. */
  readonly at: number;
  /** The door it came through. */
  readonly service: Service;
  /** `SSH` for a command line. */
  readonly method: string;
  /** Without `/rest`, with the query; or the command as it was sent. */
  readonly path: string;
  readonly body: string;
  readonly write: boolean;
  /** An `Authorization` header came with it, or a login before it. What it said is not kept. */
  readonly authorized: boolean;
  /** Requests under way at this router when it came, itself included. */
  readonly inFlight: number;
  /** The status answered; undefined while it runs, and for a reply that was never sent. */
  readonly status: number | undefined;
  /** The fault that befell it. */
  readonly fault: RequestFault['kind'] | undefined;
}

export interface RequestLog {
  /** Notes a request and counts it as under way; answers its number. */
  arrive(request: SimRequest, service: Service, fault: RequestFault | undefined): number;
  leave(number: number, status: number | undefined): void;
  entries(): readonly RequestEntry[];
  /** Something never got there. */
  lose(): void;
  lost(): number;
  /** Most requests ever under way at once. */
  most(): number;
}

export const withoutPrefix = (url: string): string => url.replace(/^\/rest(?=\/|$)/, '');
export const pathOf = (url: string): string => withoutPrefix(url).split('?')[0] ?? '';

export function requestLog(now: () => number): RequestLog {
  const entries: RequestEntry[] = [];
  let inFlight = 0;
  let most = 0;
  let lost = 0;
  return {
    arrive: (request, service, fault) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      const number = entries.length + 1;
      entries.push({
        number,
        at: now(),
        service,
        method: request.method,
        path: withoutPrefix(request.url),
        body: request.body ?? '',
        write: isWrite(request.method, request.method === 'SSH' ? request.url : pathOf(request.url)),
        authorized: service === 'ssh' || request.authorization !== undefined,
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
    lose: () => {
      lost += 1;
    },
    lost: () => lost,
    most: () => most,
  };
}
