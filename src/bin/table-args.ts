import type { Arg } from './command.ts';

/** Arguments that several commands have. */
export const CAPABILITY: Arg = {
  name: 'capability',
  about: 'What to read or change: dns, firewall-filter ... docs/reference/catalog.md has them all; one with --help shows its fields.',
  offer: 'capability',
};
export const VALUES: Arg = {
  name: 'field=value',
  about: 'Fields under their RouterOS names, lists joined by commas.',
  offer: 'field=value',
  rest: true,
};
