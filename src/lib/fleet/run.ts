import { acceptValue, requireField } from '../capability/accept.ts';
import { wireName } from '../capability/codec.ts';
import type { Actor } from '../core/actor.ts';
import { DeniedError, RouterError, StoreError } from '../core/errors.ts';
import { newRequestId } from '../core/ids.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { auditDenial, entry } from './record.ts';
import type { ItemView } from './types.ts';

export interface RunRequest {
  readonly device: string;
  readonly action: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** A harmless command of the catalog: it changes no configuration. What has any effect at all is in the ledger first. */
export async function run(
  context: Context,
  actor: Actor,
  request: RunRequest,
  options: { readonly signal?: AbortSignal } = {},
): Promise<readonly ItemView[]> {
  const device = await requireDevice(context, request.device);
  const action = context.catalog.action(request.action);
  const args: Record<string, string> = {};
  for (const [written, value] of Object.entries(request.args ?? {})) {
    const { name, field } = requireField({ id: action.id, fields: action.args }, written);
    args[wireName(name, field, device.facts.version)] = field.kind.encode(acceptValue(action.id, name, field, value));
  }
  const about = { device, details: { action: action.id }, requestId: newRequestId() };
  return auditDenial(context, actor, 'router.run', about, async () => {
    if (action.effect !== 'none' && !device.allow.includes('advanced-writes') && !device.allow.includes('professional-workflows')) {
      throw new DeniedError('The device does not allow advanced-writes.', { hint: 'A person allows it when adding the device.' });
    }
    const link = await context.routers.link(device);
    const record = async (result: 'started' | 'ok' | 'failed' | 'unknown'): Promise<void> => {
      if (action.effect !== 'none') await context.ledger.commit([], [entry(actor, 'router.run', result, about)]);
    };
    await record('started');
    try {
      const rows = await link.run({ verb: 'run', menu: action.menu, command: action.command, args }, options);
      await record('ok');
      return rows.map((row) => ({ ...row }));
    } catch (thrown) {
      if (!(thrown instanceof StoreError)) await record(thrown instanceof RouterError ? 'failed' : 'unknown');
      throw thrown;
    }
  });
}
