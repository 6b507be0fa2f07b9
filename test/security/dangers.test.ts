import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALLOWANCES, type PlanView } from '../../src/lib/index.ts';
import { type Rig, refusal, startRig } from '../fleet/rig.ts';
import { COMMANDS } from './commands.ts';
import { DANGERS, type Danger, HIDDEN_PROGRAMS, OWN_ADDRESS_MOVED } from './dangers.ts';
import { asArguments, asWords, cli, library, mcp } from './faces.ts';

const device = 'edge-1';
let rig: Rig;
beforeAll(async () => {
  // Everything is allowed on this router: what is refused here is refused anywhere.
  rig = await startRig({ allow: ALLOWANCES, settings: { 'policy.plansPerMinute': 10_000, 'policy.openPlans': 10_000 } });
});
afterAll(() => rig[Symbol.asyncDispose]());

/** Whatever was asked for, nothing but looking reached the router. */
const LOOKS = /^\/console\/inspect$|\/print$/;
const changesSent = () =>
  rig.router
    .requests()
    .filter(({ write, method, path }) => write || (method !== 'GET' && !LOOKS.test(path)))
    .map(({ method, path, body }) => `${method} ${path} ${body}`);

interface Judged {
  readonly refused: string | undefined;
  readonly risk?: unknown;
  readonly needs?: Partial<PlanView['approvalNeeds']>;
}

/** Why this is not safe; undefined when it is refused, or waits for a person at a terminal who types the name. */
function problem({ refused, risk, needs }: Judged): string | undefined {
  if (refused !== undefined) return refused === 'BUG' || refused === 'UNKNOWN' ? `ended with ${refused}` : undefined;
  if (risk !== 'high') return `is of ${String(risk)} risk`;
  return needs?.typedName === device && needs.terminal !== false ? undefined : 'asks for no typed name';
}

async function byLibrary({ intent }: Danger): Promise<Judged> {
  const made = await library(rig.fleet.plan({ device, intents: [intent] }));
  if ('refused' in made) return { refused: made.refused };
  const { plan, approvalNeeds } = made.view ?? {};
  if (plan?.risk === 'high') {
    expect((await refusal(rig.operator.approve(plan.id))).code).toBe('CONFIRMATION_NEEDED');
    expect((await refusal(rig.fleet.apply({ planId: plan.id }))).code).toBe('APPROVAL_MISSING');
  }
  return { refused: undefined, risk: plan?.risk, ...(approvalNeeds && { needs: approvalNeeds }) };
}

async function byTool({ intent }: Danger): Promise<Judged> {
  const { refused, data } = await mcp(rig.fleet, 'plan_change', asArguments(intent, device));
  const { plan_id: planId, risk } = data;
  if (refused !== undefined) return { refused };
  const { approvalNeeds } = await rig.fleet.showPlan(String(planId));
  expect(await mcp(rig.fleet, 'apply_plan', { plan_id: planId })).toMatchObject({ refused: 'APPROVAL_MISSING' });
  return { refused, risk, needs: approvalNeeds };
}

async function byWords({ intent }: Danger): Promise<Judged> {
  const { refused, data } = await cli(rig.operator, asWords(intent, device));
  if (refused !== undefined) return { refused };
  const { planId, risk, approvalNeeds } = data as { planId: string; risk: string; approvalNeeds: PlanView['approvalNeeds'] };
  // A model with a shell has no terminal: a yes on the command line is not enough.
  expect((await cli(rig.operator, ['plan', 'approve', planId, '--yes'])).refused).toBeDefined();
  return { refused, risk, needs: approvalNeeds };
}

test('the corpus has more than two hundred requests, each once', () => {
  const all = [...DANGERS.map(({ what, intent }) => `${intent.verb} ${what}`), ...COMMANDS];
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(200);
});

const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';

// The library takes all; the two faces above it share them, unless there is time.
test.each([
  ['library', byLibrary, () => true],
  ['MCP', byTool, (at: number) => LONG || at % 2 === 0],
  ['command line', byWords, (at: number) => LONG || at % 2 === 1],
] as const)(
  'over the %s every dangerous request is refused, or waits for a person who types the name',
  { timeout: 60_000 },
  async (_face, ask, takes) => {
    const problems: string[] = [];
    let high = 0;
    for (const danger of DANGERS.filter((_, at) => takes(at))) {
      const judged = await ask(danger);
      if (judged.refused === undefined) high += 1;
      const wrong = problem(judged);
      if (wrong !== undefined) problems.push(`${danger.intent.verb} ${danger.what}: ${wrong}`);
    }
    expect(problems).toEqual([]);
    expect(changesSent()).toEqual([]);
    // Both halves are there: not everything is refused for a reason that has nothing to do with danger.
    expect(high).toBeGreaterThan(40);
  },
);

test('no menu or command that is not in the catalog is planned, run or read as a command, over any face', { timeout: 60_000 }, async () => {
  const values = { name: 'x', numbers: '*1' };
  const problems: string[] = [];
  for (const path of COMMANDS) {
    const asked: readonly (readonly [string, string | undefined])[] = [
      ...(await Promise.all(
        (
          [
            { verb: 'add', values },
            { verb: 'set', values, where: { id: '*1' } },
            { verb: 'remove', where: { id: '*1' } },
          ] as const
        ).map(async (intent) => {
          const made = await library(rig.fleet.plan({ device, intents: [{ ...intent, capability: path }] }));
          return [`plan ${intent.verb}`, 'refused' in made ? made.refused : undefined] as const;
        }),
      )),
      ['run', (await refusal(rig.fleet.run({ device, action: path }))).code],
      ['run by its last word', (await refusal(rig.fleet.run({ device, action: path.split('/').at(-1) ?? '' }))).code],
      ['plan_change', (await mcp(rig.fleet, 'plan_change', { device_id: device, capability: path, verb: 'set', values: ['a=b'] })).refused],
      ['plan set', (await cli(rig.operator, ['plan', 'set', path, 'a=b', '--device', device])).refused],
    ];
    for (const [how, code] of asked) if (code === undefined || code === 'BUG') problems.push(`${path} by ${how}: ${code ?? 'not refused'}`);
    // A menu is read, a command is not carried out: whatever the answer is.
    await library(rig.fleet.read({ device, capability: path }));
    await mcp(rig.fleet, 'read_capability', { device_id: device, capability: path });
    await cli(rig.operator, ['get', path, '--device', device]);
  }
  expect(problems).toEqual([]);
  expect(changesSent()).toEqual([]);
});

test('a program in a field of a DHCP client or server, or of VRRP, is of high risk', async () => {
  const problems = await Promise.all(HIDDEN_PROGRAMS.map(async (danger) => problem(await byLibrary(danger))));
  expect(problems.filter((one) => one !== undefined)).toEqual([]);
});

test('the address we come to, moved to another interface of a router that is known by another name, is of high risk', async () => {
  expect(problem(await byLibrary(OWN_ADDRESS_MOVED))).toBeUndefined();
});
