import { lockouts } from './lockouts.ts';

lockouts('hap-ac2_7.12.1');
