import type { Capability } from '../../../src/lib/capability/define.ts';
import type { WriteCall } from '../../../src/lib/client/types.ts';
import type { GuardWork } from '../../../src/lib/plan/ports.ts';
import type { MemoryRouter } from '../../laws/memory-router.ts';

const MENU = '/system/script';

/** A guard that is nothing but its port: it remembers the router as it was, and brings that back when it runs. */
export interface GuardInHand {
  readonly work: GuardWork;
  /** What stands on the router. */
  stand: 'absent' | 'armed' | 'fired' | 'done';
  /** Brings back what it found when it was armed. */
  run(): void;
  owns(call: WriteCall): boolean;
}

type Rows = readonly Record<string, string>[];

export function guardInHand(tell: (event: string) => void, router: MemoryRouter, capabilities: readonly Capability[]): GuardInHand {
  let kept: readonly (readonly [string, Rows])[] = [];
  const keep = (): void => {
    kept = capabilities.map(({ menu }) => {
      let rows: Rows = [];
      router.meddle(menu, (now) => {
        rows = now.map((row) => ({ ...row }));
        return now;
      });
      return [menu, rows];
    });
  };
  const call = (name: string): WriteCall => ({ verb: 'add', menu: MENU, values: { name } });
  const guard: GuardInHand = {
    stand: 'absent',
    owns: ({ menu }) => menu === MENU,
    run: () => {
      for (const [menu, rows] of kept) router.meddle(menu, () => rows.map((row) => ({ ...row })));
      guard.stand = 'done';
    },
    work: {
      armed: true,
      arm: async (send) => {
        tell('guard arm');
        keep();
        await send(call('arm'));
        guard.stand = 'armed';
        tell('guard armed');
      },
      keep: async () => tell('guard keep'),
      know: async (send, change, id) => {
        tell(`guard know ${change.row} ${id}`);
        await send(call('know'));
      },
      disarm: async (send) => {
        tell('guard disarm');
        if (guard.stand !== 'armed') return 'already-fired';
        await send(call('disarm'));
        guard.stand = 'absent';
        tell('guard disarmed');
        return 'disarmed';
      },
      fire: async (send) => {
        tell('guard fire');
        await send(call('fire'));
        guard.run();
      },
      await: async () => tell('guard await'),
      sweep: async () => {
        tell('guard sweep');
        guard.stand = 'absent';
      },
      state: async () => {
        tell('guard state');
        return guard.stand;
      },
    },
  };
  return guard;
}
