import type { Field, Fields, FieldTraits } from '../field.ts';
import { kebab } from '../field.ts';
import { duration, integer, openFlag, ssid, text, textSet, word } from '../kinds.ts';

/** Of a channel profile. */
export const wifiChannelFields = {
  band: word({ about: 'Band and standards in use.', column: 2 }),
  frequency: textSet({ about: 'Frequencies in MHz.', column: 3 }),
  width: word({ about: 'Widths of the channel.', column: 4 }),
  skipDfsChannels: word({ about: 'Leave channels out on which radar must be listened for.', column: 5 }),
  reselectInterval: word({ about: 'Time between choices of a new channel.', column: 6, from: '7.15' }),
  secondaryFrequency: textSet({ about: 'Frequencies of the second half of the channel.' }),
  deprioritizeUnii34: openFlag({ about: 'Take channels of the upper 5 GHz bands last.', wire: 'deprioritize-unii-3-4', from: '7.20' }),
  reselectTime: word({ about: 'Time of day at which a new channel is chosen.', from: '7.19' }),
  preamblePuncturing: openFlag({ about: 'Leave disturbed parts of a channel out.', from: '7.22' }),
  afc: openFlag({ about: 'Ask a frequency coordination service.', from: '7.24' }),
};

/** Of a datapath profile. */
export const wifiDatapathFields = {
  bridge: word({ about: 'Bridge that clients are put in.', column: 2 }),
  vlanId: integer({ min: 1, max: 4094, words: ['none'] })({ about: 'VLAN that clients are put in.', column: 3 }),
  clientIsolation: openFlag({ about: 'Clients do not reach each other.', column: 4 }),
  trafficProcessing: word({ about: 'Where client traffic is handled.', column: 5, from: '7.19' }),
  interfaceList: word({ about: 'Interface list it is put on.', column: 6 }),
  bridgeCost: integer({ min: 1, max: 200_000_000 })({ about: 'Path cost of the bridge port.' }),
  bridgeHorizon: integer({ words: ['none'] })({ about: 'Horizon of the bridge port.' }),
  openflowSwitch: word({ about: 'OpenFlow switch it is a port of.', from: '7.20' }),
};

/** Of a security profile. */
export const wifiSecurityFields = {
  authenticationTypes: textSet({ about: 'Ways to prove oneself that are allowed.', column: 2 }),
  encryption: textSet({ about: "Ciphers for one client's traffic.", column: 3 }),
  managementProtection: word({ about: 'Protection of management frames.', column: 4 }),
  ft: openFlag({ about: 'Fast roaming between access points.', column: 5 }),
  wps: word({ about: 'Push-button pairing.', column: 6 }),
  connectGroup: text({ about: 'Access points between which a client is known once.' }),
  connectPriority: word({ about: 'Which of two logins of one client wins.' }),
  dhGroups: textSet({ about: 'Groups of the key exchange.' }),
  disablePmkid: openFlag({ about: 'Leave the PMKID out, so that it cannot be attacked offline.' }),
  eapAccounting: openFlag({ about: 'Report EAP clients to RADIUS.' }),
  eapAnonymousIdentity: text({ about: 'Outer name the station gives in EAP.' }),
  eapCertificateMode: word({ about: 'How certificates are checked in EAP.' }),
  eapMethods: textSet({ about: 'EAP methods that are allowed.' }),
  eapPassword: text({ about: 'Password of the station in EAP.', secret: true }),
  eapTlsCertificate: word({ about: 'Certificate used in EAP.' }),
  eapUsername: text({ about: 'User name of the station in EAP.' }),
  ftMobilityDomain: integer({ max: 65_535 })({ about: 'Number of the fast roaming domain.' }),
  ftNasIdentifier: text({ about: 'Name of the access point in fast roaming.' }),
  ftOverDs: openFlag({ about: 'Fast roaming over the wire.' }),
  ftPreserveVlanid: openFlag({ about: 'Keep the VLAN when roaming.' }),
  ftR0KeyLifetime: duration()({ about: 'How long the first roaming key counts.', secret: false }),
  ftReassociationDeadline: duration()({ about: 'Time to finish roaming.' }),
  groupEncryption: word({ about: 'Cipher for traffic to all clients.' }),
  groupKeyUpdate: duration()({ about: 'Time between new keys for traffic to all.', secret: false }),
  managementEncryption: word({ about: 'Cipher of management frames.' }),
  oweTransitionInterface: word({ about: 'Open network beside the encrypted one.' }),
  passphrase: text({ about: 'Passphrase of the network.', secret: true }),
  saeAntiCloggingThreshold: integer({ words: ['disabled'] })({ about: 'Logins at once before proof of work is asked.' }),
  saeMaxFailureRate: integer({ words: ['disabled'] })({ about: 'Failed logins a minute before clients wait.' }),
  saePwe: word({ about: 'How the SAE password element is found.' }),
  multiPassphraseGroup: text({ about: 'Group of passphrases that are accepted.', secret: false, from: '7.17' }),
  beaconProtection: word({ about: 'Protect beacons.', from: '7.21' }),
};

