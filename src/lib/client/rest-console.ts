import { RouterError } from '../core/errors.ts';
import { newRequestId } from '../core/ids.ts';
import { type Command, consoleLine, whatOf } from './ssh-commands.ts';
import { consoleRefusal } from './text/console-error.ts';
import type { CallOptions, Link } from './types.ts';

/**
 * One of the fixed console commands over REST, by `/rest/execute`: for routers without SSH. RouterOS gives up after 60 s, and answers
 * 200 to a script that failed (measured), so that an answer counts only when it ends with the marker.
 * @throws RouterError, UnreachableError
 */
export async function consoleOverRest(link: Link, command: Command, options: CallOptions = {}): Promise<Buffer> {
  const marker = `MK-END-${newRequestId().slice(4)}`;
  const args = { script: consoleLine(command, marker), 'as-string': '' };
  const [row] = await link.run({ verb: 'run', menu: '', command: 'execute', args }, options);
  const text = (row?.['ret'] ?? '').trimEnd();
  if (text.endsWith(marker)) return Buffer.from(text.slice(0, -marker.length).replace(/\r?\n$/, ''), 'utf8');
  throw (
    consoleRefusal(text, whatOf(command), (words) => words) ??
    new RouterError('The router did not finish the command.', {
      code: 'ROUTER_FAULT',
      hint: 'It gives up after 60 seconds over REST: set up SSH for this device.',
      details: { call: whatOf(command), transport: 'rest' },
    })
  );
}
