import type { SimResponse } from './request.ts';

const REASONS: Readonly<Record<number, string>> = Object.freeze({
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  406: 'Not Acceptable',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
});

/** The router says no. Thrown anywhere below `handle`, which turns it into the answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly detail: string | undefined;

  constructor(status: number, detail?: string) {
    super(detail ?? REASONS[status] ?? 'refused');
    this.name = 'Refusal';
    this.status = status;
    this.detail = detail;
  }
}

/** `error` is the only number in the whole protocol; `detail` comes first and may be missing. */
export function errorAnswer(status: number, detail?: string): SimResponse {
  const message = REASONS[status] ?? 'Error';
  return { status, body: detail === undefined ? { error: status, message } : { detail, error: status, message } };
}

export const refuse = (detail: string): Refusal => new Refusal(400, detail);
export const notFound = (): Refusal => new Refusal(404);
/** The words for a right the account lacks. */
export const notAllowed = (): Refusal => new Refusal(500, 'std failure: not allowed (9)');
export const noSuchCommand = (): Refusal => new Refusal(400, 'no such command');
export const noSuchDirectory = (word: string): Refusal => new Refusal(400, `no such command or directory (${word})`);
/** What a verb that needs a row of a writable list says about anything else. */
export const noIdentifier = (): Refusal => new Refusal(400, 'missing or invalid resource identifier');
export const noSuchItem = (): Refusal => new Refusal(400, 'no such item (4)');
