import { describeConfig, policyText } from '../../lib/operator.ts';
import type { Run } from '../command.ts';
import { settings } from '../session.ts';
import { table } from '../text-table.ts';

/** No store is opened: this must work where everything else does not. */
export const configShow: Run = async ({ flags, io }) => {
  const loaded = await settings(flags);
  const rows = describeConfig(loaded);
  const shown = (value: unknown): string => (value === null ? '-' : Array.isArray(value) ? value.join(',') : String(value));
  return {
    data: { file: loaded.file ?? null, settings: rows },
    text: () => {
      const set = table(
        io,
        [
          { head: 'setting', value: ({ key }) => key },
          { head: 'value', value: ({ value }) => shown(value) },
          { head: 'from', value: ({ origin }) => origin },
          { head: 'where', value: ({ where }) => where },
        ],
        rows,
      );
      return io.plain ? set : [set, '', ...policyText(loaded.config.policy)].join('\n');
    },
  };
};
