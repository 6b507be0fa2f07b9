import fc from 'fast-check';
import { FAULTS, type Weather } from './execution.ts';

const write = fc.oneof({ arbitrary: fc.constant('none' as const), weight: 12 }, { arbitrary: fc.constantFrom(...FAULTS), weight: 6 });
const never = (some: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof({ arbitrary: fc.constant(-1), weight: 15 }, { arbitrary: some, weight: 1 });

/** All the ways in which a router, a line, a disk or a lease can fail while a plan is applied. */
export const weather: fc.Arbitrary<Weather> = fc.record({
  writes: fc.array(write, { maxLength: 16 }),
  dark: fc.array(
    // Twenty reads are a minute, which is as long as we go on asking.
    fc.record({
      from: fc.nat(24),
      reads: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 60 })),
      as: fc.constantFrom('unreachable', 'fault'),
    }),
    { maxLength: 2 },
  ),
  check: fc.oneof(
    { arbitrary: fc.constant('pass' as const), weight: 4 },
    { arbitrary: fc.constantFrom('fail', 'inconclusive', 'throws'), weight: 1 },
  ),
  leaseEnds: never(fc.nat(8)),
  journalFails: never(fc.nat(20)),
});
