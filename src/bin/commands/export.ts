import { iso } from '../../lib/index.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import type { Failure } from '../failure.ts';
import { needed, oneOf } from '../values.ts';

/** The configuration as text, and nothing else, on stdout. */
export const exportText: Run = async ({ flags, operator, signal }) => {
  const device = needed('device', flags.text('device'), 'Say which router: --device NAME. routeros-mcp device list has them all.');
  const menu = flags.text('menu');
  const wish = flags.text('style');
  const style = wish === undefined ? undefined : oneOf('style', wish, ['compact', 'terse', 'verbose']);
  const { fleet } = await operator();
  const result = await fleet.export({ device, ...(menu !== undefined && { menu }), ...(style && { style }) }, { signal });
  const { text, complete, notices } = result;
  return {
    data: { ...result, readAt: iso(result.readAt) },
    text: () => text,
    note: () => (complete ? notices.join('\n') : ''),
    ...(complete ? {} : { exit: EXIT.failed, failure: incomplete(result.device.name, notices) }),
  };
};

/** What is there is printed all the same: it may be what a person is looking for. It restores nothing. */
const incomplete = (name: string, notices: readonly string[]): Failure => ({
  code: 'ROUTER_FAULT',
  message: `The export of ${name} is not complete: it must not be used to restore anything.${notices.length > 0 ? ` ${notices.join(' ')}` : ''}`,
  hint: 'Run it again, menu by menu with --menu, or set SSH up for this router.',
  retryable: true,
  details: { notices },
});
