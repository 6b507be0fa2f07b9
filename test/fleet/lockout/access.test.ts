import { lockouts } from './lockouts.ts';

lockouts('hex-poe_7.16.2');
