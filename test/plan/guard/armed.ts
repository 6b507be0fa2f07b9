import type { Armed } from '../../../src/lib/plan/guard/names.ts';

export const TOKEN = '0123456789';
export const GUARD: Armed = Object.freeze<Armed>({
  kind: 'armed',
  token: TOKEN,
  triggers: ['job', 'scheduler', 'startup'],
  seconds: 300,
  warnings: [],
});
