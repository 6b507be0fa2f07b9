import type { Guard, Reach, Target } from './types.ts';

/** What a person reads about undo on the router, in every face. */
export function guardText(guard: Guard): string {
  if (guard.kind === 'none') return `none on the router: ${guard.why}`;
  const warned = guard.warnings.length > 0 ? `; ${guard.warnings.join('; ')}` : '';
  return `the router returns by itself after ${guard.seconds} s (${guard.triggers.join(', ')})${warned}`;
}

/** The guards of all targets of a plan: said once where they are alike. */
export function guardsText(targets: readonly Pick<Target, 'deviceName' | 'guard'>[]): string {
  const texts = targets.map(({ guard }) => guardText(guard));
  const [first] = texts;
  if (first !== undefined && texts.every((text) => text === first)) return first;
  return targets.map(({ deviceName, guard }) => `${deviceName}: ${guardText(guard)}`).join(' | ');
}

const VERDICTS: Readonly<Record<Reach['verdict'], string>> = { yes: 'stays reachable', no: 'WILL BE CUT OFF', unknown: 'cannot tell' };

/** What a person reads about the way to the router after the change. */
export const reachText = ({ transport, verdict, why }: Reach): string => `${transport}: ${VERDICTS[verdict]}: ${why}`;
