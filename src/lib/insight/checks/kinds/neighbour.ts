import { neighbor } from '../../../capability/catalog/neighbor.ts';
import { defineCheck, startsWith } from '../kind.ts';

/** By the name it gives itself; the router counts. */
export const neighbour = defineCheck({
  kind: 'neighbour',
  form: 'neighbour <identity>',
  understand: (words) =>
    (startsWith(words, 'neighbour') || startsWith(words, 'neighbor')) && words.length === 2 && words[1] !== ''
      ? { args: { identity: words[1] ?? '' } }
      : undefined,
  look: async (look, { args }) => {
    const count = await look.count(neighbor.menu, [`identity=${args['identity']}`]);
    return count === undefined ? undefined : { holds: count > 0, seen: count > 0 ? 'seen' : 'not seen' };
  },
});
