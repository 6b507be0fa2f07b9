import { iso, snake, type View } from '../../lib/index.ts';
import { DEFAULT_TOKENS, tokensOf } from '../budget.ts';
import { outputSchemaOf, type Params } from '../schema.ts';
import { itemText } from '../table.ts';
import { defineTool, LOOKS, type Tool } from '../tool.ts';
import { inputParams } from './fields.ts';
import { deviceParam, lowerFirst } from './read.ts';

const OUTPUT = outputSchemaOf({
  device: { type: 'object' },
  read_at: { type: 'string' },
  missing: { type: 'object' },
  data: { type: 'object' },
});

/** The tool that reads several menus of one router and puts them together. */
export function viewTool(view: View, name: string): Tool {
  const names = Object.keys(view.input);
  const params: Params = { device_id: deviceParam, ...inputParams(view.input) };
  return defineTool({
    name,
    title: view.title,
    description: `Reads one router: ${lowerFirst(view.about)}\nUse when you need that together.`,
    params,
    output: OUTPUT,
    annotations: LOOKS,
    tier: 'fundamental',
    topic: view.topic,
    handler: async (args, { fleet, signal }) => {
      const input = Object.fromEntries(names.flatMap((field) => (args[snake(field)] === undefined ? [] : [[field, args[snake(field)]]])));
      const result = await fleet.view({ device: String(args['device_id']), view: view.id, input }, { signal });
      const data = {
        device: result.device,
        read_at: iso(result.readAt),
        ...(result.transport === 'ssh' && { transport: 'ssh' }),
        ...(Object.keys(result.missing).length > 0 && { missing: result.missing }),
        data: bounded(snakeDeep(result.data)),
      };
      return { data, text: `${view.title} of ${result.device.name}, read ${data.read_at}.\n${itemText(data.data)}`, untrusted: true };
    },
  });
}

type Data = Readonly<Record<string, unknown>>;
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

const snakeDeep = (data: Data): Data =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [snake(key).replaceAll('-', '_'), deep(value)]));
const deep = (value: unknown): unknown => (Array.isArray(value) ? value.map(deep) : isData(value) ? snakeDeep(value) : value);

/** Lists are cut, longest first, until the answer fits; how many rows were left out is said beside each. */
function bounded(data: Data): Data {
  let now: Record<string, unknown> = { ...data };
  while (tokensOf(now) > DEFAULT_TOKENS - 200) {
    const lists = Object.entries(now).filter(
      (entry): entry is [string, readonly unknown[]] => Array.isArray(entry[1]) && entry[1].length > 1,
    );
    const longest = lists.toSorted((a, b) => tokensOf(b[1]) - tokensOf(a[1]))[0];
    if (!longest) return now;
    const [name, rows] = longest;
    const kept = rows.slice(0, Math.ceil(rows.length / 2));
    const whole = Array.isArray(data[name]) ? data[name].length : rows.length;
    now = { ...now, [name]: kept, [`${name}_left_out`]: whole - kept.length };
  }
  return now;
}
