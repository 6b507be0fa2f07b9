import { duration, flag, integer, oneOf, text, textSequence, textSet } from '../kinds.ts';

/** Field groups that several routing menus share. */

/** What a BGP connection and its templates both say. */
export const bgpCommon = {
  as: text({ about: 'Own AS number, as 65000 or 65000/1.', column: 3 }),
  afi: textSequence({
    about: 'Address families that are exchanged.',
    wire: [{ from: '7.19', name: 'afi' }, { name: 'address-families' }],
    column: 8,
  }),
  templates: textSequence({ about: 'Templates that what is left out here comes from.' }),
  routingTable: text({ about: 'Table that received routes go to.', fallback: 'main' }),
  vrf: text({ about: 'VRF the session runs in.', fallback: 'main' }),
  routerId: text({ about: 'BGP identifier; part of the instance since 7.20.', until: '7.20' }),
  clusterId: text({ about: 'Cluster of a route reflector; part of the instance since 7.20.', until: '7.20' }),
  multihop: flag({ about: 'The far end may be several hops away.' }),
  holdTime: duration('infinity')({ about: 'Silence after which the session is given up.' }),
  keepaliveTime: duration()({ about: 'Time between keepalive messages.' }),
  nexthopChoice: oneOf('default', 'force-self', 'propagate')({ about: 'Next hop that is announced.' }),
  useBfd: flag({ about: 'BFD watches the far end.' }),
  saveTo: text({ about: 'File that raw messages are written to.' }),
  ciscoVplsNlriLenFmt: oneOf('auto-bits', 'auto-bytes', 'bits', 'bytes')({ about: 'Unit of VPLS lengths for Cisco neighbours.' }),
  addPathOut: text({ about: 'How many paths of a prefix are sent; input and output add-path since 7.22.', until: '7.22' }),
  inputFilter: text({ about: 'Filter chain that received routes go through.', wire: 'input.filter', column: 6 }),
  inputAddPath: textSet({ about: 'Families of which several paths are taken.', wire: 'input.add-path', from: '7.22' }),
  inputAffinity: text({ about: 'Process that handles what is received.', wire: 'input.affinity' }),
  inputAllowAs: integer({ max: 10 })({ about: 'How often the own AS may appear in a received path.', wire: 'input.allow-as' }),
  inputAttrErrorHandling: oneOf(
    'default',
    'revised',
  )({
    about: 'What is done about malformed attributes.',
    wire: 'input.attr-error-handling',
    from: '7.20',
  }),
  inputIgnoreAsPathLen: flag({
    about: 'Path length does not count; part of the instance since 7.20.',
    wire: 'input.ignore-as-path-len',
    until: '7.20',
  }),
  inputLimitProcessRoutesIpv4: integer()({ about: 'Received IPv4 routes that are kept.', wire: 'input.limit-process-routes-ipv4' }),
  inputLimitProcessRoutesIpv6: integer()({ about: 'Received IPv6 routes that are kept.', wire: 'input.limit-process-routes-ipv6' }),
  inputAcceptNlri: text({ about: 'Address list of prefixes that are taken at all.', wire: 'input.accept-nlri' }),
  inputAcceptCommunities: text({ about: 'Communities of routes that are taken at all.', wire: 'input.accept-communities' }),
  inputAcceptExtCommunities: text({
    about: 'Extended communities of routes that are taken at all.',

    wire: 'input.accept-ext-communities',
  }),
  inputAcceptLargeCommunities: text({
    about: 'Large communities of routes that are taken at all.',

    wire: 'input.accept-large-communities',
  }),
  inputFilterNlri: text({ about: 'Address list of prefixes that are dropped early.', wire: 'input.filter-nlri', from: '7.20' }),
  inputFilterCommunities: text({
    about: 'Communities that are dropped early.',

    wire: 'input.filter-communities',
    from: '7.19',
  }),
  inputFilterExtCommunities: text({
    about: 'Extended communities that are dropped early.',

    wire: 'input.filter-ext-communities',
    from: '7.19',
  }),
  inputFilterLargeCommunities: text({
    about: 'Large communities that are dropped early.',

    wire: 'input.filter-large-communities',
    from: '7.19',
  }),
  inputFilterUnknown: text({
    about: 'Unknown attributes that are let in or dropped early.',
    wire: [{ from: '7.19', name: 'input.filter-unknown' }, { name: 'input.accept-unknown' }],
  }),
  outputFilterChain: text({ about: 'Filter chain that routes go through before they are sent.', wire: 'output.filter-chain', column: 7 }),
  outputFilterSelect: text({ about: 'Chain that chooses among candidate routes.', wire: 'output.filter-select' }),
  outputNetwork: text({ about: 'Address list of the prefixes that are announced.', wire: 'output.network' }),
  outputNetworkBlackhole: flag({
    about: 'Announced prefixes get a blackhole route.',
    wire: 'output.network-blackhole',
    from: '7.20',
  }),
  outputRedistribute: textSet({ about: 'Sorts of routes that are announced.', wire: 'output.redistribute' }),
  outputDefaultOriginate: oneOf(
    'always',
    'if-installed',
    'never',
  )({
    about: 'When the default route is announced.',
    wire: 'output.default-originate',
  }),
  outputDefaultPrepend: integer({ max: 255 })({ about: 'How often the own AS is put in front.', wire: 'output.default-prepend' }),
  outputAddPath: textSet({ about: 'Families of which several paths are sent.', wire: 'output.add-path', from: '7.22' }),
  outputAffinity: text({ about: 'Process that handles what is sent.', wire: 'output.affinity' }),
  outputAsOverride: flag({ about: 'The AS of the far end is replaced by the own one.', wire: 'output.as-override' }),
  outputRemovePrivateAs: flag({ about: 'Private AS numbers are taken out.', wire: 'output.remove-private-as' }),
  outputKeepSentAttributes: flag({ about: 'What was sent is kept to be looked at.', wire: 'output.keep-sent-attributes' }),
  outputNoClientToClientReflection: flag({
    about: 'Routes of one client are not reflected to another.',
    wire: 'output.no-client-to-client-reflection',
  }),
  outputNoEarlyCut: flag({ about: 'Routes are sent even where the far end would refuse them.', wire: 'output.no-early-cut' }),
};
