import { interfaces } from '../capability/catalog/interface.ts';
import { compareHealth, type Health, measure } from '../insight/health.ts';
import type { HealthChecks } from '../plan/ports.ts';

/** Health of one router before and after one change. */
export function healthChecks(): HealthChecks {
  let before: Health | undefined;
  return {
    before: async (reader) => {
      before = await measure(reader);
    },
    after: async (reader, target) => {
      if (!before) return [{ check: 'health', verdict: 'inconclusive', why: 'nothing was measured before' }];
      const touched = target.changes
        .filter((change) => change.capability === interfaces.id)
        .flatMap((change) => [change.label, change.after?.['name'] ?? '']);
      return compareHealth(before, await measure(reader), new Set(touched));
    },
  };
}
