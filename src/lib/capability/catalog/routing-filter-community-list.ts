import { defineCapability } from '../define.ts';
import { flag, text, textSet } from '../kinds.ts';

export const routingFilterCommunityList = defineCapability({
  id: 'routing-filter-community-list',
  title: 'Routing filter community lists',
  about: 'Lists of BGP communities that filter rules refer to.',
  menu: '/routing/filter/community-list',
  shape: 'table',
  topic: 'routing',
  key: [],
  fields: {
    list: text({ about: 'List the communities belong to.', column: 1 }),
    communities: textSet({ about: 'Communities by number or by their well-known names.', column: 2 }),
    regexp: text({ about: 'Pattern that communities fit.', column: 3 }),
    disabled: flag({ about: 'Kept but not in force.', column: 4 }),
    comment: text({ about: 'Note kept on the router.', column: 5 }),
  },
});
