import { type Action, snake } from '../../lib/index.ts';
import { DEFAULT_TOKENS, fitting } from '../budget.ts';
import { outputSchemaOf, type Params } from '../schema.ts';
import { itemText, tableText } from '../table.ts';
import { defineTool, LOOKS, type Tool } from '../tool.ts';
import { shortened } from '../view/rows.ts';
import { inputParams } from './fields.ts';
import { deviceParam, lowerFirst } from './read.ts';

const OUTPUT = outputSchemaOf({
  device: { type: 'string' },
  done: { type: 'boolean' },
  summary: { type: 'object' },
  total: { type: 'integer' },
  items: { type: 'array', items: { type: 'object' } },
});

/** The tool that runs a harmless command: it changes no configuration, so it needs no plan. */
export function actionTool(action: Action, name: string): Tool {
  const names = Object.keys(action.args);
  const params: Params = { device_id: deviceParam, ...inputParams(action.args) };
  return defineTool({
    name,
    title: action.title,
    description: `Runs ${action.menu}/${action.command} on one router: ${lowerFirst(action.about)}\nUse when that is wanted: it runs at once.`,
    params,
    output: OUTPUT,
    annotations: { ...LOOKS, readOnlyHint: action.effect !== 'cache' },
    tier: action.effect === 'none' ? 'fundamental' : 'advanced',
    topic: action.topic,
    handler: async (args, { fleet, signal, progress }) => {
      const device = String(args['device_id']);
      const given = Object.fromEntries(names.flatMap((field) => (args[snake(field)] === undefined ? [] : [[field, args[snake(field)]]])));
      const tell =
        progress &&
        (({ done, total }: { done: number; total: number }) => progress({ done, total, message: `${action.title}: ${done} of ${total}` }));
      const { items: rows, summary } = await fleet.run(
        { device, action: action.id, args: given },
        { signal, ...(tell && { progress: tell }) },
      );
      const items = fitting(rows.map(snakeKeys), DEFAULT_TOKENS);
      const table = items.length > 0 ? `\n${tableText(items)}` : '';
      const sum = summary && snakeKeys(summary);
      const data = { device, done: true, ...(sum && { summary: sum }), total: rows.length, items };
      const head = sum ? `\n${itemText(sum)}` : '';
      return { data, text: `Done: ${action.title}.${head}${table}`, untrusted: items.length > 0 };
    },
  });
}

const snakeKeys = (item: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(item).map(([key, value]) => [snake(key).replaceAll('-', '_'), shortened(value, 512)]));
