import { type Decoded, decodeRow, wireMap, wireName } from '../capability/codec.ts';
import { type Action, type Capability, defineCapability } from '../capability/define.ts';
import type { Link, Row } from '../client/types.ts';
import type { Actor } from '../core/actor.ts';
import { DeniedError, RouterError, StoreError } from '../core/errors.ts';
import { newRequestId } from '../core/ids.ts';
import { hostOf } from '../device/address.ts';
import type { Allowance, Device } from '../device/device.ts';
import { acceptInput } from './accept-input.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { itemView } from './item-view.ts';
import type { ItemView, RunOptions, RunRequest, RunResult } from './read-types.ts';
import { auditDenial, entry } from './record.ts';

/** A harmless command of the catalog: it changes no configuration. What has any effect at all is in the ledger first. */
export async function run(context: Context, actor: Actor, request: RunRequest, options: RunOptions = {}): Promise<RunResult> {
  const device = await requireDevice(context, request.device);
  const action = context.catalog.action(request.action);
  const given = acceptInput(action.id, action.args, request.args ?? {});
  const about = { device, details: { action: action.id }, requestId: newRequestId() };
  return auditDenial(context, actor, 'router.run', about, async () => {
    requireConsent(action, device);
    const args = await wireArgs(context, device, action, given);
    const link = await context.routers.link(device);
    if (action.perMinute !== undefined) context.rates.take(action.id, device.id, action.perMinute);
    const record = async (result: 'started' | 'ok' | 'failed' | 'unknown'): Promise<void> => {
      if (action.effect !== 'none') await context.ledger.commit([], [entry(actor, 'router.run', result, about)]);
    };
    await record('started');
    try {
      const items = await inSteps(link, device, action, args, options);
      await record('ok');
      return { items, ...(action.summary && { summary: action.summary(items, given) }) };
    } catch (thrown) {
      if (!(thrown instanceof StoreError)) await record(thrown instanceof RouterError ? 'failed' : 'unknown');
      throw thrown;
    }
  });
}

/** What only answers is free; what fills a cache or a line is allowed by a person, on this device: between two of them, on both. */
function requireConsent({ effect, peer }: Action, { allow }: Device): void {
  if (peer && !allow.includes(peer.allowance)) {
    throw new DeniedError(`The device does not allow ${peer.allowance}.`, {
      hint: `A person allows it: routeros-mcp device update --allow ${peer.allowance}`,
    });
  }
  if (effect === 'none' || allow.includes('advanced-writes') || allow.includes('professional-workflows')) return;
  throw new DeniedError('The device does not allow advanced-writes.', { hint: 'A person allows it: routeros-mcp device update --allow.' });
}

async function inSteps(
  link: Link,
  device: Device,
  action: Action,
  args: Readonly<Record<string, string>>,
  { signal, progress }: RunOptions,
): Promise<readonly ItemView[]> {
  const { version } = device.facts;
  const calls = action.calls?.(args) ?? [args];
  const answer = answerOf(action);
  const map = wireMap(answer, version);
  let items: readonly ItemView[] = [];
  for (const [nth, wire] of calls.entries()) {
    signal?.throwIfAborted();
    const rows = await link.run({ verb: 'run', menu: action.menu, command: action.command, args: wire }, signal && { signal });
    const all = [...items, ...rows.map((row) => itemView(answer, measured(answer, map, row, version), undefined, version))];
    items = action.rows?.(all) ?? all;
    progress?.({ done: nth + 1, total: calls.length, items });
  }
  return items;
}

/** A switch that a row does not have was not measured: on a menu its absence means no, here it means nothing. */
function measured(answer: Capability, map: ReturnType<typeof wireMap>, row: Row, version: string): Decoded {
  const section = row['.section'];
  const whole = section !== undefined && map.has('section') ? { ...row, section } : row;
  const decoded = decodeRow(answer, whole, version);
  const silent = [...map].filter(([wire, { field }]) => field.kind.shape.name === 'flag' && !(wire in whole)).map(([, { name }]) => name);
  return { ...decoded, item: Object.fromEntries(Object.entries(decoded.item).filter(([name]) => !silent.includes(name))) };
}

/** Arguments in wire words. One that names another router becomes that router's address, if a person allowed it there. */
async function wireArgs(
  context: Context,
  device: Device,
  { args, peer }: Action,
  given: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, string>>> {
  const wire: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = args[name];
    if (!field) continue;
    const text = field.kind.encode(value);
    wire[wireName(name, field, device.facts.version)] = peer?.arg === name ? await addressOf(context, text, peer.allowance) : text;
  }
  return wire;
}

async function addressOf(context: Context, name: string, allowance: Allowance): Promise<string> {
  const other = await requireDevice(context, name);
  if (other.allow.includes(allowance)) return hostOf(other.address);
  throw new DeniedError(`${other.name} does not allow ${allowance}.`, {
    hint: `A person allows it: routeros-mcp device update ${other.name} --allow ${allowance}`,
  });
}

/** Rows of an answer are read like rows of a menu. */
const answerOf = (action: Action): Capability =>
  defineCapability({
    id: action.id,
    title: action.title,
    about: action.about,
    menu: action.menu,
    shape: 'table',
    topic: action.topic,
    key: [],
    fields: action.answer,
  });
