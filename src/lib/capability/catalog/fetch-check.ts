import { defineAction } from '../define.ts';
import { fieldOf } from '../field.ts';
import { integer, text, word } from '../kinds.ts';

/** A page of the web: no name and password in it, and none of the ways to send something. */
const webAddress = fieldOf({
  ...word({ about: '-' }).kind,
  example: 'https://example.com/',
  allowed: 'an http:// or https:// address without a user name',
  decode: (written: string) => (/^https?:\/\/[^\s/@?#]+(?:[/?#]\S*)?$/i.test(written) ? written : undefined),
});

export const fetchCheck = defineAction({
  id: 'fetch-check',
  title: 'Web request',
  about: 'Asks the router to fetch a web address and says whether that works; what comes is thrown away.',
  menu: '/tool',
  command: 'fetch',
  topic: 'diagnostics',
  effect: 'load',
  perMinute: 10,
  args: {
    url: webAddress({ about: 'Address to fetch, as https://example.com/.', required: true }),
  },
  answer: {
    status: text({ about: 'How it went.', readOnly: true, column: 1 }),
    downloaded: integer()({ about: 'Kilobytes received.', readOnly: true, column: 2 }),
    total: integer()({ about: 'Kilobytes in all.', readOnly: true, column: 3 }),
    duration: text({ about: 'How long it took.', readOnly: true, column: 4 }),
  },
  // Nothing is kept on the router: a file would be a change.
  calls: ({ url = '' }) => [{ url, 'keep-result': 'no', output: 'none', duration: '20s' }],
  rows: (items) => items.slice(-1).map(({ status, downloaded, total, duration }) => ({ status, downloaded, total, duration })),
  summary: (items) => ({ status: items.at(-1)?.['status'] ?? null, reachable: items.at(-1)?.['status'] === 'finished' }),
});
