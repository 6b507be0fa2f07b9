import { type Action, snake } from '../../lib/index.ts';
import { DEFAULT_TOKENS, fitting } from '../budget.ts';
import { outputSchemaOf, type Params } from '../schema.ts';
import { tableText } from '../table.ts';
import { defineTool, LOOKS, type Tool } from '../tool.ts';
import { shortened } from '../view/rows.ts';
import { fieldParams } from './fields.ts';
import { deviceParam, lowerFirst } from './read.ts';

const OUTPUT = outputSchemaOf({
  device: { type: 'string' },
  done: { type: 'boolean' },
  items: { type: 'array', items: { type: 'object' } },
});

/** The tool that runs a harmless command: it changes no configuration, so it needs no plan. */
export function actionTool(action: Action, name: string): Tool {
  const names = Object.keys(action.args);
  const params: Params = { device_id: deviceParam, ...fieldParams(action.args, names) };
  return defineTool({
    name,
    title: action.title,
    description: `Runs ${action.menu}/${action.command} on one router: ${lowerFirst(action.about)}\nUse when that is what is wanted: it runs at once, without a plan.`,
    params,
    output: OUTPUT,
    annotations: { ...LOOKS, readOnlyHint: action.effect !== 'cache' },
    tier: action.effect === 'none' ? 'fundamental' : 'advanced',
    topic: action.topic,
    handler: async (args, { fleet, signal }) => {
      const device = String(args['device_id']);
      const given = Object.fromEntries(names.flatMap((field) => (args[snake(field)] === undefined ? [] : [[field, args[snake(field)]]])));
      const answer = await fleet.run({ device, action: action.id, args: given }, { signal });
      const items = fitting(
        answer.map((item) =>
          Object.fromEntries(Object.entries(item).map(([key, value]) => [snake(key).replaceAll('-', '_'), shortened(value, 512)])),
        ),
        DEFAULT_TOKENS,
      );
      const table = items.length > 0 ? `\n${tableText(items)}` : '';
      return { data: { device, done: true, items }, text: `Done: ${action.title}.${table}`, untrusted: items.length > 0 };
    },
  });
}
