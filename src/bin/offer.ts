/** What is looked up when it is needed: names of the catalog, of the store, of this machine. */
export type Naming =
  | 'capability'
  | 'action'
  | 'view'
  | 'recipe'
  /** `field=value` of what the command was given first. */
  | 'field=value'
  /** The same, for choosing rows. */
  | 'condition'
  /** Names of fields, joined by commas. */
  | 'field'
  /** The same, of fields that are typed unseen. */
  | 'secret'
  | 'device'
  | 'recording'
  | 'allowance'
  | 'file';

/** What can stand in a place of a command line: these words, or what has that kind of name. */
export type Offer = readonly string[] | Naming;

/** What the catalog declares, and a command takes by name. */
export const NOUNS = ['capability', 'action', 'view', 'recipe'] as const;
export type Noun = (typeof NOUNS)[number];
export const isNoun = (offer: Offer | undefined): offer is Noun => NOUNS.some((noun) => noun === offer);
