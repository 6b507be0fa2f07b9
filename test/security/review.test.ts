import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRestWords } from '../../src/lib/client/rest-words.ts';
import type { WriteCall } from '../../src/lib/client/types.ts';
import { canonical } from '../../src/lib/core/canonical.ts';
import type { Plan } from '../../src/lib/index.ts';
import { callText } from '../../src/tui/parts/calls.ts';
import { callLines } from '../../src/tui/screens/plan-changes.ts';
import type { Scene } from '../../src/tui/screens/view.ts';
import { isWriteCall } from '../simulation/calls.ts';
import { wishes } from '../simulation/intents.ts';
import type { Machine } from '../simulation/machines.ts';
import { apply, ready, runWorld } from '../simulation/scenario.ts';
import { forgetKeys, furnishedWorld } from '../simulation/world.ts';
import { cli, mcp } from './faces.ts';

// Loaded before time stands still: a file that is being read is nothing a virtual clock could wake.
beforeAll(async () => void (await import('../../src/bin/commands/plan-look.ts')));
afterAll(forgetKeys);
const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';
const RUNS = LONG ? 1_000 : 60;
const RECORDINGS = ['chr_7.24', 'hap-ac2_7.12.1', 'rb5009_7.20.6'] as const;
/** Where the guard lives: its requests are those of no change. */
const isGuards = ({ verb, menu }: WriteCall): boolean =>
  /^\/system\/(?:script|scheduler)(?:\/|$)/.test(menu) || (verb === 'command' && menu === '/');

interface Reviewed {
  readonly plan: Plan;
  readonly state: string;
  /** The calls of the plan as each face shows them, as values. */
  readonly onCommandLine: readonly WriteCall[];
  readonly overMcp: readonly WriteCall[];
  readonly onScreen: readonly string[];
  /** The calls as they left, and what the router was asked, in the words of REST. */
  readonly sent: readonly WriteCall[];
  readonly arrived: readonly string[];
}

/** What a router was asked that changes it: method, path and body. */
function listen(machine: Machine): readonly string[] {
  const heard: string[] = [];
  const carryOut = machine.carryOut;
  const listening: Machine['carryOut'] = (request) => {
    heard.push(`${request.method} ${request.url} ${request.body ?? ''}`);
    return carryOut(request);
  };
  Object.assign(machine, { carryOut: listening });
  return heard;
}

const inWords = (call: WriteCall): string => {
  const { method, path, body } = inRestWords(call);
  return `${method} ${path} ${body ? JSON.stringify(body) : ''}`;
};

/** A screen so wide that nothing is wrapped. */
const WIDE = { columns: 100_000, glyphs: { arrow: '->', ellipsis: '...' } } as unknown as Scene;
const shownOnScreen = (plan: Plan): readonly string[] =>
  callLines(plan, WIDE)
    .map((line) => line.map(({ text }) => text).join(''))
    .flatMap((text) => /^\s+\d+\s+(\/.*)$/.exec(text)?.[1]?.trimEnd() ?? []);

/** A random plan, looked at in every face, and then applied. */
async function reviewed(seed: number): Promise<Reviewed | undefined> {
  const world = await furnishedWorld(`review ${seed}`, [RECORDINGS[seed % RECORDINGS.length] ?? RECORDINGS[0]]);
  const [machine] = world.machines;
  if (!machine) throw new Error('there is no router');
  let end: Reviewed | undefined;
  await runWorld(world, async () => {
    const living = await world.start('C1');
    const planId = await ready(world, living, machine, wishes(world.rng, machine, 'w'));
    if (planId === undefined) return;
    const { plan } = await living.fleet.showPlan(planId);
    const json = await cli(living.operator, ['plan', 'show', planId, '--calls', '--json']);
    const tool = await mcp(living.fleet, 'get_plan', { plan_id: planId, show: 'calls' });
    const calls = (json.data['calls'] as { readonly phase: string; readonly call: WriteCall }[]).filter(({ phase }) => phase === 'apply');
    const rows = tool.data['calls'] as (WriteCall & { readonly step: number; readonly device: string })[];
    const from = world.trace.events.length;
    const heard = listen(machine);
    await apply(world, living, planId);
    const events = world.trace.events.slice(from).flatMap((event) => (event.kind === 'sent' ? [event.call] : []));
    end = {
      plan,
      state: (await living.fleet.showPlan(planId)).state,
      onCommandLine: calls.map(({ call }) => call),
      overMcp: rows.map(({ step: _step, device: _device, ...call }) => call as WriteCall),
      onScreen: shownOnScreen(plan),
      sent: events.filter(isWriteCall).filter((call) => !isGuards(call)),
      arrived: heard,
    };
  });
  return end;
}

