import type { Arg, Command } from './command.ts';
import type { FlagName } from './flags.ts';
import { CAPABILITY, VALUES } from './table-args.ts';

const make = () => import('./commands/plan-make.ts');
const look = () => import('./commands/plan-look.ts');
const decide = () => import('./commands/plan-decide.ts');
const execute = () => import('./commands/plan-apply.ts');

const PLAN: Arg = { name: 'planId', about: 'The plan, as `plan list` shows it.' };

/** What every command that makes a plan takes. */
const MAKES: readonly FlagName[] = ['device', 'summary', 'detailed-exitcode', 'calls'];
const ROW: readonly FlagName[] = ['where', 'id'];
const PLACE: readonly FlagName[] = ['before', 'before-id'];

/** `plan ...`, as data. */
export const PLANS: readonly Command[] = [
  {
    words: ['plan', 'set'],
    about: 'Plan to set fields; nothing is written before the plan is approved and applied.',
    args: [CAPABILITY, { ...VALUES, optional: true }],
    flags: [...MAKES, ...ROW, 'unset'],
    examples: [
      'routeros-mcp plan set dns --device edge-1 servers=1.1.1.1,8.8.8.8',
      "routeros-mcp plan set firewall-filter --device edge-1 --id '*3' disabled=yes",
      'routeros-mcp plan set interface --device edge-1 --where name=ether2 comment="uplink to core"',
    ],
    load: async () => (await make()).planSet,
  },
  {
    words: ['plan', 'add'],
    about: 'Plan to add a row.',
    args: [CAPABILITY, VALUES],
    flags: [...MAKES, ...PLACE],
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
    examples: ['routeros-mcp plan remove firewall-address-list --device edge-1 --where list=mcp-blocked --where address=198.51.100.7'],
    load: async () => (await make()).planRemove,
  },
  {
    words: ['plan', 'move'],
    about: 'Plan to move a row of an ordered menu; to the end without --before.',
    args: [CAPABILITY],
    flags: [...MAKES, ...ROW, ...PLACE],
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
    examples: ['routeros-mcp plan recipe dns-ntp-rollout --device edge-1 dns-servers=1.1.1.1,8.8.8.8 ntp-servers=ntp.example.net'],
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
    about: 'Show a plan: what, where, risk, what cannot be undone, and where it stands.',
    args: [PLAN],
    flags: ['calls', 'yes'],
    examples: ['routeros-mcp plan show pln_0123456789abcdef --calls'],
    load: async () => (await look()).planShow,
  },
  {
    words: ['plan', 'approve'],
    about: 'Approve a plan: this one, as it is, for 15 minutes.',
    args: [PLAN],
    flags: ['yes', 'confirm', 'calls', 'print-token'],
    examples: ['routeros-mcp plan approve pln_0123456789abcdef', 'routeros-mcp plan approve pln_0123456789abcdef --confirm=core-1'],
    notes: ['On a terminal the plan is shown and asked about; where policy says so, the name of the router must be typed.'],
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
  {
    words: ['plan', 'apply'],
    about: 'Apply an approved plan, check it, and undo it when the check fails.',
    args: [PLAN],
    flags: ['token-stdin', 'token-fd', 'yes'],
    examples: ['routeros-mcp plan apply pln_0123456789abcdef'],
    notes: ['Progress goes to stderr, the result to stdout; the exit code says how it ended.'],
    load: async () => (await execute()).planApply,
  },
  {
    words: ['plan', 'rollback'],
    about: 'Make a new plan that undoes a completed one; it is approved like any other.',
    args: [PLAN],
    flags: ['yes', 'calls', 'detailed-exitcode'],
    examples: ['routeros-mcp plan rollback pln_0123456789abcdef'],
    load: async () => (await execute()).planRollback,
  },
];
