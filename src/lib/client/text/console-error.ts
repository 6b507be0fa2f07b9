import { type ErrorOptions, type FleetError, RouterError, UnreachableError } from '../../core/errors.ts';
import { routerWords } from '../refusal.ts';

/** What the console says when it does not do what it was told; the exit status is 0 all the same. */
interface Kind {
  readonly says: RegExp;
  readonly error: (about: ErrorOptions) => FleetError;
}

const refused = (message: string, hint: string, code?: 'NOT_PERMITTED' | 'NO_SUCH_ITEM' | 'NO_SUCH_MENU') => (about: ErrorOptions) =>
  new RouterError(message, { hint, ...(code && { code }), ...about });

/** The first that fits counts; every text is one of a real device (error grammar of RouterOS 7.12 to 7.24). */
const KINDS: readonly Kind[] = [
  {
    says: /not enough permissions|not allowed \(9\)/i,
    error: refused('The account on the router lacks a right for this.', 'The account needs the policies ssh and read.', 'NOT_PERMITTED'),
  },
  {
    says: /no such item/i,
    error: refused('The row is no longer on the router.', 'Read again, then plan again.', 'NO_SUCH_ITEM'),
  },
  {
    says: /bad command name|no such command/i,
    error: refused('The router has no such menu or command.', 'It may need a package, another board or another version.', 'NO_SUCH_MENU'),
  },
  {
    says: /action timed out/i,
    error: (about) =>
      new UnreachableError('The router ended the command after its own limit.', {
        code: 'TIMED_OUT',
        hint: 'Ask for less at a time.',
        ...about,
      }),
  },
  {
    says: /interrupted/i,
    error: (about) =>
      new RouterError('The router broke the command off.', {
        code: 'ROUTER_FAULT',
        retryable: true,
        hint: 'Wait and read again.',
        ...about,
      }),
  },
  {
    says: /bad parameter|syntax error|expected |does not match any value|failure:|missing value|invalid value|unknown parameter|Script Error|\(:error;/i,
    error: refused('The router refused the command.', 'Its own words are in the details.'),
  },
];

/** What is looked at of an answer that may be endless: a refusal is short. */
const LOOKED_AT = 4_000;

/**
 * The error that a console answer without its end marker stands for.
 * @param what the command in our own words, such as `read /ip/address`
 * @param hide takes secrets of ours out of the router's words
 * @returns undefined where the text says nothing that is known
 */
export function consoleRefusal(text: string, what: string, hide: (text: string) => string): FleetError | undefined {
  // What went wrong is said last.
  const end = text.slice(-LOOKED_AT);
  const kind = KINDS.find(({ says }) => says.test(end));
  const words = routerWords(hide(end).trim());
  return kind?.error({ details: { call: what, transport: 'ssh', ...(words && { routerText: words }) } });
}
