import type { Command } from './command.ts';
import { CAPABILITY, VALUES } from './table-args.ts';
import { DEVICES } from './table-devices.ts';
import { PLANS } from './table-plans.ts';

/**
 * Every command as data: help, the reference page, the check of words and flags, and the dispatch read it here.
 * A command's module is loaded when it runs.
 */
const read = () => import('./commands/read.ts');
const audit = () => import('./commands/audit.ts');

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
  {
    words: ['export'],
    about: 'Print the configuration of a router as a script, without its secrets.',
    args: [],
    flags: ['device', 'menu', 'style'],
    examples: ['routeros-mcp export --device edge-1 > edge-1.rsc', 'routeros-mcp export --device edge-1 --menu /ip/firewall --style terse'],
    notes: [
      'Over SSH where it is set up, else over REST, which gives up after 60 s. What is incomplete is printed, and the exit code is 1.',
    ],
    load: async () => (await import('./commands/export.ts')).exportText,
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

export const COMMANDS: readonly Command[] = [...fleet, ...DEVICES, ...reads, ...PLANS, ...records];
