import { ERROR_CODES, exposureOf, InputError } from '../../lib/index.ts';
import type { DeviceTest } from '../../lib/operator.ts';
import type { Context, Run } from '../command.ts';
import { deviceJson, deviceSheet, tagText, trustWord } from '../device-view.ts';
import { EXIT, EXIT_BY_KIND } from '../exit-codes.ts';
import { type Failure, UsageError } from '../failure.ts';
import { askText } from '../prompt.ts';
import { sheet, table } from '../text-table.ts';

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
          {
            head: 'trust',
            value: trustWord,
            paint: (text, device) => (exposureOf(device) === undefined ? text : io.paint('red', text)),
          },
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
    data: { ok: test.ok, device: deviceJson(test.device), steps: test.steps, policies: test.policies },
    text: () => {
      const steps = table(
        io,
        [
          { head: 'step', value: ({ name }) => name },
          { head: 'result', value: ({ ok }) => (ok ? 'ok' : 'failed'), paint: (text, { ok }) => io.paint(ok ? 'green' : 'red', text) },
          { head: 'detail', value: ({ detail }) => (RIGHTS.test(detail) ? 'see below' : detail) },
        ],
        test.steps,
      );
      return [steps, ...rightsLines(io, test)].join('\n\n');
    },
    ...(test.ok ? {} : { exit: EXIT_BY_KIND[ERROR_CODES[code]], failure: testFailure(test, code) }),
  };
};

/** As the library words it: `it can: a; b. It cannot: c`. Too long for a cell. */
const RIGHTS = /^it can: (.*)\. It cannot: (.*)$/;

function rightsLines(io: Context['io'], { device, steps, policies }: DeviceTest): readonly string[] {
  const [, can = '', cannot = ''] = steps.map(({ detail }) => RIGHTS.exec(detail)).find((found) => found !== null) ?? [];
  if (policies === null || can === '') return [];
  return [
    sheet(io, [
      [`${device.username} may`, can],
      ['but not', cannot],
      ['policies', policies.join(', ')],
    ]),
  ];
}

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
