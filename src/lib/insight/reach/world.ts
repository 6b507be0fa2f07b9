import * as catalog from '../../capability/catalog/index.ts';
import type { Decoded } from '../../capability/codec.ts';
import type { Capability } from '../../capability/define.ts';

/** Where our packets come from, where they go, and how they get there, as the router sees it. */
export interface Way {
  readonly source: string;
  /** The router's own address. */
  readonly destination: string;
  /** The interface they come in by, taken to be the one by which they are answered; missing where that cannot be told. */
  readonly interface?: string;
  /** The bridge port behind which the router has learned us, or whoever passes our packets on. */
  readonly port?: string;
}

/** What the interfaces under our way were when it was found: a difference is a change of the way. */
export interface Ground {
  readonly vlans: Readonly<Record<string, { readonly vlanId: string; readonly interface: string }>>;
  /** Bridges that forwarded by VLAN. */
  readonly filtering: readonly string[];
  /** Bridge ports that were in force, and the bridge of each. */
  readonly ports: Readonly<Record<string, string>>;
}

/** Everything the prediction looks at. Frozen data: the next one is made by `reachAfter`. */
export interface ReachWorld {
  /** Rows by capability id. What this router does not have has no rows. */
  readonly rows: ReadonlyMap<string, readonly Decoded[]>;
  /** Capabilities whose menus could not be read. */
  readonly unread: ReadonlySet<string>;
  /** Capabilities that are not as they were read: a plan changes them. */
  readonly touched: ReadonlySet<string>;
  /** Address lists that were read, each as far as it matters; null when all are there. */
  readonly lists: ReadonlySet<string> | null;
  /** The ways we may be coming by: one of them it is. None when nobody can tell. */
  readonly ways: readonly Way[];
  readonly ground: Ground;
  readonly username: string;
  readonly secure: boolean;
  /** The port that a new connection is made to, as the router sees it; missing where that cannot be told. */
  readonly ports: { readonly rest?: number; readonly ssh?: number };
  /** The certificate of the secure web service when we came in. */
  readonly certificate?: string;
  /** An interface or a list has another name: what refers to it by name is not followed. */
  readonly renamed: boolean;
}

/** The menus of one family of addresses. */
export interface Family {
  readonly address: Capability;
  readonly route: Capability;
  readonly filter: Capability;
  readonly raw: Capability;
  readonly nat: Capability;
  readonly addressList: Capability;
}

export const IPV4: Family = {
  address: catalog.ipAddress,
  route: catalog.ipRoute,
  filter: catalog.firewallFilter,
  raw: catalog.firewallRaw,
  nat: catalog.firewallNat,
  addressList: catalog.firewallAddressList,
};

export const IPV6: Family = {
  address: catalog.ipv6Address,
  route: catalog.ipv6Route,
  filter: catalog.ipv6FirewallFilter,
  raw: catalog.ipv6FirewallRaw,
  nat: catalog.ipv6FirewallNat,
  addressList: catalog.ipv6FirewallAddressList,
};

export const rowsIn = (world: Pick<ReachWorld, 'rows'>, capability: Capability): readonly Decoded[] => world.rows.get(capability.id) ?? [];
