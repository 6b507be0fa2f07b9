import { start } from './0001-start.ts';
import { deviceRevision } from './0002-device-revision.ts';
import { approverKeys } from './0003-approver-keys.ts';
import { durableRuns } from './0004-durable-runs.ts';
import { planSecrets } from './0005-plan-secrets.ts';
import type { Migration } from './migration.ts';

/** From nothing to now, one file each. A migration that was published never changes. */
export const MIGRATIONS: readonly Migration[] = Object.freeze([start, deviceRevision, approverKeys, durableRuns, planSecrets]);
