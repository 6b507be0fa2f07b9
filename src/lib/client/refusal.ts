import { cleanText, oneLine } from '../core/clean.ts';
import { type FleetError, RouterError, UnreachableError } from '../core/errors.ts';
import { withoutSecrets } from '../core/scrub.ts';
import type { Call } from './types.ts';

/** What is looked at of a text that may be endless: more than is ever shown. */
const LOOKED_AT = 2_400;

/** The router's own words, fit to be kept as data: cleaned, without secrets, at most 300 characters. */
export const routerWords = (detail: string): string => oneLine(withoutSecrets(cleanText(detail.slice(0, LOOKED_AT))), 300);

/** What a call is called in our own sentences: verb and menu, never router text. */
export const nameOf = (call: Call): string => (call.verb === 'run' ? `${call.menu} ${call.command}` : `${call.verb} ${call.menu}`);

/**
 * A refusal as an error of the right class, decided on status and detail together: the same status means a missing right,
 * a missing menu or a fault. Words are matched loosely, since they differ by menu and version.
 */
export function refusal(status: number, detail: string, call: Call): FleetError {
  const words = routerWords(detail);
  const about = { details: { status, call: nameOf(call), ...(words && { routerText: words }) } };
  if (status === 401) {
    return new UnreachableError('The router refused the login.', {
      code: 'LOGIN_REFUSED',
      retryable: false,
      hint: 'Check user name and password, and that the account may use REST.',
      ...about,
    });
  }
  if (status === 400 && detail === 'Session closed') {
    return new UnreachableError('The router ended the command after its limit of 60 seconds.', {
      code: 'TIMED_OUT',
      hint: 'Ask for less at a time.',
      ...about,
    });
  }
  if (/not allowed \(9\)|not enough permissions/i.test(detail)) {
    return new RouterError('The account on the router lacks a right for this.', {
      code: 'NOT_PERMITTED',
      hint: 'The account needs the policies api and rest-api, and read or write.',
      ...about,
    });
  }
  if (status === 404 || /no such item/i.test(detail)) {
    return new RouterError('The row is no longer on the router.', { code: 'NO_SUCH_ITEM', hint: 'Read again, then plan again.', ...about });
  }
  if (/no such command|missing or invalid resource identifier/i.test(detail)) {
    return new RouterError('The router has no such menu or command.', {
      code: 'NO_SUCH_MENU',
      hint: 'It may need a package, another board or another version.',
      ...about,
    });
  }
  if (status >= 500) {
    return new RouterError('The router failed to answer properly.', {
      code: 'ROUTER_FAULT',
      retryable: true,
      hint: 'Wait and read again.',
      ...about,
    });
  }
  return new RouterError(`The router refused: ${nameOf(call)}.`, { hint: 'Its own words are in the details.', ...about });
}
