import * as catalog from '../../capability/catalog/index.ts';
import { EFFECTS, type Outcome, walkChain } from './chains.ts';
import type { Finding } from './finding.ts';
import { shut, unclear } from './finding.ts';
import { isV6 } from './net.ts';
import type { Packet } from './packet.ts';
import { addressFinding, interfaceFinding, routeFinding } from './path.ts';
import { isOn, labelOf, textOf } from './rows.ts';
import { matchRule } from './rule.ts';
import { accountFinding, serviceFinding, type Transport } from './service.ts';
import { IPV4, IPV6, type ReachWorld, rowsIn, type Way } from './world.ts';

/** Will our next new connection pass? The same shape as the plan's own. */
export interface Reach {
  readonly transport: Transport;
  readonly verdict: 'yes' | 'no' | 'unknown';
  /** One sentence of ours. */
  readonly why: string;
  /** The row that decides, as a person calls it: router text, data. */
  readonly rule?: string;
}

/**
 * Follows a new connection of ours through the world: service, address, interfaces, the route back, raw, NAT and the filter, each as
 * RouterOS asks them. Yes and no are proofs; whatever is not judged makes it unknown, unless it cannot change the answer.
 * @example predictReach(world, 'rest') // { transport: 'rest', verdict: 'no', why: 'A rule of the input chain turns us away.', rule: 'drop all' }
 */
export function predictReach(world: ReachWorld, transport: Transport): Reach {
  const [unread] = world.unread;
  if (unread !== undefined) return { transport, verdict: 'unknown', why: `The router did not show all it takes to tell: ${unread}.` };
  if (world.ways.length === 0) return { transport, verdict: 'unknown', why: 'Nothing shows where the router sees us coming from.' };
  if (world.renamed) return { transport, verdict: 'unknown', why: 'An interface or a list gets another name, which is not followed.' };
  const judged = world.ways.map((way) => judgeWay(world, way, transport));
  const [first] = judged;
  if (first && judged.every(({ verdict }) => verdict === first.verdict)) return { transport, ...first };
  const doubt = judged.find(({ verdict }) => verdict === 'unknown') ?? judged.find(({ verdict }) => verdict === 'no');
  return {
    transport,
    verdict: 'unknown',
    why: 'It depends on which of several addresses we come from or call, and nothing shows which.',
    ...(doubt?.rule !== undefined && { rule: doubt.rule }),
  };
}

type Judgement = Omit<Reach, 'transport'>;

function judgeWay(world: ReachWorld, way: Way, transport: Transport): Judgement {
  const gate = gates(world, way, transport);
  const findings = [
    serviceFinding(world, way, transport),
    accountFinding(world, way),
    addressFinding(world, way),
    interfaceFinding(world, way),
    routeFinding(world, way),
    ...gate.findings,
  ].filter((one) => one !== undefined);
  const worst = findings.find(({ verdict }) => verdict === 'no') ?? findings[0];
  if (worst) return worst;
  return gate.rule === undefined
    ? { verdict: 'yes', why: 'No rule of the input chain is against it.' }
    : { verdict: 'yes', why: 'A rule of the input chain lets us in.', rule: gate.rule };
}

/** The firewall: what opens a connection, what follows on it, and the answers. */
function gates(
  world: ReachWorld,
  way: Way,
  transport: Transport,
): { readonly findings: readonly (Finding | undefined)[]; readonly rule?: string } {
  const { filter, raw, nat } = isV6(way.source) ? IPV6 : IPV4;
  const rules = rowsIn(world, filter);
  const { opening, following, answer } = packetsOf(world, way, transport, rowsIn(world, raw));
  const walk = (packet: Packet, chain: string): Outcome => walkChain(rules, chain, EFFECTS.filter, packet, world);
  const input = walk(opening, 'input');
  const by = input.ends.get('accept');
  return {
    findings: [
      verdictOf(walkChain(rowsIn(world, raw), 'prerouting', EFFECTS.filter, opening, world), 'the raw rules'),
      natFinding(walkChain(rowsIn(world, nat), 'dstnat', EFFECTS.nat, opening, world)),
      verdictOf(input, 'the input chain'),
      verdictOf(walk(following, 'input'), 'the input chain, for connections that are open,'),
      verdictOf(
        walkChain(rowsIn(world, raw), 'prerouting', EFFECTS.filter, following, world),
        'the raw rules, for connections that are open,',
      ),
      verdictOf(walk(answer, 'output'), 'the output chain'),
      verdictOf(walkChain(rowsIn(world, raw), 'output', EFFECTS.filter, answer, world), 'the raw rules for answers'),
    ],
    ...(by && { rule: labelOf(by) }),
  };
}

interface Packets {
  readonly opening: Packet;
  readonly following: Packet;
  readonly answer: Packet;
}

function packetsOf(world: ReachWorld, way: Way, transport: Transport, raw: Parameters<typeof walkChain>[0]): Packets {
  const port = world.ports[transport];
  const follows = rowsIn(world, catalog.firewallConnectionTracking)[0]?.item['enabled'] !== 'no';
  const opening: Packet = {
    source: way.source,
    destination: way.destination,
    local: 'destination',
    ...(port !== undefined && { destinationPort: port }),
    ...(way.interface !== undefined && { inInterface: way.interface }),
    state: 'new',
    tracked: follows,
    flags: { syn: true, ack: false, fin: false, rst: false, psh: false, urg: false },
  };
  const untracked = raw.some((rule) => isOn(rule) && textOf(rule, 'action') === 'notrack' && matchRule(rule, opening, world) !== 'no');
  const tracked = follows && !untracked;
  return {
    opening: { ...opening, tracked },
    following: { ...opening, tracked, state: 'established', flags: { syn: false, ack: true } },
    answer: {
      source: way.destination,
      destination: way.source,
      local: 'source',
      ...(port !== undefined && { sourcePort: port }),
      ...(way.interface !== undefined && { outInterface: way.interface }),
      state: 'established',
      tracked,
      flags: { ack: true },
    },
  };
}

/** A packet that nobody refuses goes on: at the end of a built-in chain it is accepted. */
function verdictOf({ ends, doubt }: Outcome, where: string): Finding | undefined {
  if (!ends.has('deny')) return undefined;
  if (ends.size === 1) return shut(`A rule of ${where} turns us away.`, ends.get('deny'));
  return unclear(`A rule of ${where} may turn us away, and cannot be judged.`, doubt ?? ends.get('deny'));
}

const natFinding = ({ ends, doubt }: Outcome): Finding | undefined =>
  ends.has('deny') ? unclear('A rule of NAT sends our packets elsewhere, or may do so.', doubt ?? ends.get('deny')) : undefined;
