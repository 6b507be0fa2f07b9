/** What can be said of a rule and a packet. */
export type Match = 'yes' | 'no' | 'maybe';

export const told = (known: boolean | undefined): Match => (known === undefined ? 'maybe' : known ? 'yes' : 'no');
export const turned = (match: Match): Match => (match === 'maybe' ? 'maybe' : match === 'yes' ? 'no' : 'yes');

/** One no is a no, whatever the others are. */
export function every(matches: Iterable<Match>): Match {
  let found: Match = 'yes';
  for (const match of matches) {
    if (match === 'no') return 'no';
    if (match === 'maybe') found = 'maybe';
  }
  return found;
}

/** One yes is a yes. */
export const some = (matches: readonly Match[]): Match => (matches.includes('yes') ? 'yes' : matches.includes('maybe') ? 'maybe' : 'no');
