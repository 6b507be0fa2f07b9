import type { Command } from './command.ts';
import { CAPABILITY, VALUES } from './table-args.ts';

const read = () => import('./commands/read.ts');

/** What looks at a router, as data. */
export const READS: readonly Command[] = [
  {
    words: ['get'],
    about: 'Read a menu of a router.',
    args: [{ ...CAPABILITY, about: `${CAPABILITY.about} The path of any menu does too: /ip/kid-control.` }],
    flags: ['device', 'where', 'id', 'fields', 'limit', 'cursor', 'timeout'],
    examples: [
      'routeros-mcp get dns --device edge-1 --json',
      'routeros-mcp get firewall-filter --device edge-1 --where chain=input --fields action,comment',
      "routeros-mcp get interface --device edge-1 --id '*1'",
      'routeros-mcp get /ip/kid-control --device edge-1',
      'routeros-mcp get firewall-filter --help',
    ],
    notes: [
      'A menu that the router does not have is an answer, not an error: the reason is printed and the exit code is 0.',
      'Any menu can be read by its path, as /ip/firewall/filter. What the catalog does not describe is shown as the router writes it.',
    ],
    load: async () => (await read()).get,
  },
  {
    words: ['view'],
    about: 'Read several menus of a router and put them together; without a name, list the views.',
    args: [
      {
        name: 'view',
        about: 'system-overview ... view alone lists them all; one with --help shows its fields.',
        optional: true,
        offer: 'view',
      },
      { ...VALUES, optional: true },
    ],
    flags: ['device', 'timeout'],
    examples: [
      'routeros-mcp view',
      'routeros-mcp view system-overview --device edge-1',
      'routeros-mcp view recent-logs --device edge-1 topics=error limit=20 --json',
    ],
    notes: [
      'What is not known is -, null with --json, and never 0. What the router does not have is said with the reason.',
      'With --plain each line begins with the part it belongs to.',
    ],
    load: async () => (await import('./commands/view.ts')).view,
  },
  {
    words: ['run'],
    about: 'Run a harmless command on a router.',
    args: [
      {
        name: 'action',
        about: 'ping, dns-flush ... docs/reference/catalog.md has them all; one with --help shows its fields.',
        offer: 'action',
      },
      { ...VALUES, optional: true },
    ],
    flags: ['device', 'timeout'],
    examples: ['routeros-mcp run dns-flush --device edge-1', 'routeros-mcp run ping --device edge-1 target=192.0.2.1 count=4'],
    notes: ['On a terminal progress goes to stderr while it runs. What it measured comes last, and a summary where it has one.'],
    load: async () => (await read()).run,
  },
  {
    words: ['tool', 'list'],
    about: 'List the tools that AI clients are given.',
    args: [],
    flags: [],
    examples: ['routeros-mcp tool list', 'routeros-mcp tool list --json'],
    load: async () => (await import('./commands/tool.ts')).toolList,
  },
  {
    words: ['export'],
    about: 'Print the configuration of a router as a script, without its secrets.',
    args: [],
    flags: ['device', 'menu', 'style', 'timeout'],
    examples: ['routeros-mcp export --device edge-1 > edge-1.rsc', 'routeros-mcp export --device edge-1 --menu /ip/firewall --style terse'],
    notes: [
      'Over SSH where it is set up, else over REST, which gives up after 60 s. What is incomplete is printed, and the exit code is 1.',
    ],
    load: async () => (await import('./commands/export.ts')).exportText,
  },
];
