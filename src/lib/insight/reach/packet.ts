import { inAddressList, inInterfaceList } from './lists.ts';
import { type Match, some, told, turned } from './match.ts';
import { holds } from './net.ts';
import type { ReachWorld } from './world.ts';

/** A TCP packet of ours, or an answer to one. What is missing cannot be told. */
export interface Packet {
  readonly source: string;
  readonly destination: string;
  /** The side that is the router itself. */
  readonly local: 'source' | 'destination';
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly inInterface?: string;
  readonly outInterface?: string;
  readonly state: 'new' | 'established';
  /** False where a raw rule may keep it from being tracked, or nothing is. */
  readonly tracked: boolean;
  readonly flags: Readonly<Record<string, boolean>>;
}

type Matcher = (value: string, packet: Packet, world: ReachWorld) => Match;

/** The ports from which no client calls. */
const FIRST_CLIENT_PORT = 1024;

/** @param port missing for the port of a client, which is some high one */
function inPorts(value: string, port: number | undefined): Match {
  const ranges = value.split(',').map((part): readonly [number, number] => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    return [first, last];
  });
  if (ranges.some(([first, last]) => !(first <= last))) return 'maybe';
  if (port !== undefined) return told(ranges.some(([first, last]) => port >= first && port <= last));
  if (ranges.every(([, last]) => last < FIRST_CLIENT_PORT)) return 'no';
  return ranges.some(([first, last]) => first <= FIRST_CLIENT_PORT && last === 65_535) ? 'yes' : 'maybe';
}

/** `all-ethernet` and the like stand for kinds of interfaces, which is not followed. */
const isInterface = (value: string, name: string | undefined): Match =>
  name === undefined || value.startsWith('all-') ? 'maybe' : told(value === name);

const onInterfaceList = (value: string, name: string | undefined, world: ReachWorld): Match =>
  value === 'all' ? 'yes' : value === 'none' ? 'no' : name === undefined ? 'maybe' : inInterfaceList(world, value, name);

/** What is neither the router nor a station is seldom meant, and not followed. */
function isOfType(value: string, isLocal: boolean): Match {
  const kinds = value.split(',');
  if (kinds.includes(isLocal ? 'local' : 'unicast')) return 'yes';
  return kinds.every((kind) => kind === 'local' || kind === 'unicast' || kind === 'multicast' || kind === 'broadcast') ? 'no' : 'maybe';
}

function isInState(value: string, { state, tracked }: Packet): Match {
  const states = value.split(',');
  if (tracked) return told(states.includes(state));
  // It is one of the two.
  return states.includes(state) === states.includes('untracked') ? told(states.includes(state)) : 'maybe';
}

function hasFlags(value: string, { flags }: Packet): Match {
  const marks = value.split(',').map((flag): Match => {
    const name = flag.replace('!', '');
    const known = told(flags[name]);
    return flag.startsWith('!') ? turned(known) : known;
  });
  return turned(some(marks.map(turned)));
}

/** Fields of a rule that can be judged, by name. A leading `!` is taken off before. */
const MATCHERS: Readonly<Record<string, Matcher>> = {
  protocol: (value) => (/^[a-z][a-z0-9-]*$|^\d+$/.test(value) && value !== 'all' ? told(value === 'tcp' || value === '6') : 'maybe'),
  srcAddress: (value, { source }) => told(holds(value, source)),
  dstAddress: (value, { destination }) => told(holds(value, destination)),
  srcAddressList: (value, { source }, world) => inAddressList(world, value, source),
  dstAddressList: (value, { destination }, world) => inAddressList(world, value, destination),
  srcAddressType: (value, { local }) => isOfType(value, local === 'source'),
  dstAddressType: (value, { local }) => isOfType(value, local === 'destination'),
  srcPort: (value, { sourcePort }) => inPorts(value, sourcePort),
  dstPort: (value, { destinationPort }) => inPorts(value, destinationPort),
  port: (value, { sourcePort, destinationPort }) => some([inPorts(value, sourcePort), inPorts(value, destinationPort)]),
  inInterface: (value, { inInterface }) => isInterface(value, inInterface),
  outInterface: (value, { outInterface }) => isInterface(value, outInterface),
  inInterfaceList: (value, { inInterface }, world) => onInterfaceList(value, inInterface, world),
  outInterfaceList: (value, { outInterface }, world) => onInterfaceList(value, outInterface, world),
  connectionState: (value, packet) => isInState(value, packet),
  // What a rule of NAT may take is no longer judged when the filter is asked.
  connectionNatState: () => 'no',
};

/** How a packet fares with one matcher of a rule. */
export function matches(name: string, value: string, packet: Packet, world: ReachWorld): Match {
  // Among the flags of TCP every one has its own mark.
  if (name === 'tcpFlags') return hasFlags(value, packet);
  const matcher = MATCHERS[name];
  if (!matcher) return 'maybe';
  return value.startsWith('!') ? turned(matcher(value.slice(1), packet, world)) : matcher(value, packet, world);
}
