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
      // What a plan takes away, switches off or renames is not a link that went down.
      const touched = target.changes
        .filter(({ menu }) => menu === interfaces.menu || menu.startsWith(`${interfaces.menu}/`))
        .flatMap(({ label, before: was, after: is }) => [label, was?.['name'] ?? '', is?.['name'] ?? '']);
      return compareHealth(before, await measure(reader), new Set(touched));
    },
  };
}
