import type { Arg, Command } from './command.ts';
import type { FlagName } from './flags.ts';

const device = () => import('./commands/device.ts');
const enrol = () => import('./commands/device-add.ts');

const NAME: Arg = { name: 'name', about: 'The router, by name or id.', offer: 'device' };

const ACCOUNT: readonly FlagName[] = ['username', 'password-stdin', 'password-fd', 'password'];
const RIGHTS: readonly FlagName[] = ['environment', 'tag', 'allow'];
/** Whom to trust, in place of the question. */
const TRUST: readonly FlagName[] = ['fingerprint', 'ca', 'insecure'];
const SSH: readonly FlagName[] = ['ssh-port', 'host-key', 'ssh-key', 'ssh-key-passphrase-fd', 'ssh-agent'];
const VIA: readonly FlagName[] = [
  'via',
  'via-host-key',
  'via-key',
  'via-key-passphrase-fd',
  'via-password-fd',
  'legacy-ssh',
  'ssh-config',
  'known-hosts',
];

const ABOUT_KEYS: readonly string[] = [
  'An SSH host key is taken where a flag gives it or known_hosts has it; else it is shown and asked about. Another key than that stops everything.',
];
const ABOUT_VIA: readonly string[] = [
  'Jump hosts are for REST and SSH alike. They are logged in to with what is given, else with the SSH agent, else with the IdentityFile of the SSH configuration, else with a password that is asked for.',
];

/** `device ...`, as data. */
export const DEVICES: readonly Command[] = [
  {
    words: ['device', 'add'],
    about: 'Enrol a router.',
    args: [{ name: 'name', about: 'What you will call it; unique.' }],
    flags: ['address', ...ACCOUNT, ...RIGHTS, ...TRUST, ...SSH, ...VIA],
    examples: [
      'routeros-mcp device add edge-1 --address https://192.0.2.1 --username api --environment staging --tag role=edge --allow advanced-writes',
      'printf %s "$PW" | routeros-mcp device add edge-1 --address http://127.0.0.1:18081 --username admin --password-stdin --environment lab',
      'routeros-mcp device add core-1 --address https://192.0.2.1 --username api --environment prod --ssh-port 22 --via ops@bastion.example.net',
    ],
    notes: [
      'The password comes from a prompt, from --password-stdin or from --password-fd, never from the command line.',
      'Where the system does not trust the certificate of the router, its fingerprint is shown and asked about; without a terminal give --fingerprint.',
      'SSH to the router is set up by --ssh-port, --host-key, --ssh-key or --ssh-agent: for exports, and for reads while REST fails.',
      ...ABOUT_KEYS,
      ...ABOUT_VIA,
    ],
    load: async () => (await enrol()).deviceAdd,
  },
  {
    words: ['device', 'list'],
    about: 'List the routers.',
    args: [],
    flags: [],
    examples: ['routeros-mcp device list', 'routeros-mcp device list --plain | cut -f1'],
    load: async () => (await device()).deviceList,
  },
  {
    words: ['device', 'show'],
    about: 'Show what is known of a router.',
    args: [NAME],
    flags: [],
    examples: ['routeros-mcp device show edge-1'],
    load: async () => (await device()).deviceShow,
  },
  {
    words: ['device', 'test'],
    about: 'Test address, certificate, login, rights and SSH, step by step.',
    args: [NAME],
    flags: ['timeout'],
    examples: ['routeros-mcp device test edge-1'],
    load: async () => (await device()).deviceTest,
  },
  {
    words: ['device', 'update'],
    about: 'Change what is known of a router, or how it is reached. A new way is tried before it is kept.',
    args: [NAME],
    flags: ['rename', 'address', ...ACCOUNT, 'ask-password', ...RIGHTS, 'untag', 'forbid', ...TRUST, ...SSH, 'no-ssh', ...VIA, 'no-via'],
    examples: [
      'routeros-mcp device update edge-1 --address https://192.0.2.2',
      'routeros-mcp device update edge-1 --tag site=north --untag role --allow firewall-writes',
      'routeros-mcp device update edge-1 --ssh-port 22 --via ops@bastion.example.net',
    ],
    notes: [
      'What is not said stays. The same box must answer at the new address; while a plan is applied over the old way it is refused.',
      'Jump hosts are replaced as a whole: name all of them, also to accept another host key of one.',
    ],
    load: async () => (await import('./commands/device-update.ts')).deviceUpdate,
  },
  {
    words: ['device', 'trust'],
    about: 'Compare certificate and SSH host key with what was accepted, and accept what is shown now.',
    args: [NAME],
    flags: [...TRUST, 'host-key'],
    examples: ['routeros-mcp device trust edge-1', 'routeros-mcp device trust edge-1 --fingerprint SHA256 --host-key SHA256:...'],
    notes: ['A router whose certificate or host key changed is not spoken to before somebody says that it is right.'],
    load: async () => (await import('./commands/device-trust.ts')).deviceTrust,
  },
  {
    words: ['device', 'import'],
    about: 'Enrol the routers of a list: CSV, JSON or an SSH configuration.',
    args: [{ name: 'file', about: 'The list; - is standard input.', offer: 'file' }],
    flags: ['format', 'dry-run', ...ACCOUNT, ...RIGHTS, ...VIA],
    examples: [
      'routeros-mcp device import fleet.csv --username api --environment staging --dry-run',
      'routeros-mcp device import fleet.csv --username api --environment staging --password-fd 3 3<password.txt',
      'routeros-mcp device import ~/.ssh/config --format ssh-config --environment lab',
    ],
    notes: [
      'Passwords are never in the list: one for all is asked for or read, or a column password_env names an environment variable for each.',
      'Certificates and host keys are not asked about one by one: --dry-run prints what each router shows, to be compared and put into the list.',
      'Every router ends in one row; the exit code is 0 when all are enrolled, else that of the first that is not.',
    ],
    load: async () => (await import('./commands/device-import.ts')).deviceImport,
  },
  {
    words: ['device', 'bootstrap'],
    about: 'Print the commands that prepare a router: group, account, certificate, services. Nothing is sent.',
    args: [],
    flags: ['access', 'username', 'from', 'ssh', 'address', 'routeros', 'insecure'],
    examples: [
      'routeros-mcp device bootstrap --access read --username fleet --from 192.0.2.10',
      'routeros-mcp device bootstrap --access write --username fleet --from 192.0.2.0/24 --ssh --address 192.0.2.1 > bootstrap.rsc',
    ],
    load: async () => (await import('./commands/bootstrap.ts')).deviceBootstrap,
  },
  {
    words: ['device', 'remove'],
    about: 'Forget a router and destroy its password. Plans and ledger stay.',
    args: [NAME],
    flags: ['yes', 'confirm'],
    examples: ['routeros-mcp device remove edge-1', 'routeros-mcp device remove edge-1 --yes'],
    load: async () => (await device()).deviceRemove,
  },
];
