import { EXIT_BY_STATE } from './exit-codes.ts';
import type { Offer } from './offer.ts';

/** One flag, with one meaning in every command that has it. */
export interface FlagSpec {
  readonly about: string;
  /** What stands for its value in help; a switch has none. */
  readonly value?: string;
  /** What its value can be, as far as that is known. */
  readonly offer?: Offer;
  /** May be given several times; `some`: in the commands that say so. */
  readonly many?: true | 'some';
  readonly short?: string;
  /** Kept out of help: it exists to be refused with a sentence. */
  readonly hidden?: true;
}

const flags = {
  json: { about: 'Print one JSON envelope on stdout, errors included.' },
  plain: { about: 'Print tables as lines of tab-separated values, without heads and colours.' },
  'no-input': { about: 'Never ask; fail where an answer would be needed.' },
  'no-color': { about: 'No colours. NO_COLOR does the same.' },
  quiet: { about: 'Nothing on stderr but errors.', short: 'q' },
  verbose: { about: 'Show details, stack and causes of an error on stderr.', short: 'v' },
  'data-dir': { about: 'Where store, ledger and keys are kept.', value: 'DIR', offer: 'file' },
  config: { about: 'The configuration file (YAML or TOML).', value: 'FILE', offer: 'file' },
  help: { about: 'Show help.', short: 'h' },
  version: { about: 'Show the version.' },

  device: { about: 'The router, by name or id.', value: 'NAME', offer: 'device', many: 'some' },
  select: {
    about: 'Routers by what they are, all of which must hold: "environment=lab role=edge version>=7.16 name=edge-*". Other keys are tags.',
    value: 'TEXT',
  },
  address: { about: 'Where it answers: https://192.0.2.1, or http:// on loopback.', value: 'URL' },
  username: { about: 'The account to log in with.', value: 'NAME' },
  'password-stdin': { about: 'Read the password from standard input.' },
  'password-fd': { about: 'Read the password from this file descriptor.', value: 'N' },
  password: { about: 'Refused: other users of the machine can read a command line.', value: 'TEXT', hidden: true },
  environment: { about: 'lab, staging or prod.', value: 'NAME', offer: ['lab', 'staging', 'prod'] },
  tag: { about: 'A tag of the router.', value: 'KEY=VALUE', many: true },
  allow: {
    about:
      'What may be done on it: advanced-writes, professional-workflows, firewall-writes, routing-writes, wireless-writes, dhcp-writes, ' +
      'bridge-writes, bandwidth-test.',
    value: 'WHAT',
    offer: 'allowance',
    many: true,
  },
  untag: { about: 'A tag to take away.', value: 'KEY', many: true },
  forbid: { about: 'What may no longer be done on it.', value: 'WHAT', offer: 'allowance', many: true },
  rename: { about: 'Another name.', value: 'NAME' },
  'ask-password': { about: 'Ask for another password.' },
  fingerprint: { about: 'SHA-256 of its certificate, which you have compared.', value: 'SHA256' },
  ca: { about: 'Certificates of the authority that vouches for it, as PEM.', value: 'FILE', offer: 'file' },
  insecure: { about: 'Check no certificate, or send the password over plain HTTP. Every screen says so.' },
  'ssh-port': { about: 'SSH to the router at this port, 22 by default.', value: 'PORT' },
  'host-key': { about: 'SHA-256 of its SSH host key, which you have compared.', value: 'SHA256:...', many: true },
  'ssh-key': { about: 'A private key for SSH to the router; it is kept sealed.', value: 'FILE', offer: 'file' },
  'ssh-key-passphrase-fd': { about: 'Read the passphrase of that key from this file descriptor.', value: 'N' },
  'ssh-agent': { about: 'Ask the SSH agent first, for SSH to the router.' },
  'legacy-ssh': { about: 'Old SSH algorithms too, for boxes that have no others.' },
  via: {
    about: 'A jump host on the way, the first one first; names are looked up in the SSH configuration.',
    value: '[USER@]HOST[:PORT]',
    many: true,
  },
  'via-host-key': { about: 'SHA-256 of the host key of a jump host.', value: 'SHA256:...', many: true },
  'via-key': { about: 'A private key for the jump hosts; it is kept sealed.', value: 'FILE', offer: 'file' },
  'via-key-passphrase-fd': { about: 'Read the passphrase of that key from this file descriptor.', value: 'N' },
  'via-password-fd': {
    about: 'Read the password of the jump hosts from this file descriptor: a line for all, or one for each.',
    value: 'N',
  },
  'ssh-config': { about: 'Where jump hosts are looked up, ~/.ssh/config by default.', value: 'FILE', offer: 'file' },
  'known-hosts': { about: 'Host keys you accepted before, ~/.ssh/known_hosts by default.', value: 'FILE', offer: 'file' },
  'no-ssh': { about: 'Take SSH to the router away.' },
  'no-via': { about: 'Take the jump hosts away.' },
  access: { about: 'read, or write: look and change.', value: 'WHAT', offer: ['read', 'write'] },
  from: { about: 'An address or network the account may log in from.', value: 'CIDR', many: true },
  routeros: { about: 'Its version of RouterOS; what holds for all without it.', value: 'VERSION' },
  format: { about: 'csv, json or ssh-config; guessed without it.', value: 'NAME', offer: ['csv', 'json', 'ssh-config'] },
  'dry-run': { about: 'Say what would be done, and do nothing.' },
  menu: { about: 'Only this menu and what is below it: /ip/firewall.', value: 'PATH' },
  style: {
    about: 'compact (what differs from the defaults), terse (a command a line) or verbose.',
    value: 'NAME',
    offer: ['compact', 'terse', 'verbose'],
  },

  where: { about: 'Only rows whose field has this value.', value: 'FIELD=VALUE', offer: 'condition', many: true },
  id: { about: "The row by its RouterOS id, quoted: '*3'.", value: 'ID' },
  before: { about: 'Place it in front of the row whose field has this value.', value: 'FIELD=VALUE', offer: 'condition', many: true },
  'before-id': { about: 'Place it in front of the row with this RouterOS id.', value: 'ID' },
  unset: { about: 'Take this field away.', value: 'FIELD', offer: 'field', many: true },
  secret: { about: 'Ask for the value of this secret field; what is typed is not shown.', value: 'FIELD', offer: 'secret', many: true },
  'secret-stdin': { about: 'Read the value of this secret field from standard input.', value: 'FIELD', offer: 'secret' },
  'secret-fd': { about: 'Read the value of this secret field from a file descriptor.', value: 'FIELD=N', many: true },
  fields: { about: 'Only these fields, joined by commas.', value: 'LIST', offer: 'field', many: true },
  limit: { about: 'At most this many.', value: 'N' },
  cursor: { about: 'Go on where the last answer stopped.', value: 'TEXT' },

  summary: { about: 'What the plan is for, in a few words.', value: 'TEXT' },
  check: { about: 'What must hold afterwards: "ping 8.8.8.8".', value: 'TEXT', many: true },
  'soak-seconds': { about: 'How long a changed router is watched before the change is confirmed.', value: 'N' },
  'guard-seconds': { about: 'How long the router waits for that before it goes back by itself.', value: 'N' },
  wave: { about: 'Of several routers: how many first, then how many; the rest last. serial is one by one.', value: '1,5,25|serial' },
  parallel: { about: 'How many routers of a wave are changed side by side.', value: 'N' },
  'pause-seconds': { about: 'How long to wait between two waves.', value: 'N' },
  budget: { about: 'How many routers may fail before it stops.', value: 'N' },
  'on-stop': {
    about: 'What becomes of the routers that went well when it stops: keep, roll-back-wave or roll-back-all.',
    value: 'WHAT',
    offer: ['keep', 'roll-back-wave', 'roll-back-all'],
  },
  out: { about: 'Write the plan to this file too, without its approval; - is stdout.', value: 'FILE', offer: 'file' },
  timeout: { about: 'Wait at most so long.', value: 'SECONDS' },
  as: {
    about: 'How it stands: pre (as before), post (as planned), or accept (neither, and it may stay so).',
    value: 'WHAT',
    offer: ['pre', 'post', 'accept'],
  },
  open: { about: 'Only those that are not over.' },
  'detailed-exitcode': { about: 'Exit with 10 when there are changes.' },
  calls: { about: 'Show the exact requests, and those that undo them.' },
  yes: { about: 'Answer the question with yes. It passes no gate that policy puts up.' },
  confirm: { about: 'The name of the router, typed in advance. Needs a terminal all the same.', value: 'NAME' },
  reason: { about: 'Why; it is kept with the plan.', value: 'TEXT' },
  state: { about: 'Only plans in this state.', value: 'STATE', offer: Object.keys(EXIT_BY_STATE) },
  'key-file': { about: 'The file of your approver key; approver.key in the data directory without it.', value: 'FILE', offer: 'file' },
  'sign-with': { about: 'The file of an approver key that counts: it vouches for the new one.', value: 'FILE', offer: 'file' },
  'print-token': { about: 'Print the approval token too. The approval in the store is enough without it.' },
  'token-stdin': { about: 'Read an approval token from standard input.' },
  'token-fd': { about: 'Read an approval token from this file descriptor.', value: 'N' },
  plan: { about: 'Only records of this plan.', value: 'ID' },
  operation: { about: 'Only records of this operation.', value: 'NAME' },

  routers: { about: 'How many routers.', value: 'N' },
  recording: {
    about: 'Which recorded router, as rb5009_7.20.6; again for more. All of them in turn without it.',
    value: 'NAME',
    offer: 'recording',
    many: true,
  },
  'management-source': {
    about: 'The address the routers take us for; firewall, services and routes decide whether we get in. On their own network without it.',
    value: 'ADDR',
  },
  'management-interface': {
    about: 'The interface our packets come in on; the one through which a router would answer us without it.',
    value: 'NAME',
  },
  'base-port': { about: 'Port of the first; each takes the next. Free ones without it.', value: 'PORT' },
  latency: { about: 'Milliseconds before each answer.', value: 'MS' },
  seed: { about: 'Another number gives other passwords and serial numbers.', value: 'N' },
  https: { about: 'Serve HTTPS too, each router with a certificate of its own.' },
  ssh: { about: 'SSH too; simulated routers have a host key each.' },
  loopbacks: { about: 'Give each router an address of its own below 127.0.0.0/8 (Linux).' },
  control: { about: 'Start the control server too, for faults, clock and request log.' },
  transport: { about: 'How clients connect: stdio.', value: 'NAME', offer: ['stdio'] },
} as const satisfies Readonly<Record<string, FlagSpec>>;

export type FlagName = keyof typeof flags;
export const FLAGS: Readonly<Record<FlagName, FlagSpec>> = flags;

/** Flags every command takes. */
export const COMMON: readonly FlagName[] = [
  'json',
  'plain',
  'no-input',
  'no-color',
  'quiet',
  'verbose',
  'data-dir',
  'config',
  'help',
  'version',
];

export const isFlagName = (name: string): name is FlagName => Object.hasOwn(FLAGS, name);
