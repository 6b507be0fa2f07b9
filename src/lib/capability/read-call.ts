import type { ReadCall } from '../client/types.ts';
import { fieldExists, wireName } from './codec.ts';
import type { Capability } from './define.ts';

/** Wire names of the fields a router of this version has; `dynamic` is asked for as well. */
export const wireFields = (capability: Capability, names: readonly string[], version: string): readonly string[] => [
  ...names.flatMap((name) => {
    const field = capability.fields[name];
    return field && fieldExists(field, version) ? [wireName(name, field, version)] : [];
  }),
  'dynamic',
];

/** The call that reads a whole menu: with all its fields, unless some must not leave the router. */
export const readCallOf = (capability: Capability, version: string): ReadCall => ({
  verb: 'read',
  menu: capability.menu,
  ...(capability.declaredOnly && { fields: wireFields(capability, Object.keys(capability.fields), version) }),
});
