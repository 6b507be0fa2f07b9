import { type DeviceView, ENVIRONMENTS, exposureOf, iso } from '../../lib/index.ts';
import { DEFAULT_TOKENS, fitting, HARD_TOKENS } from '../budget.ts';
import { cursorParam, readCursor, writeCursor } from '../cursor.ts';
import { limitParam } from '../derive/read.ts';
import { outputSchemaOf, textsParam, wordParam } from '../schema.ts';
import { tableText } from '../table.ts';
import { defineTool, LOOKS } from '../tool.ts';
import { readPairs } from '../view/pairs.ts';
import { shortened } from '../view/rows.ts';

export const listDevices = defineTool({
  name: 'list_devices',
  title: 'Routers',
  description:
    'Lists the routers of the fleet with environment, tags, version and what is allowed on them, as last known; asks no router.\n' +
    'Use when you need a device_id or want to choose routers.',
  params: {
    environment: wordParam(ENVIRONMENTS, 'Only this environment.'),
    tags: textsParam({ about: 'Only routers with all these tags, as key=value.', example: 'site=north', max: 20 }),
    limit: limitParam,
    cursor: cursorParam,
  },
  output: outputSchemaOf({
    total: { type: 'integer' },
    returned: { type: 'integer' },
    next_cursor: { type: 'string' },
    devices: { type: 'array', items: { type: 'object' } },
  }),
  annotations: LOOKS,
  tier: 'fundamental',
  topic: 'fleet',
  handler: async ({ environment, tags, limit, cursor }, { fleet }) => {
    const { skip } = readCursor(cursor);
    const wanted = Object.entries(readPairs('tags', tags));
    const matching = (await fleet.devices())
      .filter((device) => environment === undefined || device.environment === environment)
      .filter((device) => wanted.every(([key, value]) => device.tags[key] === value))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const page = matching.slice(skip, skip + (limit ?? 100)).map(deviceRow);
    const devices = fitting(page, (limit === undefined ? DEFAULT_TOKENS : HARD_TOKENS) - 100);
    const end = skip + devices.length;
    const next = end < matching.length ? writeCursor({ skip: end }) : undefined;
    const head = `${devices.length} of ${matching.length} routers.${next === undefined ? '' : ` The rest: cursor=${next}.`}`;
    return {
      data: { total: matching.length, returned: devices.length, ...(next !== undefined && { next_cursor: next }), devices },
      text:
        devices.length === 0 ? `${head} A person adds routers in the terminal: routeros-mcp device add.` : `${head}\n${tableText(devices)}`,
      untrusted: true,
    };
  },
});

function deviceRow(device: DeviceView): Readonly<Record<string, unknown>> {
  const { id, name, address, environment, tags, allow, facts, trust } = device;
  const exposed = exposureOf(device);
  return {
    id,
    name,
    environment,
    address,
    version: shortened(facts.version, 40),
    board: shortened(facts.board, 80),
    identity: shortened(facts.identity, 120),
    tags: Object.entries(tags).map(([key, value]) => `${key}=${value}`),
    allow,
    trust: trust.kind,
    ...(exposed !== undefined && { exposed }),
    facts_read_at: iso(facts.readAt),
  };
}
