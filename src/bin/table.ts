import type { Arg, Command } from './command.ts';
import { CAPABILITY, VALUES } from './table-args.ts';
import { PLANS } from './table-plans.ts';

/**
 * Every command as data: help, the reference page, the check of words and flags, and the dispatch read it here.
 * A command's module is loaded when it runs.
 */
const device = () => import('./commands/device.ts');
const enrol = () => import('./commands/device-add.ts');
const read = () => import('./commands/read.ts');
const audit = () => import('./commands/audit.ts');

const NAME: Arg = { name: 'name', about: 'The router, by name or id.' };

const fleet: readonly Command[] = [
  {
    words: [],
    about: 'Open the terminal UI; without a terminal, print the fleet once.',
    args: [],
    flags: [],
    examples: ['routeros-mcp', 'routeros-mcp | cat'],
    load: async () => (await import('./commands/tui.ts')).tui,
  },
  {
    words: ['demo'],
    about: 'Open the terminal UI on simulated routers; nothing is kept.',
    args: [],
    flags: ['routers', 'latency', 'seed'],
    examples: ['routeros-mcp demo', 'routeros-mcp demo --routers 12 --data-dir /tmp/demo'],
    notes: ['With --data-dir the store is a file there, so that a second process can join: ROUTEROS_MCP_DATA_DIR=DIR routeros-mcp mcp.'],
    load: async () => (await import('./commands/demo.ts')).demo,
  },
  {
    words: ['simulate'],
    about: 'Serve simulated routers on 127.0.0.1 until asked to end.',
    args: [],
    flags: ['routers', 'base-port', 'latency', 'https', 'ssh', 'loopbacks', 'control', 'seed'],
    examples: ['routeros-mcp simulate --routers 3 --json', 'routeros-mcp simulate --base-port 18081 --control'],
    notes: [
      'With --json each router is one line: {"name","url","username","password"}; --https adds "httpsUrl" and "fingerprint", --ssh adds "sshPort" and "hostKey", --control a last line {"controlUrl"}.',
    ],
    load: async () => (await import('./commands/simulate.ts')).simulate,
  },
  {
    words: ['mcp'],
    about: 'Serve the Model Context Protocol to AI clients; they can plan and never approve.',
    args: [],
    flags: ['transport'],
    examples: ['routeros-mcp mcp', 'claude mcp add routeros -- routeros-mcp mcp'],
    load: async () => (await import('./commands/mcp.ts')).mcp,
  },
  {
    words: ['device', 'add'],
    about: 'Enrol a router.',
    args: [{ name: 'name', about: 'What you will call it; unique.' }],
    flags: ['address', 'username', 'password-stdin', 'password-fd', 'password', 'environment', 'tag', 'allow', 'fingerprint'],
    examples: [
      'routeros-mcp device add edge-1 --address https://192.0.2.1 --username api --environment staging --tag role=edge --allow advanced-writes',
      'printf %s "$PW" | routeros-mcp device add edge-1 --address http://127.0.0.1:18081 --username admin --password-stdin --environment lab',
    ],
    notes: [
      'The password comes from a prompt, from --password-stdin or from --password-fd, never from the command line.',
      'Where the system does not trust the certificate of the router, its fingerprint is shown and asked about; without a terminal give --fingerprint.',
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
    about: 'Test address, certificate, login and rights, step by step.',
    args: [NAME],
    flags: [],
    examples: ['routeros-mcp device test edge-1'],
    load: async () => (await device()).deviceTest,
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

const reads: readonly Command[] = [
  {
    words: ['get'],
    about: 'Read a menu of a router.',
    args: [CAPABILITY],
    flags: ['device', 'where', 'fields', 'limit', 'cursor'],
    examples: [
      'routeros-mcp get dns --device edge-1 --json',
      'routeros-mcp get firewall-filter --device edge-1 --where chain=input --fields action,comment',
    ],
    notes: ['A menu that the router does not have is an answer, not an error: the reason is printed and the exit code is 0.'],
    load: async () => (await read()).get,
  },
  {
    words: ['run'],
    about: 'Run a harmless command on a router.',
    args: [
      { name: 'action', about: 'dns-flush ... docs/reference/catalog.md has them all.' },
      { ...VALUES, optional: true },
    ],
    flags: ['device'],
    examples: ['routeros-mcp run dns-flush --device edge-1'],
    load: async () => (await read()).run,
  },
];

const records: readonly Command[] = [
  {
    words: ['audit', 'list'],
    about: 'List the ledger, newest first.',
    args: [],
    flags: ['device', 'plan', 'operation', 'limit'],
    examples: ['routeros-mcp audit list --device edge-1 --limit 20'],
    load: async () => (await audit()).auditList,
  },
  {
    words: ['audit', 'verify'],
    about: 'Check that no record of the ledger was changed, dropped or put in between.',
    args: [],
    flags: [],
    examples: ['routeros-mcp audit verify --json'],
    load: async () => (await audit()).auditVerify,
  },
  {
    words: ['config', 'show'],
    about: 'Show every setting, and where its value comes from. Secrets are not shown.',
    args: [],
    flags: [],
    examples: ['routeros-mcp config show'],
    load: async () => (await import('./commands/config.ts')).configShow,
  },
];

export const COMMANDS: readonly Command[] = [...fleet, ...reads, ...PLANS, ...records];
