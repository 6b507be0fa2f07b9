import type { CallOptions } from '../client/types.ts';
import type { Actor } from '../core/actor.ts';
import { InputError, RouterError } from '../core/errors.ts';
import type { Input, Part, Source, View } from '../view/define.ts';
import { views } from '../view/index.ts';
import { acceptInput } from './accept-input.ts';
import type { Context } from './context.ts';
import { count } from './count.ts';
import { requireDevice } from './devices.ts';
import { cursorAt, read } from './read.ts';
import type { ReadRequest, ReadResult, ViewRequest, ViewResult } from './read-types.ts';
import { run } from './run.ts';

const MOST = 1_000;

/** Reads the parts of a view one after the other, and puts them together. */
export async function view(context: Context, actor: Actor, request: ViewRequest, options: CallOptions = {}): Promise<ViewResult> {
  const wanted = requireView(request.view);
  const input = acceptInput(wanted.id, wanted.input, request.input ?? {});
  const device = await requireDevice(context, request.device);
  const parts: Record<string, Part> = {};
  let transport: ViewResult['transport'] = 'rest';
  for (const [name, source] of Object.entries(wanted.parts)) {
    const part = await partOf(context, actor, request.device, source, input, parts, options);
    if (!part) continue;
    if ('transport' in part && part.transport === 'ssh') transport = 'ssh';
    const { items, total, missing } = part;
    parts[name] = { items, total, ...(missing !== undefined && { missing }) };
  }
  const missing = Object.entries(parts).flatMap(([name, part]) => (part.missing === undefined ? [] : [[name, part.missing] as const]));
  return {
    device: { id: device.id, name: device.name },
    view: wanted.id,
    data: wanted.compose(parts, input),
    missing: Object.fromEntries(missing),
    transport,
    readAt: context.store.now(),
  };
}

/** One part. What the router refuses to tell is missing, with the reason; a router that does not answer is an error. */
async function partOf(
  context: Context,
  actor: Actor,
  device: string,
  source: Source,
  input: Input,
  parts: Readonly<Record<string, Part>>,
  options: CallOptions,
): Promise<ReadResult | Part | undefined> {
  try {
    if ('run' in source) {
      const args = source.args(input, parts);
      if (!args) return undefined;
      const { items } = await run(context, actor, { device, action: source.run.id, args }, options);
      return { items, total: items.length };
    }
    const request = requestOf(device, source, input);
    return request && (await rowsOf(context, actor, request, source, options));
  } catch (thrown) {
    if (thrown instanceof RouterError) return { items: [], total: 0, missing: `not told by this router: it refused (${thrown.code})` };
    throw thrown;
  }
}

type ReadSource = Extract<Source, { read: unknown }>;

function requestOf(device: string, source: ReadSource, input: Input): ReadRequest | undefined {
  const where = source.where ? source.where(input) : {};
  if (!where) return undefined;
  const { id, ...conditions } = where;
  return {
    device,
    capability: source.read.id,
    where: conditions,
    ...(typeof id === 'string' && { id }),
    ...(source.fields && { fields: source.fields }),
  };
}

async function rowsOf(
  context: Context,
  actor: Actor,
  request: ReadRequest,
  { limit = MOST, last }: ReadSource,
  options: CallOptions,
): Promise<ReadResult> {
  if (limit === 0) return count(context, actor, request, options);
  const start = last ? Math.max(0, (await count(context, actor, request, options)).total - limit) : 0;
  return read(context, actor, { ...request, limit, ...(start > 0 && { cursor: cursorAt(start) }) }, options);
}

function requireView(id: string): View {
  const found = views.find((one) => one.id === id);
  if (found) return found;
  throw new InputError('There is no view of that name.', {
    code: 'UNKNOWN_CAPABILITY',
    hint: `Use one of: ${views.map((one) => one.id).join(', ')}.`,
    details: { allowed: views.map((one) => one.id) },
  });
}
