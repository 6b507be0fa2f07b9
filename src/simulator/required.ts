import { refuse } from './errors.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import { menuSchema } from './state/tables.ts';

/** Refuses an incomplete row: in the recorded words where a menu has words of its own, else as REST says it. */
export function checkRequired(router: RouterState, menu: string, given: Row): void {
  const schema = menuSchema(router, menu);
  if (!schema) return;
  const { required, anyRequired, requiredText } = schema;
  if (required.length === 0) {
    if (requiredText?.startsWith('error - ') || (requiredText !== undefined && Object.keys(given).length === 0)) throw refuse(requiredText);
    return;
  }
  // What is required was measured on later versions: a field that this one does not know is not asked for.
  const asked = required.filter((name) => schema.fields.has(name));
  const missing = asked.filter((name) => !Object.hasOwn(given, name));
  if (missing.length === 0 || (anyRequired && missing.length < asked.length)) return;
  throw refuse(requiredText ?? `missing =${missing[0]}=`);
}
