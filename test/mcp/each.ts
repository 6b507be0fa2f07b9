import { afterEach } from 'vitest';
import type { SimulatedRouter } from '../../src/simulator/index.ts';
import { startWorld, type World, type WorldOptions } from './world.ts';

/** What most tests of writes need: a person has allowed all of it on every router. */
export const ALLOWED: WorldOptions = { allow: ['advanced-writes', 'professional-workflows', 'firewall-writes'] };

/** A world of its own for each test of a file, open from the moment a test asks for it. */
export function worldOfEach(defaults: WorldOptions = {}) {
  let opened: World | undefined;
  afterEach(async () => {
    await opened?.[Symbol.asyncDispose]();
    opened = undefined;
  });
  const world = (): World => {
    if (!opened) throw new Error('the test has not opened its world');
    return opened;
  };
  return {
    world,
    open: async (options: WorldOptions = {}): Promise<void> => {
      opened = await startWorld({ ...defaults, ...options });
    },
    /** The first router. */
    edge: (): SimulatedRouter => {
      const [router] = world().routers;
      if (!router) throw new Error('no router');
      return router;
    },
  };
}
