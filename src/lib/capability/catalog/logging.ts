import { defineCapability } from '../define.ts';
import { flag, text, textSet } from '../kinds.ts';

export const logging = defineCapability({
  id: 'logging',
  title: 'Logging rules',
  about: 'Which notes of a router go to which log.',
  menu: '/system/logging',
  shape: 'list',
  topic: 'diagnostics',
  // Rules may repeat each other in every field.
  key: [],
  tool: { read: 'get_logging_config' },
  fields: {
    topics: textSet({ about: 'Topics a note must have; one with a leading ! it must not have.', column: 1 }),
    action: text({ about: 'Log it goes to, by the name of its action.', fallback: 'memory', column: 2 }),
    prefix: text({ about: 'Text put in front of the note.', column: 3 }),
    regex: text({ about: 'Pattern the note must fit.', from: '7.17', column: 4 }),
    disabled: flag({ about: 'Kept but not in force.', column: 5 }),
    invalid: flag({ about: 'Its action does not exist.', readOnly: true, live: true }),
    default: flag({ about: 'One of the rules RouterOS comes with.', readOnly: true }),
    managed: flag({ about: 'Made by another part of the router.', readOnly: true }),
    comment: text({ about: 'Note kept on the router.', from: '7.22' }),
  },
  // A rule more shows more; a rule changed or gone may hide what happens next.
  risk: ({ verb }) => (verb === 'add' ? 'low' : 'medium'),
  refuse: ({ verb, before }) =>
    verb === 'remove' && before?.default ? 'RouterOS keeps the rules it comes with: disable it instead' : undefined,
});
