import { lockouts } from './lockouts.ts';

lockouts('chr_7.24');
