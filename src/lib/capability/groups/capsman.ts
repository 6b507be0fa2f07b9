import { duration, integer, openFlag, ssid, text, textSet, word } from '../kinds.ts';

/** Of a channel profile. */
export const capsmanChannelFields = {
  band: word({ about: 'Band and standards in use.' }),
  controlChannelWidth: word({ about: 'Width of the control channel.' }),
  extensionChannel: word({ about: 'Where the channel is widened.' }),
  frequency: textSet({ about: 'Frequencies in MHz.' }),
  reselectInterval: word({ about: 'Time between choices of a new channel.' }),
  saveSelected: openFlag({ about: 'Keep the chosen channel for the next start.' }),
  secondaryFrequency: textSet({ about: 'Frequencies of the second half of the channel.' }),
  skipDfsChannels: openFlag({ about: 'Leave channels out on which radar must be listened for.' }),
  txPower: integer({ min: -30, max: 40 })({ about: 'Transmit power in dBm.' }),
};

/** Of a datapath profile. */
export const capsmanDatapathFields = {
  arp: word({ about: 'How ARP questions are answered.' }),
  bridge: word({ about: 'Bridge that clients are put in.' }),
  bridgeCost: integer()({ about: 'Path cost of the bridge port.' }),
  bridgeHorizon: integer({ words: ['none'] })({ about: 'Horizon of the bridge port.' }),
  clientToClientForwarding: openFlag({ about: 'Let clients reach each other.' }),
  interfaceList: word({ about: 'Interface list it is put on.' }),
  l2mtu: integer()({ about: 'Largest frame in bytes.' }),
  localForwarding: openFlag({ about: 'Forward at the access point, not at the controller.' }),
  mtu: integer()({ about: 'Largest packet in bytes.' }),
  openflowSwitch: word({ about: 'OpenFlow switch it is a port of.' }),
  vlanId: integer({ max: 4095, words: ['none'] })({ about: 'VLAN that clients are put in.' }),
  vlanMode: word({ about: 'How client traffic is tagged.' }),
};

/** Of a security profile. */
export const capsmanSecurityFields = {
  authenticationTypes: textSet({ about: 'Ways to prove oneself that are allowed.', column: 2 }),
  encryption: textSet({ about: "Ciphers for one client's traffic.", column: 3 }),
  groupEncryption: word({ about: 'Cipher for traffic to all clients.', column: 4 }),
  groupKeyUpdate: duration()({ about: 'Time between new keys for traffic to all.', secret: false, column: 5 }),
  disablePmkid: openFlag({ about: 'Leave the PMKID out, so that it cannot be attacked offline.' }),
  eapMethods: textSet({ about: 'EAP methods that are allowed.' }),
  eapRadiusAccounting: openFlag({ about: 'Report EAP clients to RADIUS.' }),
  passphrase: text({ about: 'Passphrase of the network.', secret: true }),
  tlsCertificate: word({ about: 'Certificate used in EAP.' }),
  tlsMode: word({ about: 'How certificates are checked in EAP.' }),
};

/** Of a rates profile. */
export const capsmanRatesFields = {
  basic: textSet({ about: 'Rates every client must know.' }),
  htBasicMcs: textSet({ about: '802.11n rates every client must know.' }),
  htSupportedMcs: textSet({ about: '802.11n rates in use.' }),
  supported: textSet({ about: 'Rates in use.' }),
  vhtBasicMcs: textSet({ about: '802.11ac rates every client must know.' }),
  vhtSupportedMcs: textSet({ about: '802.11ac rates in use.' }),
};

/** Of a configuration profile. */
export const capsmanConfigurationFields = {
  ssid: ssid({ about: 'Name of the wireless network.', column: 2 }),
  mode: word({ about: 'Access point or station.', column: 3 }),
  country: word({ about: 'Country whose radio rules are kept.', column: 4 }),
  disconnectTimeout: duration()({ about: 'Silence after which a client is dropped.' }),
  distance: word({ about: 'How far clients are.' }),
  frameLifetime: duration()({ about: 'How long a frame waits to be sent.' }),
  guardInterval: word({ about: 'Pause between symbols.' }),
  hideSsid: openFlag({ about: 'Leave the SSID out of beacons.' }),
  hwProtectionMode: word({ about: 'How longer frames reserve the air.' }),
  hwRetries: integer()({ about: 'Tries for a frame.' }),
  installation: word({ about: 'Indoors or outdoors.' }),
  keepaliveFrames: word({ about: 'Ask silent clients whether they are there.' }),
  loadBalancingGroup: word({ about: 'Radios that share clients.' }),
  maxStaCount: integer()({ about: 'Clients allowed at once.' }),
  multicastHelper: word({ about: 'Send multicast to each client as unicast.' }),
  rxChains: textSet({ about: 'Antennas that receive.' }),
  txChains: textSet({ about: 'Antennas that send.' }),
};
