import { describe, expect, test } from 'vitest';
import type { Guard } from '../../src/lib/plan/types.ts';
import { guardsText, guardText, reachText } from '../../src/lib/plan/words.ts';

const armed = (warnings: readonly string[] = []): Guard => ({
  kind: 'armed',
  token: '0123456789',
  triggers: ['job', 'startup'],
  seconds: 300,
  warnings,
});
const NONE: Guard = { kind: 'none', why: 'scheduler is missing' };
const on = (deviceName: string, guard: Guard) => ({ deviceName, guard });

describe('undo on the router, as whoever approves reads it', () => {
  test.each<[string, Guard]>([
    ['none on the router: scheduler is missing', NONE],
    ['the router returns by itself after 300 s (job, startup)', armed()],
    ['the router returns by itself after 300 s (job, startup); not reboot-safe; slow', armed(['not reboot-safe', 'slow'])],
  ])('%s', (text, guard) => {
    expect(guardText(guard)).toBe(text);
  });

  test('of several routers: once where it is alike, by router where one differs', () => {
    expect(guardsText([on('a', NONE), on('b', NONE)])).toBe(guardText(NONE));
    expect(guardsText([on('a', armed()), on('b', armed()), on('c', NONE)])).toBe(
      `a: ${guardText(armed())} | b: ${guardText(armed())} | c: ${guardText(NONE)}`,
    );
    expect(guardsText([])).toBe('');
  });
});

test.each([
  ['yes', 'rest: stays reachable: the rule is far from it'],
  ['no', 'rest: WILL BE CUT OFF: the rule is far from it'],
  ['unknown', 'rest: cannot tell: the rule is far from it'],
] as const)('our way, which is foreseen to hold: %s', (verdict, text) => {
  expect(reachText({ transport: 'rest', verdict, why: 'the rule is far from it' })).toBe(text);
});
