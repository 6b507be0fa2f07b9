import { ENVIRONMENTS } from '../../lib/index.ts';
import { outputSchemaOf, required, textParam } from '../schema.ts';
import { defineTool, LOOKS_INSIDE } from '../tool.ts';
import { VERSION } from '../version.ts';

export const echo = defineTool({
  name: 'echo',
  title: 'Echo',
  description: 'Answers the message it was sent; asks nothing and no one.\nUse when you want to know that this server answers.',
  params: {
    message: required(textParam({ about: 'Any text.', example: '"hello"', allowed: 'a text of at most 1000 characters', max: 1_000 })),
  },
  output: outputSchemaOf({ message: { type: 'string' } }),
  annotations: LOOKS_INSIDE,
  tier: 'fundamental',
  topic: 'service',
  handler: async ({ message }) => ({ data: { message }, text: message, untrusted: false }),
});

export const serviceHealth = defineTool({
  name: 'service_health',
  title: 'Health of this server',
  description:
    'Checks this server: its store is read now, and routers and open plans are counted. Asks no router.\nUse when several calls failed.',
  params: {},
  output: outputSchemaOf({
    version: { type: 'string' },
    acting_as: { type: 'object' },
    store: { type: 'object' },
    devices: { type: 'object' },
    plans_waiting_for_a_person: { type: 'integer' },
  }),
  annotations: LOOKS_INSIDE,
  tier: 'fundamental',
  topic: 'service',
  handler: async (_args, { fleet }) => {
    const started = performance.now();
    const devices = await fleet.devices();
    const waiting = (await fleet.plans({ state: 'review', limit: 1_000 })).length;
    const data = {
      version: VERSION,
      acting_as: {
        id: fleet.actor.id,
        ...(fleet.actor.onBehalfOf !== undefined && { on_behalf_of: fleet.actor.onBehalfOf }),
        origin: fleet.actor.origin,
      },
      store: { readable: true, answered_in_ms: Math.round(performance.now() - started) },
      devices: Object.fromEntries(
        ENVIRONMENTS.map((environment) => [environment, devices.filter((one) => one.environment === environment).length]),
      ),
      plans_waiting_for_a_person: waiting,
    };
    const text = `routeros-mcp ${VERSION}: the store answers; ${devices.length} routers; ${waiting} plans wait for a person. Acting as ${fleet.actor.id}.`;
    return { data, text, untrusted: false };
  },
});
