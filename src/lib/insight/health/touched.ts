import { packageUpdate } from '../../capability/catalog/package-update.ts';
import type { Row } from '../../client/types.ts';

/** What is looked at of a planned change. */
export interface PlannedChange {
  readonly capability: string;
  readonly menu: string;
  readonly verb: 'add' | 'set' | 'remove' | 'move';
  readonly row: string;
  readonly label: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** What is looked at of what a plan will do to one router. */
export interface PlannedTarget {
  readonly changes: readonly PlannedChange[];
  readonly base: {
    readonly sections: readonly {
      readonly capability: string;
      readonly rows: readonly { readonly id: string; readonly content: Row | null }[];
    }[];
  };
}

/** Routes of one family that the plan itself takes away. */
export interface Away {
  readonly count: number;
  /** Tables whose default route it takes. */
  readonly defaults: readonly string[];
}

export interface RoutesAway {
  readonly ipv4: Away;
  readonly ipv6: Away;
}

/** What a plan is about: what it takes away, switches off or renames itself did not get worse by accident. */
export interface Touched {
  /** Interfaces that it sets: they may go up or down. */
  readonly interfaces: ReadonlySet<string>;
  /** It takes an interface or an address away, or switches it off: what hangs on that goes as well. */
  readonly cuts: boolean;
  readonly routes: RoutesAway;
  /** It restarts the router, into another version. */
  readonly upgrades: boolean;
  /** Does it change anything in one of these menus, or in one below? */
  below(...menus: readonly string[]): boolean;
}

export const NOTHING_TOUCHED: Touched = Object.freeze({
  interfaces: new Set<string>(),
  cuts: false,
  routes: { ipv4: { count: 0, defaults: [] }, ipv6: { count: 0, defaults: [] } },
  upgrades: false,
  below: () => false,
});

const isBelow = (menu: string, root: string): boolean => menu === root || menu.startsWith(`${root}/`);

const isOn = (text: string | undefined): boolean => text === 'yes' || text === 'true';
/** Gone, or kept and not in force any more. */
const goesAway = ({ verb, after }: PlannedChange): boolean => verb === 'remove' || (verb === 'set' && isOn(after?.['disabled']));

/** Menus whose rows carry addresses and links. */
const CARRIERS = ['/interface', '/ip/address', '/ipv6/address', '/ip/dhcp-client', '/ipv6/dhcp-client'];
const moves = ({ menu, verb, after }: PlannedChange): boolean =>
  verb === 'set' && /^\/ip(?:v6)?\/address$/.test(menu) && after !== null && ('address' in after || 'interface' in after);

export function touchedBy(target: PlannedTarget): Touched {
  const { changes } = target;
  const links = changes.filter(({ menu }) => isBelow(menu, '/interface'));
  return {
    interfaces: new Set(links.flatMap(({ label, before, after }) => [label, before?.['name'] ?? '', after?.['name'] ?? ''])),
    cuts: changes.some((change) => CARRIERS.some((root) => isBelow(change.menu, root)) && (goesAway(change) || moves(change))),
    routes: { ipv4: away(target, '/ip/route', '0.0.0.0/0'), ipv6: away(target, '/ipv6/route', '::/0') },
    upgrades: versionAfter(target) !== undefined,
    below: (...menus) => changes.some(({ menu }) => menus.some((root) => isBelow(menu, root))),
  };
}

/** The version a plan makes a router run. */
export const versionAfter = ({ changes }: Pick<PlannedTarget, 'changes'>): string | undefined =>
  changes.findLast(({ menu }) => menu === packageUpdate.menu)?.after?.[packageUpdate.setBy?.field ?? ''];

/** A route that will lead elsewhere, or stand in another table, is away from where it was. */
const leaves = (change: PlannedChange): boolean =>
  goesAway(change) || (change.verb === 'set' && ['dst-address', 'routing-table'].some((name) => name in (change.after ?? {})));

function away({ changes, base }: PlannedTarget, menu: string, everywhere: string): Away {
  const gone = changes.filter((change) => change.menu === menu && leaves(change));
  const whole = gone.map((change) => {
    const rows = base.sections.find(({ capability }) => capability === change.capability)?.rows ?? [];
    // A set names what it touches only; the row as it was is in the base.
    return { ...rows.find(({ id }) => id === change.row)?.content, ...change.before };
  });
  const doors = whole.filter((row) => row['dst-address'] === everywhere);
  return { count: gone.length, defaults: doors.map((row) => row['routing-table'] ?? 'main') };
}
