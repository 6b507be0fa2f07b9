import type { Arg, Command } from './command.ts';
import type { FlagName } from './flags.ts';
import { CAPABILITY, VALUES } from './table-args.ts';
import { EXECUTION } from './table-execution.ts';

const make = () => import('./commands/plan-make.ts');
const look = () => import('./commands/plan-look.ts');
const decide = () => import('./commands/plan-decide.ts');

const PLAN: Arg = { name: 'planId', about: 'The plan, as `plan list` shows it.' };
const PLAN_OR_FILE: Arg = { name: 'plan', about: 'The plan, as `plan list` shows it, or a file that --out wrote.', offer: 'file' };

/** What every command that makes a plan takes. */
const MAKES: readonly FlagName[] = [
  ...(['device', 'select', 'summary', 'check', 'soak-seconds', 'guard-seconds'] as const),
  ...(['wave', 'parallel', 'pause-seconds', 'budget', 'on-stop', 'out', 'detailed-exitcode', 'calls'] as const),
];
const SEVERAL: readonly FlagName[] = ['device'];
const SEVERAL_NOTE =
  'With several routers (--device again, or --select) one plan is made for all of them; it is carried out wave by wave, and stops when more fail than --budget allows. Routers that are left out are listed with the reason.';
const ROW: readonly FlagName[] = ['where', 'id'];
/** Values that no command line may hold. */
const SECRETS: readonly FlagName[] = ['secret', 'secret-stdin', 'secret-fd'];
const SECRET_NOTE = 'A secret field is never given as field=value: it is asked for with --secret, or read from stdin or a file descriptor.';
const PLACE: readonly FlagName[] = ['before', 'before-id'];

/** `plan ...`, as data. */
export const PLANS: readonly Command[] = [
  {
    words: ['plan', 'set'],
    about: 'Plan to set fields; nothing is written before the plan is approved and applied.',
    args: [CAPABILITY, { ...VALUES, optional: true }],
    flags: [...MAKES, ...ROW, 'unset', ...SECRETS],
    examples: [
      'routeros-mcp plan set dns --device edge-1 servers=1.1.1.1,8.8.8.8',
      "routeros-mcp plan set firewall-filter --device edge-1 --id '*3' disabled=yes",
      'routeros-mcp plan set interface --device edge-1 --where name=ether2 comment="uplink to core"',
      'routeros-mcp plan set dns --select "environment=lab role=edge" --wave 1,5,25 --check "ping 8.8.8.8" servers=1.1.1.1',
      'routeros-mcp plan set ppp-secret --device edge-1 --where name=branch2 --secret password',
    ],
    notes: [SECRET_NOTE, SEVERAL_NOTE],
    several: SEVERAL,
    load: async () => (await make()).planSet,
  },
  {
    words: ['plan', 'add'],
    about: 'Plan to add a row.',
    args: [CAPABILITY, VALUES],
    flags: [...MAKES, ...PLACE, ...SECRETS],
    several: SEVERAL,
    notes: [SECRET_NOTE, SEVERAL_NOTE],
    examples: [
      'routeros-mcp plan add firewall-address-list --device edge-1 list=mcp-blocked address=198.51.100.7',
      "routeros-mcp plan add firewall-filter --device edge-1 chain=input action=drop src-address=198.51.100.0/24 --before-id '*4'",
    ],
    load: async () => (await make()).planAdd,
  },
  {
    words: ['plan', 'remove'],
    about: 'Plan to remove a row.',
    args: [CAPABILITY],
    flags: [...MAKES, ...ROW],
    several: SEVERAL,
    examples: ['routeros-mcp plan remove firewall-address-list --device edge-1 --where list=mcp-blocked --where address=198.51.100.7'],
    load: async () => (await make()).planRemove,
  },
  {
    words: ['plan', 'move'],
    about: 'Plan to move a row of an ordered menu; to the end without --before.',
    args: [CAPABILITY],
    flags: [...MAKES, ...ROW, ...PLACE],
    several: SEVERAL,
    examples: ["routeros-mcp plan move firewall-filter --device edge-1 --id '*7' --before-id '*2'"],
    load: async () => (await make()).planMove,
  },
  {
    words: ['plan', 'recipe'],
    about: 'Plan a task over several menus.',
    args: [
      {
        name: 'recipe',
        about: 'dns-ntp-rollout ... docs/reference/catalog.md has them all; one with --help shows its fields.',
        offer: 'recipe',
      },
      { ...VALUES, optional: true },
    ],
    flags: MAKES.filter((name) => name !== 'summary'),
    several: SEVERAL,
    examples: [
      'routeros-mcp plan recipe dns-ntp-rollout --device edge-1 dns-servers=1.1.1.1,8.8.8.8 ntp-servers=ntp.example.net',
      'routeros-mcp plan recipe dns-ntp-rollout --device edge-1 --device edge-2 --out plan.json dns-servers=1.1.1.1',
    ],
    notes: [SEVERAL_NOTE],
    load: async () => (await make()).planRecipe,
  },
  {
    words: ['plan', 'list'],
    about: 'List plans, newest first.',
    args: [],
    flags: ['state', 'device', 'limit'],
    examples: ['routeros-mcp plan list --state review'],
    load: async () => (await look()).planList,
  },
  {
    words: ['plan', 'show'],
    about: 'Show a plan: what, where, risk, what cannot be undone, how it is carried out, and where it stands.',
    args: [PLAN_OR_FILE],
    flags: ['calls', 'out', 'yes'],
    examples: ['routeros-mcp plan show pln_0123456789abcdef --calls', 'routeros-mcp plan show plan.json'],
    notes: ['Of a file it shows what the file says; no store is opened and no router asked.'],
    load: async () => (await look()).planShow,
  },
  {
    words: ['plan', 'diff'],
    about: 'Read the routers of a plan again: are they still what it was made from? Nothing is changed.',
    args: [PLAN_OR_FILE],
    flags: ['timeout'],
    examples: ['routeros-mcp plan diff plan.json', 'routeros-mcp plan diff pln_0123456789abcdef --json'],
    notes: [
      'Exits with 0 when they are, and with 6 when one is not: with what was planned from, what is there now and what the plan wants.',
    ],
    load: async () => (await look()).planDiff,
  },
  {
    words: ['plan', 'approve'],
    about: 'Approve a plan: this one, as it is, for 15 minutes.',
    args: [PLAN],
    flags: ['yes', 'confirm', 'calls', 'key-file', 'print-token'],
    examples: ['routeros-mcp plan approve pln_0123456789abcdef', 'routeros-mcp plan approve pln_0123456789abcdef --confirm=core-1'],
    notes: [
      'On a terminal the plan is shown and asked about; where policy says so, the name of the router must be typed, or `12 routers` where it is for twelve.',
      'Where policy asks for an approver key, its passphrase is asked for; no flag carries it.',
    ],
    load: async () => (await decide()).planApprove,
  },
  {
    words: ['plan', 'reject'],
    about: 'Reject a plan, with a reason.',
    args: [PLAN],
    flags: ['reason', 'yes'],
    examples: ['routeros-mcp plan reject pln_0123456789abcdef --reason "not before the weekend"'],
    load: async () => (await decide()).planReject,
  },
  ...EXECUTION,
];
