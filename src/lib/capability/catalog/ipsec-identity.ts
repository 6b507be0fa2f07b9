import { defineCapability } from '../define.ts';
import { flag, oneOf, text } from '../kinds.ts';
import { differs, dormant, goesDown } from '../touched.ts';

export const ipsecIdentity = defineCapability({
  id: 'ipsec-identity',
  title: 'IPsec identities',
  about: 'How each side of an IPsec agreement proves who it is; secrets are never shown.',
  menu: '/ip/ipsec/identity',
  shape: 'list',
  topic: 'vpn',
  // One peer may have several, told apart only by what they match.
  key: [],
  fields: {
    peer: text({ about: 'Peer it is for.', required: true, column: 1 }),
    authMethod: oneOf(
      'pre-shared-key',
      'digital-signature',
      'eap',
      'eap-radius',
      'pre-shared-key-xauth',
      'rsa-key',
      'rsa-signature-hybrid',
    )({
      about: 'How the sides prove who they are.',
      fallback: 'pre-shared-key',
      column: 2,
    }),
    myId: text({ about: 'Name we give: auto, address:…, fqdn:…, user-fqdn:…, key-id:… or dn:…', fallback: 'auto', column: 3 }),
    remoteId: text({ about: 'Name the far end must give, written as our own.', fallback: 'auto', column: 4 }),
    matchBy: oneOf('remote-id', 'certificate')({ about: 'What the far end is recognised by.', fallback: 'remote-id' }),
    secret: text({ about: 'Key both sides share.', secret: true }),
    certificate: text({ about: 'Certificates we show.' }),
    remoteCertificate: text({ about: 'Certificate the far end must show.', fallback: 'none' }),
    key: text({ about: 'Name of our key pair.', secret: false }),
    remoteKey: text({ about: 'Name of the key of the far end.', secret: false }),
    eapMethods: text({ about: 'Ways of logging in by EAP.' }),
    username: text({ about: 'Name we log in with.' }),
    password: text({ about: 'Password we log in with.', secret: true }),
    generatePolicy: oneOf(
      'no',
      'port-override',
      'port-strict',
    )({ about: 'Policies are made for what the far end asks.', fallback: 'no', column: 5 }),
    policyTemplateGroup: text({ about: 'Templates such policies are made from.', fallback: 'default' }),
    modeConfig: text({ about: 'What is given to or asked of the far end.', column: 6 }),
    notrackChain: text({ about: 'Raw firewall chain that gets rules for its traffic.' }),
    disabled: flag({ about: 'Kept but not in force.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
  },
  // We may be connected through what it lets in, and a removed secret never comes back.
  risk: ({ verb, before, after }) => {
    if (verb === 'remove') return 'high';
    if (dormant(before, after)) return 'low';
    if (verb === 'add') return 'medium';
    const proves = [
      'peer',
      'authMethod',
      'myId',
      'remoteId',
      'matchBy',
      'certificate',
      'remoteCertificate',
      'key',
      'remoteKey',
      'secret',
      'password',
    ] as const;
    if (goesDown(before, after) || differs(before, after, ...proves, 'generatePolicy', 'modeConfig', 'policyTemplateGroup')) return 'high';
    return differs(before, after, 'eapMethods', 'username', 'notrackChain', 'disabled') ? 'medium' : 'low';
  },
});
