import { type Capability, columnsOf, snake } from '../../lib/index.ts';
import { cursorParam } from '../cursor.ts';
import { integerParam, type Params, required, textParam, textsParam } from '../schema.ts';
import { defineTool, LOOKS, type Tool } from '../tool.ts';
import { READ_OUTPUT, readAnswer } from '../view/read.ts';
import { fieldParams, filterFields } from './fields.ts';

export const deviceParam = required(
  textParam({ about: 'Router: id or name.', example: '"edge-01"', allowed: 'the id or name of a router (list_devices)', max: 64 }),
);
export const limitParam = integerParam({ about: 'Most rows.', min: 1, max: 1_000, example: 50 });
export const fieldsParam = textsParam({ about: 'Only these fields.', example: 'name', max: 80 });

/** The tool that reads one menu of one router. */
export function readTool(capability: Capability, name: string): Tool {
  const single = capability.shape === 'singleton';
  const filters = filterFields(capability);
  const params: Params = {
    device_id: deviceParam,
    ...fieldParams(capability.fields, filters),
    fields: fieldsParam,
    ...(!single && { limit: limitParam, cursor: cursorParam }),
  };
  return defineTool({
    name,
    title: capability.title,
    description: describe(capability),
    params,
    output: READ_OUTPUT,
    annotations: LOOKS,
    tier: 'fundamental',
    topic: capability.topic,
    handler: (args, { fleet, signal }) =>
      readAnswer(
        fleet,
        {
          device: String(args['device_id']),
          capability,
          where: Object.fromEntries(filters.flatMap((field) => (args[snake(field)] === undefined ? [] : [[field, args[snake(field)]]]))),
          fields: fieldsParam.read(args['fields']),
          limit: limitParam.read(args['limit']),
          cursor: cursorParam.read(args['cursor']),
        },
        signal,
      ),
  });
}

function describe(capability: Capability): string {
  const first = columnsOf(capability).slice(0, 3).map(snake).join(', ');
  const use =
    capability.shape === 'singleton' || capability.shape === 'table'
      ? 'you need what the router has now'
      : 'you need its rows, their ids or their order';
  return `Reads ${capability.menu} of one router: ${lowerFirst(capability.about)}\nUse when ${use} (${first}, ...).`;
}

/** The tool that reads a single row by its id. */
export function oneTool(capability: Capability, name: string): Tool {
  // `get_ip_address` takes an `address_id`.
  const idName = `${name.split('_').at(-1)}_id`;
  return defineTool({
    name,
    title: `${capability.title}: one`,
    description: `Reads one row of ${capability.menu} by its RouterOS id.\nUse when a list gave you the id and you need all of that row.`,
    params: {
      device_id: deviceParam,
      [idName]: required(textParam({ about: 'RouterOS id.', example: '*1', allowed: 'an id such as *1, from the list', max: 20 })),
    },
    output: READ_OUTPUT,
    annotations: LOOKS,
    tier: 'fundamental',
    topic: capability.topic,
    handler: (args, { fleet, signal }) =>
      readAnswer(fleet, { device: String(args['device_id']), capability, id: String(args[idName]) }, signal),
  });
}

/** For the middle of a sentence: `Rules that ...` loses its capital, `IPv4 addresses` and `DNS servers` keep theirs. */
export const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]*\b/.test(text) && !/^(?:RouterOS|WireGuard)\b/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
