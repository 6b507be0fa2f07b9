import type { Command } from './command.ts';
import { SHELLS } from './shells.ts';
import { APPROVERS } from './table-approvers.ts';
import { DEVICES } from './table-devices.ts';
import { PLANS } from './table-plans.ts';
import { READS } from './table-reads.ts';

/**
 * Every command as data: help, the reference page, the check of words and flags, and the dispatch read it here.
 * A command's module is loaded when it runs.
 */
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
    flags: [
      'routers',
      'recording',
      'management-source',
      'management-interface',
      'base-port',
      'latency',
      'https',
      'ssh',
      'loopbacks',
      'control',
      'seed',
    ],
    examples: [
      'routeros-mcp simulate --routers 3 --json',
      'routeros-mcp simulate --base-port 18081 --control',
      'routeros-mcp simulate --recording rb5009_7.20.6 --management-source 203.0.113.200 --management-interface ether1',
    ],
    notes: [
      'With --management-source or --management-interface a router judges our connections as if they came from there: a change that locks that station out locks us out.',
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
  {
    words: ['completion'],
    about: 'Print the script by which a shell completes commands, flags, names and fields.',
    args: [{ name: 'shell', about: 'bash, zsh or fish.', offer: SHELLS }],
    flags: [],
    examples: ['source <(routeros-mcp completion bash)', 'source <(routeros-mcp completion zsh)', 'routeros-mcp completion fish | source'],
    notes: [
      'Put the line into ~/.bashrc, ~/.zshrc (behind compinit) or ~/.config/fish/config.fish.',
      'Names are looked up when they are asked for: what is added to the catalog or enrolled is completed at once.',
    ],
    load: async () => (await import('./commands/completion.ts')).completion,
  },
];

export const COMMANDS: readonly Command[] = [...fleet, ...DEVICES, ...READS, ...PLANS, ...APPROVERS, ...records];