/** Of an AAA profile. */
export const wifiAaaFields = {
  calledFormat: text({ about: 'How the access point is named to RADIUS.' }),
  callingFormat: text({ about: 'How the client is named to RADIUS.' }),
  interimUpdate: duration('disabled')({ about: 'Time between accounting reports.' }),
  macCaching: duration('disabled')({ about: 'How long answers of RADIUS are kept.' }),
  nasIdentifier: text({ about: 'Name given to RADIUS.' }),
  passwordFormat: text({ about: 'Password sent for a hardware address.', secret: false }),
  usernameFormat: text({ about: 'User name sent for a hardware address.' }),
};

/** Of a steering profile. */
export const wifiSteeringFields = {
  neighborGroup: textSet({ about: 'Access points that name each other.' }),
  rrm: openFlag({ about: 'Tell clients about neighbouring access points.' }),
  wnm: openFlag({ about: 'Ask clients to move.' }),
  probeDelay2g: openFlag({ about: 'Answer late on 2.4 GHz, so that clients choose 5 GHz.', wire: '2g-probe-delay', from: '7.18' }),
  transitionRequestCount: integer({ words: ['unlimited'] })({ about: 'How often a client is asked to move.', from: '7.21' }),
  transitionRequestPeriod: duration()({ about: 'Time between requests to move.', from: '7.21' }),
  transitionThreshold: integer({ min: -120, max: 0 })({ about: 'Signal in dBm below which a client is asked to move.', from: '7.21' }),
  transitionThresholdTime: duration()({ about: 'How long the signal must be weak.', from: '7.21' }),
  transitionTime: word({ about: 'Time a client has to move.', from: '7.21' }),
};

/** Of a configuration profile. */
export const wifiConfigurationFields = {
  ssid: ssid({ about: 'Name of the wireless network.', column: 2 }),
  mode: word({ about: 'Access point or station.', column: 3 }),
  country: word({ about: 'Country whose radio rules are kept.', column: 4 }),
  antennaGain: integer({ max: 30 })({ about: 'Gain of the antenna in dBi.' }),
  beaconInterval: duration()({ about: 'Time between beacons.' }),
  chains: textSet({ about: 'Antennas in use.' }),
  distance: word({ about: 'How far clients are.', from: '7.14' }),
  dtimPeriod: integer({ min: 1, max: 255 })({ about: 'Beacons between deliveries to sleeping clients.' }),
  hideSsid: openFlag({ about: 'Leave the SSID out of beacons.' }),
  manager: word({ about: 'Who configures the radio.' }),
  multicastEnhance: word({ about: 'Send multicast to each client as unicast.' }),
  qosClassifier: word({ about: 'What gives a packet its priority.' }),
  txChains: textSet({ about: 'Antennas that send.' }),
  txPower: integer({ max: 40 })({ about: 'Transmit power in dBm.' }),
  installation: word({ about: 'Indoors or outdoors.', from: '7.17' }),
  maxClients: integer({ min: 1, max: 1000 })({ about: 'Clients allowed at once.', from: '7.18' }),
  stationRoaming: openFlag({ about: 'Look for a better access point while connected.', from: '7.17' }),
  hwProtectionMode: word({ about: 'How longer frames reserve the air.', from: '7.21' }),
};

/** The fields of a profile as they stand inside another menu, but for some: `frequency` of a channel as `channel.frequency`. */
export function nested(prefix: string, fields: Fields, ...without: readonly string[]): Fields {
  const inside = Object.entries(fields).filter(([name]) => !without.includes(name));
  return Object.fromEntries(
    inside.map(([name, field]) => {
      const { column: _column, required: _required, ...traits } = field.traits;
      const inner: Field = { kind: field.kind, traits: { ...traits, wire: dotted(prefix, name, field.traits) } };
      return [`${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`, Object.freeze(inner)];
    }),
  );
}

function dotted(prefix: string, name: string, { wire = kebab(name) }: FieldTraits): FieldTraits['wire'] & {} {
  return typeof wire === 'string' ? `${prefix}.${wire}` : wire.map((one) => ({ ...one, name: `${prefix}.${one.name}` }));
}

/** In these megahertz a radio must listen for radar first, and must leave the channel when it hears some. */
const RADAR = { from: 5260, to: 5720 };

/**
 * What somebody must know who puts a radio on another radar channel, naming the first; undefined when none is new. The radio is silent
 * while it listens: a minute on most channels, ten near those of weather radar (ETSI EN 301 893).
 */
export function newRadarFrequency(before: unknown, after: unknown): { readonly to: 'dfs'; readonly why: string } | undefined {
  const had = radarParts(before);
  const found = radarParts(after).find((part) => !had.includes(part));
  return found === undefined
    ? undefined
    : { to: 'dfs', why: `${found} MHz is a radar (DFS) channel: the radio stays silent for 1 to 10 minutes before it is used` };
}

/** The members of `5180,5260-5320:20` that touch radar channels. */
function radarParts(frequency: unknown): readonly string[] {
  const parts = Array.isArray(frequency) ? frequency.map(String) : typeof frequency === 'string' ? frequency.split(',') : [];
  return parts.filter((part) => {
    const [, from, to] = /^(\d+)(?:-(\d+))?/.exec(part) ?? [];
    return from !== undefined && Number(from) <= RADAR.to && Number(to ?? from) >= RADAR.from;
  });
}
