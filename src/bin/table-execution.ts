import type { Arg, Command } from './command.ts';

const control = () => import('./commands/plan-control.ts');
const job = () => import('./commands/job.ts');

const PLAN: Arg = { name: 'planId', about: 'The plan, as `plan list` shows it.' };
const PLAN_OR_FILE: Arg = { name: 'plan', about: 'The plan, as `plan list` shows it, or a file that --out wrote.', offer: 'file' };

/** Verbs of a plan that is approved, under way or over. */
export const EXECUTION: readonly Command[] = [
  {
    words: ['plan', 'apply'],
    about: 'Apply an approved plan, check it, and undo it when the check fails.',
    args: [PLAN_OR_FILE],
    flags: ['token-stdin', 'token-fd', 'timeout', 'yes'],
    mindsTimeout: true,
    examples: ['routeros-mcp plan apply pln_0123456789abcdef', 'routeros-mcp plan apply plan.json --timeout 600'],
    notes: [
      'Progress goes to stderr, the result to stdout; the exit code says how it ended.',
      'A file of this store is its plan. One of another store is planned anew on the same boxes and waits for review here: a file carries no approval.',
      'The first Ctrl-C, and the end of --timeout, call it off: the request under way is finished or undone, what is not confirmed is taken back, no more is begun. A second Ctrl-C leaves at once; a router with a guard then goes back by itself, and `plan recover` settles the rest.',
    ],
    load: async () => (await import('./commands/plan-apply.ts')).planApply,
  },
  {
    words: ['plan', 'pause'],
    about: 'Start no more routers of a plan under way, whichever process is at work on it.',
    args: [PLAN],
    flags: [],
    examples: ['routeros-mcp plan pause pln_0123456789abcdef'],
    load: async () => (await control()).planPause,
  },
  {
    words: ['plan', 'resume'],
    about: 'Go on with a paused plan.',
    args: [PLAN],
    flags: [],
    examples: ['routeros-mcp plan resume pln_0123456789abcdef'],
    load: async () => (await control()).planResume,
  },
  {
    words: ['plan', 'cancel'],
    about: 'Call off a plan under way: what is not confirmed is taken back, and no more is begun.',
    args: [PLAN],
    flags: [],
    examples: ['routeros-mcp plan cancel pln_0123456789abcdef'],
    load: async () => (await control()).planCancel,
  },
  {
    words: ['plan', 'recover'],
    about: 'Take up runs whose process died: finish them, or take back what they left in the middle.',
    args: [],
    flags: [],
    examples: ['routeros-mcp plan recover'],
    load: async () => (await control()).planRecover,
  },
  {
    words: ['plan', 'resolve'],
    about: 'Close a plan that is stuck, after you have looked at the router.',
    args: [PLAN],
    flags: ['as', 'reason', 'device', 'yes', 'confirm'],
    examples: ['routeros-mcp plan resolve pln_0123456789abcdef --as pre --reason "put back by hand"'],
    notes: ['pre and post are read back before they are believed. For a prod router its name is typed at a terminal.'],
    load: async () => (await control()).planResolve,
  },
  {
    words: ['plan', 'rollback'],
    about: 'Make a new plan that undoes a completed one; it is approved like any other.',
    args: [PLAN],
    flags: ['yes', 'calls', 'out', 'detailed-exitcode'],
    examples: ['routeros-mcp plan rollback pln_0123456789abcdef'],
    load: async () => (await import('./commands/plan-make.ts')).planRollback,
  },
  {
    words: ['job', 'list'],
    about: 'List executions of plans, newest first.',
    args: [],
    flags: ['open', 'limit'],
    examples: ['routeros-mcp job list --open'],
    load: async () => (await job()).jobList,
  },
  {
    words: ['job', 'show'],
    about: 'Show one execution of a plan: who, since when, and how far it is.',
    args: [{ name: 'jobId', about: 'The job, as `job list` shows it.' }],
    flags: [],
    examples: ['routeros-mcp job show run_0123456789abcdef'],
    load: async () => (await job()).jobShow,
  },
];
