import type { Builtin } from '../machine.ts';
import { CONTROL } from './control.ts';
import { DATA } from './data.ts';
import { JSON_COMMANDS } from './json.ts';
import { SCRIPTS } from './scripts.ts';
import { VARIABLES } from './variables.ts';

/** The commands that work in every menu. */
export const BUILTINS: Readonly<Record<string, Builtin>> = Object.freeze({
  ...CONTROL,
  ...VARIABLES,
  ...DATA,
  ...JSON_COMMANDS,
  ...SCRIPTS,
});
