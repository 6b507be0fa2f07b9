import { lockouts } from './lockouts.ts';

lockouts('rb5009_7.20.6');
