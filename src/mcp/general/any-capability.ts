import type { Catalog } from '../../lib/index.ts';
import { cursorParam } from '../cursor.ts';
import { intentOf, VERBS } from '../derive/intent.ts';
import { beforeParam, planOnly, rowParam, unsetParam } from '../derive/plan.ts';
import { deviceParam, fieldsParam, limitParam } from '../derive/read.ts';
import { required, textParam, wordParam } from '../schema.ts';
import { defineTool, LOOKS, PLANS, type Tool } from '../tool.ts';
import { pairsParam, readPairs, readSelector } from '../view/pairs.ts';
import { PLAN_OUTPUT } from '../view/plan.ts';
import { READ_OUTPUT, readAnswer } from '../view/read.ts';

const capabilityParam = required(
  textParam({
    about: 'Id from search_capabilities.',
    example: '"ip-address"',
    allowed: 'the id of a capability (search_capabilities), or for reading the path of a menu such as /ip/kid-control',
    max: 200,
  }),
);

/** Reads any capability: the executor for what has no tool of its own. */
export const readCapability = (catalog: Catalog): Tool =>
  defineTool({
    name: 'read_capability',
    title: 'Read any capability',
    description:
      'Reads any capability, or any other menu by its path, of one router.\nUse when search_capabilities found one that has no read tool of its own, or none at all.',
    params: {
      device_id: deviceParam,
      capability: capabilityParam,
      where: pairsParam('Only rows with these values, as field=value.', 'disabled=no'),
      fields: fieldsParam,
      limit: limitParam,
      cursor: cursorParam,
    },
    output: READ_OUTPUT,
    annotations: LOOKS,
    tier: 'fundamental',
    topic: 'catalog',
    handler: ({ device_id, capability, where, fields, limit, cursor }, { fleet, signal }) =>
      readAnswer(
        fleet,
        { device: device_id, capability: catalog.readable(capability), where: readPairs('where', where), fields, limit, cursor },
        signal,
      ),
  });

/** Plans a change of any capability; still nothing reaches a router before a person has approved. */
export const planChange = (catalog: Catalog): Tool =>
  defineTool({
    name: 'plan_change',
    title: 'Plan any change',
    description:
      'Plans a change of any capability on one router; nothing is sent to it.\n' +
      'Use when search_capabilities found one that has no plan tool of its own. A person approves the plan in the terminal, then apply_plan runs it.',
    params: {
      device_id: deviceParam,
      capability: capabilityParam,
      verb: required(wordParam(VERBS, 'What to do.')),
      values: pairsParam('Fields to write, as field=value.', 'servers=1.1.1.1,8.8.8.8'),
      row: rowParam,
      before: beforeParam,
      unset: unsetParam,
    },
    output: PLAN_OUTPUT,
    annotations: PLANS,
    tier: 'advanced',
    topic: 'catalog',
    handler: (args, context) => {
      const intent = intentOf(catalog.capability(args.capability), {
        verb: args.verb,
        values: readPairs('values', args.values),
        row: readSelector('row', args.row),
        before: readSelector('before', args.before),
        unset: args.unset,
      });
      return planOnly(context, args.device_id, [intent]);
    },
  });
