import { type DeviceSample, iso } from '../../lib/index.ts';
import { deviceParam } from '../derive/read.ts';
import { outputSchemaOf } from '../schema.ts';
import { itemText } from '../table.ts';
import { defineTool, LOOKS } from '../tool.ts';
import { shortened } from '../view/rows.ts';

/** Tenths, so that a number reads as one. */
const tenths = (value: number): number => Math.round(value * 10) / 10;

const share = (used: number | null, total: number | null): number | null =>
  used === null || total === null || total === 0 ? null : tenths((used / total) * 100);

/** What the code of a failed look means for the reader, in our words. */
function whyDown({ code }: DeviceSample): string {
  if (code === 'LOGIN_REFUSED') return 'it refused the login';
  if (code === 'TLS_PIN_MISMATCH') return 'its certificate is not the one that was accepted: a person must look before anything else';
  if (code === 'TLS_UNTRUSTED') return 'its certificate is not trusted';
  if (code === 'SOURCE_REFUSED') return 'it refuses our source address';
  if (code === 'DENIED') return 'this instance may not touch its environment';
  return 'it did not answer as a router does';
}

export const checkConnectivity = defineTool({
  name: 'check_connectivity',
  title: 'Reachability',
  description: 'Asks one router whether it answers, and how fast.\nUse when a call failed, or before a plan is applied.',
  params: { device_id: deviceParam },
  output: outputSchemaOf({
    device: { type: 'string' },
    reachable: { type: 'boolean' },
    response_time_ms: { description: 'Number, or null.' },
    routeros_version: { description: 'Text, or null.' },
    failure_code: { type: 'string' },
    checked_at: { type: 'string' },
  }),
  annotations: LOOKS,
  tier: 'fundamental',
  topic: 'fleet',
  handler: async ({ device_id }, { fleet }) => {
    const { name } = await fleet.device(device_id);
    const sample = await fleet.sample(device_id);
    const reachable = sample.status === 'up';
    const data = {
      device: name,
      reachable,
      response_time_ms: reachable ? tenths(sample.took) : null,
      routeros_version: shortened(sample.version, 40),
      ...(sample.code !== undefined && { failure_code: sample.code }),
      checked_at: iso(sample.at),
    };
    const text = reachable
      ? `${name} answered in ${data.response_time_ms} ms.`
      : `${name} cannot be used (${sample.code ?? 'UNREACHABLE'}): ${whyDown(sample)}.`;
    return { data, text, untrusted: true };
  },
});

export const deviceHealth = defineTool({
  name: 'device_health',
  title: 'Health',
  description:
    'Measures one router now: load, memory, uptime, version.\nUse when you want to know how it is doing. Unknown is null, never 0.',
  params: { device_id: deviceParam },
  output: outputSchemaOf({
    device: { type: 'string' },
    status: { type: 'string', enum: ['up', 'down'] },
    failure_code: { type: 'string' },
    measured_at: { type: 'string' },
    health: { type: 'object' },
  }),
  annotations: LOOKS,
  tier: 'fundamental',
  topic: 'fleet',
  handler: async ({ device_id }, { fleet }) => {
    const { name } = await fleet.device(device_id);
    const sample = await fleet.sample(device_id);
    const health = {
      cpu_load_percent: sample.cpuLoad,
      memory_used_percent: share(sample.memoryUsed, sample.memoryTotal),
      memory_used_bytes: sample.memoryUsed,
      memory_total_bytes: sample.memoryTotal,
      uptime_seconds: sample.uptimeSeconds,
      routeros_version: shortened(sample.version, 40),
      board: shortened(sample.board, 80),
      identity: shortened(sample.identity, 512),
    };
    const data = {
      device: name,
      status: sample.status,
      ...(sample.code !== undefined && { failure_code: sample.code }),
      measured_at: iso(sample.at),
      health,
    };
    const text =
      sample.status === 'up'
        ? `${name} is up.\n${itemText(health)}`
        : `${name} is down (${sample.code ?? 'UNREACHABLE'}): ${whyDown(sample)}.`;
    return { data, text, untrusted: true };
  },
});
