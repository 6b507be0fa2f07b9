import { defineAction } from '../define.ts';
import { host, text } from '../kinds.ts';

export const dnsLookup = defineAction({
  id: 'dns-lookup',
  title: 'DNS lookup',
  about: 'Asks the router to look up a name, through its own DNS settings.',
  // The console has the command and REST has not: a fixed script, in which the name is letters, digits, dots and dashes only.
  menu: '',
  command: 'execute',
  topic: 'diagnostics',
  effect: 'none',
  perMinute: 20,
  args: {
    name: host({ about: 'Name to look up.', required: true }),
  },
  answer: {
    ret: text({ about: 'The address, or why there is none.', readOnly: true, column: 1 }),
  },
  calls: ({ name = '' }) => [{ script: `:put [:resolve "${name}"]`, 'as-string': '' }],
  rows: (items) => items.map(({ ret }) => ({ ret: typeof ret === 'string' ? ret.trim() : null })),
  summary: (items, { name }) => {
    const answer = String(items[0]?.['ret'] ?? '');
    const isAddress = /^[\da-f.:]+$/i.test(answer) && /[.:]/.test(answer);
    return { name, address: isAddress ? answer : null, failure: isAddress ? null : reasonOf(answer) };
  },
});

/** `failure: dns name does not exist (:resolve; line 1)` without what is said about our script. */
const reasonOf = (answer: string): string => answer.replace(/^failure: /, '').replace(/\s*\([^()]*\)$/, '') || 'no answer';
