import type { Catalog } from '../../capability/lookup.ts';
import type { Reader, Runner } from '../../client/types.ts';
import { BugError } from '../../core/errors.ts';
import { type LookFacts, lookOver } from '../health/look.ts';
import { unlessRefused, type Verdict } from '../health/measurement.ts';
import type { DeclaredCheck, Seen } from './kind.ts';
import { CHECK_KINDS } from './parse.ts';

const NOT_SAID = 'the router does not say';

/**
 * What a router says of one check; undefined where it refuses to say, or has no such menu.
 * @throws UnreachableError the line broke; RouterError the router failed to answer properly
 */
export async function lookAtCheck(
  link: Reader & Runner,
  check: DeclaredCheck,
  facts: LookFacts,
  catalog: Catalog,
): Promise<Seen | undefined> {
  const kind = CHECK_KINDS.find((one) => one.kind === check.kind);
  if (!kind) throw new BugError('There is no such kind of check.');
  return unlessRefused(kind.look(lookOver(link, facts), check, catalog));
}

/**
 * One check by itself: does it hold now?
 * @throws UnreachableError the line broke; RouterError the router failed to answer properly
 * @example await runCheck(link, parseCheck('ntp synchronized', catalog), device.facts, catalog)
 */
export async function runCheck(link: Reader & Runner, check: DeclaredCheck, facts: LookFacts, catalog: Catalog): Promise<Verdict> {
  const seen = await lookAtCheck(link, check, facts, catalog);
  if (!seen) return { check: check.text, verdict: 'inconclusive', why: NOT_SAID };
  return { check: check.text, verdict: seen.holds ? 'pass' : 'fail', after: seen.seen, ...(!seen.holds && { why: 'it does not hold' }) };
}

/**
 * A check before and after. What holds after is a pass, whatever it was. What held before and does not any more is a failure. What did not
 * hold before is inconclusive, so that a person has to look, unless it was to be required only where it held.
 * @returns undefined for what is not required
 */
export function compareCheck(check: DeclaredCheck, before: Seen | undefined, after: Seen | undefined): Verdict | undefined {
  const said = { check: check.text, ...(before && { before: before.seen }), ...(after && { after: after.seen }) };
  if (after?.holds) return { ...said, verdict: 'pass', ...(before?.holds === false && { why: 'it did not hold before' }) };
  if (before?.holds !== true && check.ifHeld) return undefined;
  if (!after) return { ...said, verdict: 'inconclusive', why: NOT_SAID };
  if (before?.holds) return { ...said, verdict: 'fail', why: 'it held before the change' };
  return { ...said, verdict: 'inconclusive', why: before ? 'it did not hold before' : 'it is not known whether it held before' };
}
