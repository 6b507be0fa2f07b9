import type { DeviceView, PlanView } from '../../lib/index.ts';
import type { Measured, Memory } from './view.ts';

const OPEN: ReadonlySet<string> = new Set(['review', 'approved', 'executing', 'paused', 'rolling-back', 'stuck']);

/** Remembers each answer for as long as it is asked the same. */
export function createMemory(): Memory {
  const widths = new Map<string, readonly number[]>();
  return {
    order: last((_key: readonly unknown[], make: () => readonly string[]) => make(), sameKey),
    measured: last((_key: readonly unknown[], make: () => Measured) => make(), sameKey),
    deviceById: last((devices: readonly DeviceView[]) => new Map(devices.map((device) => [device.id, device]))),
    openPlans: last(countPlans),
    widths: (table, wanted) => {
      const before = widths.get(table) ?? [];
      const now = wanted.map((width, index) => Math.max(width, before[index] ?? 0));
      widths.set(table, now);
      return now;
    },
  };
}

/** The function with its last answer kept. */
function last<In extends readonly unknown[], Out>(
  make: (...args: In) => Out,
  same: (a: In, b: In) => boolean = sameArgs,
): (...args: In) => Out {
  let kept: { readonly args: In; readonly answer: Out } | undefined;
  return (...args) => {
    if (kept === undefined || !same(kept.args, args)) kept = { args, answer: make(...args) };
    return kept.answer;
  };
}

const sameArgs = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);
const sameKey = (a: readonly [readonly unknown[], unknown], b: readonly [readonly unknown[], unknown]): boolean => sameArgs(a[0], b[0]);

function countPlans(plans: readonly PlanView[]): ReadonlyMap<string, { readonly waiting: number; readonly open: number }> {
  const counts = new Map<string, { waiting: number; open: number }>();
  for (const { plan, state } of plans) {
    if (!OPEN.has(state)) continue;
    for (const { deviceId } of plan.targets) {
      const count = counts.get(deviceId) ?? { waiting: 0, open: 0 };
      counts.set(deviceId, { waiting: count.waiting + (state === 'review' ? 1 : 0), open: count.open + 1 });
    }
  }
  return counts;
}
