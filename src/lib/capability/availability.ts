import { compareVersions } from '../core/version.ts';
import type { Facts } from '../device/device.ts';
import type { Capability } from './define.ts';

/** Why this router cannot have this capability, in one sentence; undefined when nothing speaks against it. */
export function missingBecause(capability: Pick<Capability, 'menu' | 'when'>, facts: Facts): string | undefined {
  if (facts.absentMenus.includes(capability.menu)) return `not on this router: it has no menu ${capability.menu}`;
  const { when } = capability;
  if (when?.package && !facts.packages.includes(when.package)) return `not on this router: package ${when.package} missing`;
  if (when?.from && compareVersions(facts.version, when.from) < 0) return `not on this router: needs RouterOS ${when.from}`;
  if (when?.until && compareVersions(facts.version, when.until) >= 0) return `not on this router: gone since RouterOS ${when.until}`;
  return undefined;
}
