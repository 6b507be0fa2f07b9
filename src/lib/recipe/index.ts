// Written by `npm run gen` from the files of this folder; `npm run gen -- --check` fails when it is stale.
import type { Recipe } from './define.ts';
import { dnsNtpRollout } from './dns-ntp-rollout.ts';

export type { Recipe } from './define.ts';
export const recipes: readonly Recipe[] = [dnsNtpRollout];
