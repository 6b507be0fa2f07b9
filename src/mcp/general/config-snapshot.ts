import { iso } from '../../lib/index.ts';
import { DEFAULT_TOKENS, estimateTokens, HARD_TOKENS } from '../budget.ts';
import { cursorParam, readCursor, writeCursor } from '../cursor.ts';
import { deviceParam } from '../derive/read.ts';
import { integerParam, outputSchemaOf, textParam, wordParam } from '../schema.ts';
import { defineTool, LOOKS } from '../tool.ts';

/** The configuration as RouterOS exports it, in parts that fit. */
export const configSnapshot = defineTool({
  name: 'get_config_snapshot',
  title: 'Configuration export',
  description:
    'Exports the configuration of one router as a script, without its secrets; nothing is written to the router.\n' +
    'Use when you need the configuration as a whole, or one branch of it (menu).',
  params: {
    device_id: deviceParam,
    menu: textParam({ about: 'One menu and what is below it.', example: '"/ip/firewall"', allowed: 'the path of a menu', max: 200 }),
    style: wordParam(['compact', 'terse', 'verbose'], 'compact: what differs from the defaults.'),
    limit: integerParam({ about: 'Most lines.', min: 1, max: 2_000, example: 200 }),
    cursor: cursorParam,
  },
  output: outputSchemaOf({
    device: { type: 'object' },
    read_at: { type: 'string' },
    complete: { type: 'boolean' },
    notices: { type: 'array', items: { type: 'string' } },
    lines: { type: 'integer' },
    returned: { type: 'integer' },
    next_cursor: { type: 'string' },
    text: { type: 'string' },
  }),
  annotations: LOOKS,
  tier: 'fundamental',
  topic: 'config',
  handler: async ({ device_id, menu, style, limit, cursor }, { fleet, signal }) => {
    const { skip } = readCursor(cursor);
    const request = { device: device_id, ...(menu !== undefined && { menu }), ...(style !== undefined && { style }) };
    const { device, text, complete, notices, readAt } = await fleet.export(request, { signal });
    const all = text.split('\n');
    const lines = fittingLines(all.slice(skip, skip + (limit ?? all.length)), limit === undefined ? DEFAULT_TOKENS : HARD_TOKENS);
    const end = skip + lines.length;
    const next = end < all.length ? writeCursor({ skip: end }) : undefined;
    const data = {
      device,
      read_at: iso(readAt),
      complete,
      ...(notices.length > 0 && { notices: notices.slice(0, 20) }),
      lines: all.length,
      returned: lines.length,
      ...(next !== undefined && { next_cursor: next }),
      text: lines.join('\n'),
    };
    const missing = complete ? '' : ' It is not complete: the router gave up on a part, so it restores nothing.';
    const rest = next === undefined ? '' : ` The rest: cursor=${next}.`;
    const head = `Lines ${skip + 1} to ${end} of ${all.length} of the configuration of ${device.name}, read ${data.read_at}.${missing}${rest}`;
    return { data, text: head, untrusted: true };
  },
});

/** As many lines as the budget allows, at least one; a line longer than all of it is cut, and says so. */
function fittingLines(lines: readonly string[], tokens: number): readonly string[] {
  const shown: string[] = [];
  let left = tokens - 200;
  for (const line of lines) {
    left -= estimateTokens(line) + 1;
    if (left < 0 && shown.length > 0) return shown;
    shown.push(left < 0 ? `${line.slice(0, 2_000)} [cut: ${line.length} characters]` : line);
  }
  return shown;
}