/** Everything that a call consists of, as it must stand in a line of the screen; worked out without the code that draws it. */
function partsOf(call: WriteCall): readonly string[] {
  const { verb, menu, ...rest } = call;
  const parts = [`${menu} ${verb === 'command' ? '' : verb}`];
  for (const [name, value] of Object.entries(rest)) {
    if (typeof value === 'string') parts.push(value);
    else if (typeof value === 'object')
      for (const [field, text] of Object.entries(value)) parts.push(field.startsWith('!') ? field : `${field}=`, String(text));
    else throw new Error(`what is ${name}?`);
  }
  return parts;
}

/** The router's own ids in the place of `#0`, `#1`: the only thing that is not known when a plan is shown. */
const nameless = (call: WriteCall): string => canonical(call).replaceAll(/"(?:#\d+|\*[0-9A-F]+)"/g, '"row"');

test(`the calls a person sees in every face are those that are sent: ${RUNS} random plans`, { timeout: 600_000 }, async () => {
  let compared = 0;
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const one = await reviewed(seed);
    if (one?.state !== 'completed') continue;
    const planned = one.plan.targets.flatMap(({ steps }) => steps.map(({ call }) => call));
    expect(one.onCommandLine, `seed ${seed}`).toEqual(planned);
    expect(one.overMcp, `seed ${seed}`).toEqual(planned);
    for (const [at, call] of planned.entries())
      for (const part of partsOf(call)) expect(one.onScreen[at], `seed ${seed}, call ${at}`).toContain(part);
    // Ids of rows that the plan makes are filled in; all others stay to the letter.
    expect(one.sent.map(nameless), `seed ${seed}`).toEqual(planned.map(nameless));
    for (const [at, call] of one.sent.entries()) {
      const was = planned[at];
      if (was && !/"#\d+"/.test(canonical(was))) expect(call).toEqual(was);
      expect(one.arrived).toContain(inWords(call));
    }
    compared += planned.length;
  }
  expect(compared).toBeGreaterThan(RUNS);
});

const call = (comment: string): WriteCall => ({ verb: 'set', menu: '/ip/firewall/filter', id: '*1', values: { comment } });

test('two calls that differ in what can be seen have two texts on the screen', () => {
  const word = fc.string({ unit: fc.constantFrom(...'ab=" \\#*,;[]$'), maxLength: 12 });
  const tidy = word.map((text) => text.replaceAll(/ +/g, ' ').trim());
  fc.assert(
    fc.property(tidy, tidy, (a, b) => (a === b) === (callText(call(a)) === callText(call(b)))),
    { numRuns: 2_000 },
  );
});

test.each([
  ['two blanks and one', 'a  b', 'a b'],
  ['a blank at the end', 'a ', 'a'],
  ['a line end and a blank', 'a\nb', 'a b'],
  ['a tab and a blank', 'a\tb', 'a b'],
  ['a letter and one with nothing behind it', 'a\u200Bb', 'ab'],
  ['a line end and its name', 'a\nb', 'a\\nb'],
  ['a colour and none', '\u001B[31mab', 'ab'],
])('%s are two different texts, also on the screen', (_name, a, b) => {
  expect(callText(call(a))).not.toBe(callText(call(b)));
});
