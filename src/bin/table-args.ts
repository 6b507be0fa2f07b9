import type { Arg } from './command.ts';

/** Arguments that several commands have. */
export const CAPABILITY: Arg = {
  name: 'capability',
  about: 'What to read or change: dns, firewall-filter ... docs/reference/catalog.md has them all.',
};
export const VALUES: Arg = { name: 'field=value', about: 'Fields under their RouterOS names, lists joined by commas.', rest: true };
