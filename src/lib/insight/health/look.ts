import { decodeRow } from '../../capability/codec.ts';
import type { Capability } from '../../capability/define.ts';
import type { Item } from '../../capability/field.ts';
import type { Reader, Runner } from '../../client/types.ts';
import type { Facts } from '../../device/device.ts';

/** What a look at a router must know of it. */
export type LookFacts = Pick<Facts, 'version' | 'absentMenus'>;

/** One look at one router: few requests, only the fields that are needed, and never a whole table. */
export interface Look {
  readonly link: Reader & Runner;
  readonly version: string;
  /** Does the router have the menu, as far as is known? */
  has(menu: string): boolean;
  /** Typed rows, limited to some fields (wire names), of those that fit all conditions. The same question is asked once. */
  items(capability: Capability, fields: readonly string[], query?: readonly string[]): Promise<readonly Item[]>;
  /** How many rows fit; the router counts. Undefined where it does not say. */
  count(menu: string, query: readonly string[]): Promise<number | undefined>;
}

/**
 * Conditions are query words of the print command, which all must hold: `active=true`; `dynamic=true` and `#!` for those that are not.
 * @see RouterOS, "API": queries; the answer of `count-only` is `{ "ret": "12" }`
 */
export function lookOver(link: Reader & Runner, { version, absentMenus }: LookFacts): Look {
  const asked = new Map<string, Promise<readonly Item[]>>();
  return {
    link,
    version,
    has: (menu) => !absentMenus.includes(menu),
    items: (capability, fields, query = []) => {
      const question = JSON.stringify([capability.menu, fields, query]);
      const answer = asked.get(question) ?? ask(link, capability, fields, query, version);
      asked.set(question, answer);
      return answer;
    },
    count: async (menu, query) => {
      const args = { 'count-only': '', ...(query.length > 0 && { '.query': query }) };
      const [found] = await link.run({ verb: 'run', menu, command: 'print', args });
      const total = Number(found?.['ret']);
      return found?.['ret'] !== undefined && Number.isSafeInteger(total) ? total : undefined;
    },
  };
}

/** Without conditions by reading, which is tried again when the line breaks. */
async function ask(
  link: Reader & Runner,
  capability: Capability,
  fields: readonly string[],
  query: readonly string[],
  version: string,
): Promise<readonly Item[]> {
  const { menu } = capability;
  const rows =
    query.length === 0
      ? await link.read({ verb: 'read', menu, fields })
      : await link.run({ verb: 'run', menu, command: 'print', args: { '.proplist': fields, '.query': query } });
  return rows.map((row) => decodeRow(capability, row, version).item);
}
