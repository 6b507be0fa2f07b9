import { afterEach, expect, test } from 'vitest';
import { type Operator, openOperator } from '../../../src/lib/operator.ts';
import { openMemoryStore } from '../../../src/lib/store/memory.ts';
import type { Store } from '../../../src/lib/store/store.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts';
import { testClock } from '../clocks.ts';
import { ANN, EDGE, enrol, scratch, setDns, UNGUARDED, writesOf } from '../rig.ts';
import { AFTER } from './yard.ts';

const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';
const USUAL = 40;
const MANY = Number(process.env['ROUTEROS_MCP_TEST_ROUTERS'] ?? (LONG ? 10_000 : USUAL));

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

interface Crowd {
  readonly simulator: Simulator;
  readonly operator: Operator;
  /** How often each verb of the store was asked. */
  readonly asked: Map<string, number>;
}

/** A store that counts. Everything it does is the real one's doing. */
const counting = (store: Store, asked: Map<string, number>): Store =>
  Object.fromEntries(
    Object.entries(store).map(([name, verb]) => [
      name,
      (...given: readonly unknown[]) => {
        asked.set(name, (asked.get(name) ?? 0) + 1);
        return (verb as (...given: readonly unknown[]) => unknown)(...given);
      },
    ]),
  ) as unknown as Store;

async function crowdOf(routers: number): Promise<Crowd> {
  const place = scratch();
  opened.push({ [Symbol.asyncDispose]: async () => place.remove() });
  const simulator = await startSimulator({ routers, specs: [{ recording: EDGE, name: 'edge' }], hosts: '127.x' });
  opened.push(simulator);
  const asked = new Map<string, number>();
  const operator = await openOperator({
    config: place.config(UNGUARDED),
    store: async (clock) => counting(await openMemoryStore({ clock }), asked),
    actor: ANN,
    // No faster than it is: a rollout of thousands has an hour like any other.
    clock: testClock(),
  });
  opened.push(operator);
  const left = [...simulator.routers];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one; one = left.shift()) await enrol(operator, one);
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  return { simulator, operator, asked };
}

/** Plans, approves and rolls out; answers how often whole plans were read meanwhile. */
async function rolledOut({ simulator, operator, asked }: Crowd): Promise<number> {
  const devices = simulator.routers.map(({ name }) => name);
  const { view } = await operator.fleet.planMany({ devices, intents: [setDns(AFTER)], rollout: { waves: [devices.length], parallel: 25 } });
  const planId = view?.plan.id ?? '';
  const { typedName } = view?.approvalNeeds ?? {};
  await operator.approve(planId, typedName ? { typedName } : {});
  asked.clear();
  const { state } = await operator.fleet.apply({ planId });
  expect(state).toBe('completed');
  return ['plan', 'plans', 'targetStates', 'devices'].reduce((sum, verb) => sum + (asked.get(verb) ?? 0), 0);
}

test('a plan is not read again for each of its routers: what a rollout costs grows with them, not with their square', async () => {
  const [few, more] = [await rolledOut(await crowdOf(5)), await rolledOut(await crowdOf(20))];
  expect(more).toBe(few);
});

test(
  `${MANY} routers in one plan`,
  async () => {
    const crowd = await crowdOf(MANY);
    const began = performance.now();
    await rolledOut(crowd);
    if (MANY > USUAL) console.log(`${MANY} routers: ${Math.round((performance.now() - began) / MANY)} ms each`);
    for (const router of crowd.simulator.routers) {
      expect(router.rows('/ip/dns')[0]?.['servers']).toBe(AFTER);
      expect(writesOf(router)).toHaveLength(1);
      expect(router.maxInFlight).toBe(1);
    }
    expect(await crowd.operator.fleet.verifyLedger()).toMatchObject({ ok: true });
  },
  MANY > USUAL ? 6 * 3_600_000 : 120_000,
);
