import type { Failure } from './failure.ts';

/** What `--json` prints, always one line: `{ok, data | error, meta}`. What ended badly after it was begun has both. */
export function envelope(answer: { readonly data?: unknown; readonly failure?: Failure | undefined }, requestId: string): string {
  const { data, failure } = answer;
  const meta = { requestId };
  if (!failure) return JSON.stringify({ ok: true, data: data ?? null, meta });
  return JSON.stringify({ ok: false, ...(data === undefined ? {} : { data }), error: failure, meta });
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Names this call in what it prints. Not a secret, so nothing is loaded for it. */
export const requestId = (): string => `req_${Array.from({ length: 16 }, () => ALPHABET[Math.floor(Math.random() * 32)]).join('')}`;
