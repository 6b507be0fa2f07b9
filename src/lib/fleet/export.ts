import { type ExportText, exportWith } from '../client/export.ts';
import type { Transport } from '../client/fallback.ts';
import { consoleOverRest } from '../client/rest-console.ts';
import type { CallOptions } from '../client/types.ts';
import type { Actor } from '../core/actor.ts';
import { UnreachableError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { withoutSecretFields } from './export-secrets.ts';
import type { ExportRequest, ExportResult } from './read-types.ts';
import { auditDenial } from './record.ts';

/** The configuration of a router as a script, without its secrets. */
export async function exportConfig(
  context: Context,
  actor: Actor,
  request: ExportRequest,
  options: CallOptions = {},
): Promise<ExportResult> {
  const device = await requireDevice(context, request.device);
  const about = { device, details: { menu: request.menu ?? '/' } };
  const [transport, { text, exported }] = await auditDenial(context, actor, 'router.export', about, () =>
    overAnyWay(context, device, request, options),
  );
  const { complete, notices } = exported;
  const { id, name } = device;
  const clean = withoutSecretFields(context.catalog, text, device.facts.version);
  return { device: { id, name }, text: clean, complete, notices, transport, readAt: context.store.now() };
}

/** SSH where it is set up and answers, since REST gives up after 60 s; else REST. */
async function overAnyWay(
  context: Context,
  device: Device,
  { menu, style }: ExportRequest,
  options: CallOptions,
): Promise<readonly [Transport, ExportText]> {
  const wish = { ...(menu !== undefined && { menu }), ...(style && { style }) };
  const ssh = await context.routers.ssh(device);
  try {
    if (ssh) return ['ssh', await ssh.export(wish, options)];
  } catch (thrown) {
    // A key that changed or a login that is refused is news; a way that is closed is not.
    if (!(thrown instanceof UnreachableError) || !thrown.retryable) throw thrown;
  }
  const link = await context.routers.link(device);
  return ['rest', await exportWith((command) => consoleOverRest(link, command, options), wish)];
}
