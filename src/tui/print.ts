import { type DeviceSample, type DeviceView, exposureOf, oneLine, type PlanView } from '../lib/index.ts';
import type { Operator } from '../lib/operator.ts';
import { NONE, percent, plural, span2 } from './parts/format.ts';
import { memoryShare } from './state/samples.ts';
import { toWidth, widthOf } from './terminal/width.ts';

const HEAD = ['NAME', 'ENV', 'STATUS', 'VERSION', 'CPU', 'MEM', 'UPTIME', 'PLANS'];
/** Routers asked at once. */
const AT_ONCE = 8;

/** The fleet as lines of text, without colours. */
export async function fleetTable(operator: Operator): Promise<string> {
  const devices = await operator.fleet.devices();
  if (devices.length === 0) return 'No routers yet. Add one with: routeros-mcp device add. Or try: routeros-mcp demo\n';
  const [samples, plans] = await Promise.all([sampleEach(operator, devices), operator.fleet.plans({ state: 'review' })]);
  const rows = devices.map((device, index) => rowOf(device, samples[index], plans)).sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
  const waiting = plans.length === 0 ? '' : `${plural(plans.length, 'plan')} ${plans.length === 1 ? 'waits' : 'wait'} for a person.\n`;
  const exposed = devices.flatMap((device) => {
    const how = exposureOf(device);
    return how === undefined ? [] : [`! ${device.name}: ${how}\n`];
  });
  return `${table([HEAD, ...rows])}${exposed.join('')}${waiting}`;
}

async function sampleEach(operator: Operator, devices: readonly DeviceView[]): Promise<readonly (DeviceSample | undefined)[]> {
  const samples: (DeviceSample | undefined)[] = [];
  const left = devices.map((device, index) => ({ device, index }));
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) samples[next.index] = await operator.fleet.sample(next.device.id);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return samples;
}

function rowOf(
  { id, name, environment, facts }: DeviceView,
  sample: DeviceSample | undefined,
  plans: readonly PlanView[],
): readonly string[] {
  const waiting = plans.filter(({ plan }) => plan.targets.some(({ deviceId }) => deviceId === id)).length;
  return [
    name,
    environment,
    sample === undefined || sample.status === 'up' ? (sample?.status ?? 'unknown') : `down (${sample.code ?? 'UNREACHABLE'})`,
    oneLine(sample?.version ?? facts.version, 24).split(' ')[0] ?? '',
    percent(sample?.cpuLoad ?? null),
    percent(memoryShare(sample)),
    sample?.uptimeSeconds == null ? NONE : span2(sample.uptimeSeconds),
    waiting === 0 ? NONE : `${waiting} ${waiting === 1 ? 'waits' : 'wait'}`,
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_head, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => toWidth(cell, widths[column] ?? 0, '~'))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
