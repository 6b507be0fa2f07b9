import type { Risk, WriteVerb } from '../define.ts';
import { flag, integer, text, wordSet } from '../kinds.ts';
import { dormant, goesDown, isNote } from '../touched.ts';

/** Field groups that the PPP family shares, and what a change of a dialled link means. */

export const authentication = wordSet('chap', 'mschap1', 'mschap2', 'pap');

/** Sizes and timers of a PPP link. */
export const linkLimits = {
  maxMtu: integer({ max: 65_535, words: ['auto'] })({ about: 'Largest packet sent, in bytes.' }),
  maxMru: integer({ max: 65_535, words: ['auto'] })({ about: 'Largest packet taken, in bytes.' }),
  mrru: integer({ max: 65_535, words: ['disabled'] })({ about: 'Largest packet put together from parts, in bytes.', fallback: 'disabled' }),
  keepaliveTimeout: integer({ words: ['disabled'] })({ about: 'Seconds of silence after which the link is down.' }),
};

/** What every dialled interface says; the far end is each menu's own. */
export const dialled = {
  name: text({ about: 'Name of the interface.', required: true, column: 1 }),
  profile: text({ about: 'PPP profile it uses.', column: 5 }),
  password: text({ about: 'Password it logs in with.', secret: true }),
  addDefaultRoute: flag({ about: 'Puts the default route through this link.', column: 6 }),
  running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 4 }),
  disabled: flag({ about: 'Switched off by configuration.', column: 7 }),
  comment: text({ about: 'Note kept on the router.', column: 8 }),
};

/** Menus in which a link may also wait for traffic and say how good its default route is. */
export const dialOnDemand = flag({ about: 'Dials when there is traffic to send.' });
export const defaultRouteDistance = integer({ min: 1, max: 255 })({ about: 'Distance of that default route.' });

interface Link {
  readonly disabled?: boolean;
  readonly addDefaultRoute?: boolean;
  readonly comment?: string;
}

interface LinkChange {
  readonly verb: WriteVerb;
  readonly before?: Link;
  readonly after?: Link;
}

/** Any dialled link may be the one we came by, and may bring the router its default route. */
export function linkRisk(change: LinkChange): Risk {
  const { verb, before, after } = change;
  if (dormant(before, after)) return 'low';
  if (before?.addDefaultRoute || after?.addDefaultRoute) return isNote(change) ? 'low' : 'high';
  if (goesDown(before, after)) return 'high';
  if (verb === 'add') return 'medium';
  return isNote(change) ? 'low' : 'high';
}

interface Door {
  readonly enabled?: boolean;
}

/** A server others log in to: opening or closing it is high, its settings count while it is open. */
export const serverRisk = (before: Door | undefined, after: Door | undefined): Risk =>
  before?.enabled !== after?.enabled ? 'high' : after?.enabled ? 'medium' : 'low';
