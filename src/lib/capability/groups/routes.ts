import { readAddress } from '../address.ts';
import type { Risk } from '../define.ts';
import { covers, differs, dormant } from '../touched.ts';

/** What changing a route means, for either family. */

interface Route {
  readonly dstAddress?: string;
  readonly gateway?: string;
  readonly distance?: number | string;
  readonly routingTable?: string;
  readonly scope?: number | string;
  readonly targetScope?: number | string;
  readonly checkGateway?: string;
  readonly prefSrc?: string;
  readonly vrfInterface?: string;
  readonly disabled?: boolean;
  readonly inactive?: boolean;
  readonly blackhole?: boolean;
}

interface RouteChange {
  readonly before?: Route;
  readonly after?: Route;
}

const STEERS = [
  'dstAddress',
  'gateway',
  'distance',
  'routingTable',
  'disabled',
  'blackhole',
  'scope',
  'targetScope',
  'checkGateway',
  'prefSrc',
  'vrfInterface',
] as const;

const tableOf = (route: Route | undefined): string => route?.routingTable ?? 'main';
/** Two default routes of which one may stand in for the other: of one table, and of one family. */
const sameDoor = (a: Route | undefined, b: Route | undefined): boolean =>
  tableOf(a) === tableOf(b) && a?.dstAddress?.includes(':') === b?.dstAddress?.includes(':');

/** @param everywhere the destinations of a default route */
export function routeJudge(everywhere: readonly string[]) {
  const isEverywhere = (route: Route | undefined): boolean => everywhere.includes(route?.dstAddress ?? '');
  /** A default route by which packets are meant to leave. */
  const isDoor = (route: Route | undefined): boolean => isEverywhere(route) && !route?.disabled && !route?.blackhole;
  /** One by which they do leave as things are. */
  const leads = (route: Route | undefined): boolean => isDoor(route) && !route?.inactive;
  return {
    /** Routes to everywhere and to the address we come from carry our own session. */
    risk: ({ before, after }: RouteChange, ownHost: string): Risk => {
      if (dormant(before, after)) return 'low';
      if (before && after && !differs(before, after, ...STEERS)) return 'low';
      const ours = [before, after].some((route) => isEverywhere(route) || covers(route?.dstAddress, ownHost));
      return ours ? 'high' : 'medium';
    },
    /** The gateway of a route in force answers, where it is one address: an interface, or several gateways, cannot be pinged. */
    checks: ({ after }: RouteChange): readonly string[] => {
      const gateway = readAddress(after?.gateway ?? '');
      return gateway === undefined || after?.disabled || after?.blackhole ? [] : [`ping ${gateway}`];
    },
    /** A sentence when the change would take the last way out of a table. */
    lastDoor: ({ before, after }: RouteChange, rows: readonly Route[]): string | undefined => {
      if (!isDoor(before) || (isDoor(after) && sameDoor(before, after))) return undefined;
      const left = rows.filter((row) => leads(row) && sameDoor(row, before)).length - (leads(before) ? 1 : 0);
      return left > 0 ? undefined : `it is the last default route of table ${tableOf(before)}: add another one first`;
    },
  };
}
