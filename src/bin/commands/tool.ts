import { registry } from '../../mcp/index.ts';
import type { Run } from '../command.ts';
import { table } from '../text-table.ts';

/** No store is opened: which tools there are depends on no router. */
export const toolList: Run = async ({ io }) => {
  const tools = registry.tools.map(({ name, title, meta: { tier, topic } }) => ({ name, title, tier, topic }));
  return {
    data: { tools },
    text: () =>
      table(
        io,
        [
          { head: 'name', value: ({ name }) => name },
          { head: 'tier', value: ({ tier }) => tier },
          { head: 'topic', value: ({ topic }) => topic },
          { head: 'title', value: ({ title }) => title },
        ],
        tools,
      ),
  };
};
