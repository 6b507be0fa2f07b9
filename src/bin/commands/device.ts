import { ERROR_CODES, InputError } from '../../lib/index.ts';
import type { DeviceTest } from '../../lib/operator.ts';
import type { Context, Run } from '../command.ts';
import { deviceJson, deviceSheet, tagText } from '../device-view.ts';
import { EXIT, EXIT_BY_KIND } from '../exit-codes.ts';
import { type Failure, UsageError } from '../failure.ts';
import { askText } from '../prompt.ts';
import { table } from '../text-table.ts';

export const deviceList: Run = async ({ io, operator }) => {
  const devices = await (await operator()).fleet.devices();
  return {
    data: { devices: devices.map(deviceJson) },
    text: () =>
      table(
        io,
        [
          { head: 'name', value: ({ name }) => name },
          { head: 'address', value: ({ address }) => address },
          { head: 'environment', value: ({ environment }) => environment },
          { head: 'version', value: ({ facts }) => facts.version },
          { head: 'board', value: ({ facts }) => facts.board },
          { head: 'identity', value: ({ facts }) => facts.identity },
          { head: 'tags', value: ({ tags }) => tagText(tags) },
          { head: 'allowed', value: ({ allow }) => allow.join(',') },
        ],
        devices,
      ),
    note: () => (devices.length === 0 ? 'No router is enrolled. Add one with routeros-mcp device add, or try routeros-mcp demo.' : ''),
  };
};

export const deviceShow: Run = async ({ args, io, operator }) => {
  const device = await (await operator()).fleet.device(args[0] ?? '');
  return { data: deviceJson(device), text: () => deviceSheet(io, device) };
};

export const deviceTest: Run = async ({ args, io, operator }) => {
  const test = await (await operator()).testDevice(args[0] ?? '');
  const broken = test.steps.find(({ ok }) => !ok);
  const code = broken?.code ?? 'UNREACHABLE';
  return {
    data: { ok: test.ok, device: deviceJson(test.device), steps: test.steps },
    text: () =>
      table(
        io,
        [
          { head: 'step', value: ({ name }) => name },
          { head: 'result', value: ({ ok }) => (ok ? 'ok' : 'failed'), paint: (text, { ok }) => io.paint(ok ? 'green' : 'red', text) },
          { head: 'detail', value: ({ detail }) => detail },
        ],
        test.steps,
      ),
    ...(test.ok ? {} : { exit: EXIT_BY_KIND[ERROR_CODES[code]], failure: testFailure(test, code) }),
  };
};

function testFailure({ device, steps }: DeviceTest, code: Failure['code']): Failure {
  const broken = steps.find(({ ok }) => !ok);
  return {
    code,
    message: `${device.name} did not pass: ${broken?.name ?? 'the test'} failed.`,
    hint: broken?.hint ?? '',
    retryable: ERROR_CODES[code] === 'unreachable',
    details: { step: broken?.name },
  };
}

export const deviceRemove: Run = async (context) => {
  const { args, io, operator } = context;
  const door = await operator();
  const device = await door.fleet.device(args[0] ?? '');
  if (!(await agreed(context, device.name))) throw new InputError(`${device.name} was not removed.`, { hint: 'Nothing was changed.' });
  const removed = await door.removeDevice(device.id);
  return {
    data: deviceJson(removed),
    text: () => `Removed ${removed.name}.`,
    ...(io.verbose ? { note: () => 'Its plans and its records in the ledger stay.' } : {}),
    exit: EXIT.fine,
  };
};

/** `--yes` or `--confirm=<name>`, else the name is asked for: what is destroyed here is the stored password. */
async function agreed({ flags, io }: Context, name: string): Promise<boolean> {
  const typed = flags.text('confirm');
  if (typed !== undefined) return typed === name;
  if (flags.on('yes')) return true;
  if (!io.canAsk) throw new UsageError(`Nobody can be asked whether to remove ${name}.`, 'Add --yes, or --confirm with its name.');
  return (await askText(`Type ${name} to remove it and destroy its stored password:`)) === name;
}
