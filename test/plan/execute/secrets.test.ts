import { describe, expect, test } from 'vitest';
import { StoreError } from '../../../src/lib/core/errors.ts';
import { Secret } from '../../../src/lib/core/secret.ts';
import { recoverTarget } from '../../../src/lib/plan/apply.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import type { SecretJudge } from '../../../src/lib/plan/sealed.ts';
import type { Outcome } from '../../../src/lib/plan/types.ts';
import { comment } from '../../laws/run.ts';
import { tunnels } from '../../laws/subjects.ts';
import { apply, type Bench, bench, type Happening, heard, journalWords, lost, refused, type Setup } from './bench.ts';

/** Secrets that are set: most cannot be read back, and none of them can go back. */

const menu = tunnels.menu;
const secret: Intent = { verb: 'set', capability: tunnels.id, where: { id: '*1' }, values: { presharedKey: new Secret('new') } };
const note = comment(tunnels.id, '*2', 'b');
const setting = (intents: readonly Intent[], on: Setup['on'] = {}, more: Partial<Setup> = {}): Bench =>
  bench({ of: [tunnels.id], start: { [menu]: [{ name: 'a', 'preshared-key': 'old' }, { name: 'b' }] }, intents, on, ...more });
const held = ({ router }: Bench): string => (router.read({ verb: 'read', menu })[0]?.['preshared-key'] === 'old' ? 'old' : 'new');
const LOST = /What can be read was put back, and read back as it was before; what the plan calls lost was not\.$/;
const ALL = /Everything was put back, and read back as it was before\.$/;

/** By its digest a secret that can be read is told from the one before. */
const judgeSecret: SecretJudge = (_change, _wire, found) => (found.reveal() === 'old' ? 'before' : 'sent');

test('an acknowledged secret is believed', async () => {
  const it = setting([secret]);
  expect(await apply(it)).toMatchObject({ state: 'completed', checks: [{ after: '1 of 1 as planned' }, { check: 'health' }] });
  expect(held(it)).toBe('new');
});

describe('a secret without an answer', () => {
  test.each(['write 0', 'done 0'])('cannot be told (%s): it counts as there, and as lost', async (event) => {
    const it = setting([secret], { [event]: lost });
    expect(await apply(it)).toMatchObject({
      state: 'rolled-back',
      code: 'ROUTER_REFUSED',
      summary: expect.stringMatching(
        /^Whether the router took a secret cannot be told: its answer was lost, and the secret cannot be read back\. /,
      ),
      hint: 'Try the new secret where it is used; plan it again if it does not work.',
      left: [],
    });
    expect(heard(it, 'write', 'same box', 'rolling back')).toEqual(['write 0', 'same box', 'rolling back']);
  });

  test('is told where secrets can be read', async () => {
    const there = setting([secret], { 'done 0': lost }, { ports: { judgeSecret } });
    expect(await apply(there)).toMatchObject({ state: 'completed' });
    const not = setting([secret], { 'write 0': lost }, { ports: { judgeSecret } });
    expect(await apply(not)).toMatchObject({ state: 'failed', summary: expect.stringContaining('not what was planned') });
  });

  test('beside a field is told by the field', async () => {
    const more: Intent = { ...secret, values: { presharedKey: new Secret('new'), comment: 'c' } } as Intent;
    expect(await apply(setting([more], { 'done 0': lost }))).toMatchObject({ state: 'completed' });
  });
});

describe('when things go back', () => {
  test('a secret stays, which is said, and no request is made of it', async () => {
    const it = setting([secret, note], {}, { health: ['fail'] });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', summary: expect.stringMatching(LOST), left: [], drift: [] });
    expect(it.writes.slice(2)).toMatchObject([{ id: '*2' }]);
    expect(held(it)).toBe('new');
  });

  test('one alone makes an end of its own: rolled back, though nothing could be', async () => {
    const it = setting([secret], {}, { health: ['fail'] });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', summary: expect.stringMatching(LOST) });
    expect(heard(it, 'write', 'same box', 'rolling back')).toEqual(['write 0', 'same box', 'rolling back']);
  });

  test('one that is neither ours nor the old one is somebody else’s, and is told', async () => {
    let other = false;
    const judge: SecretJudge = () => (other ? 'other' : 'sent');
    const it = setting(
      [secret],
      {
        compare: () => {
          other = true;
        },
      },
      { health: ['fail'], ports: { judgeSecret: judge } },
    );
    expect(await apply(it)).toMatchObject({ state: 'stuck', left: [{ row: '*1' }] });
  });

  test('a refused one changed nothing, and nothing of it is lost', async () => {
    const alone = setting([secret], { 'write 0': refused });
    expect(await apply(alone)).toMatchObject({ state: 'failed', routerText: 'failure: not today' });
    const second = setting([note, secret], { 'write 1': refused });
    expect(await apply(second)).toMatchObject({ state: 'rolled-back', summary: expect.stringMatching(ALL) });
    expect(second.writes.slice(2)).toMatchObject([{ id: '*2' }]);
  });

  test('of a plan that loses a secret nothing is lost before that was sent', async () => {
    const it = setting([note, secret], { 'may go on#2': refused });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', summary: expect.stringMatching(ALL) });
  });
});

describe('the process died', () => {
  const dies: Happening = () => {
    throw new StoreError('the process died');
  };
  async function takenOver(intents: readonly Intent[], on: Setup['on'], more: Partial<Setup> = {}): Promise<readonly [Outcome, Bench]> {
    const it = setting(intents, on, more);
    await expect(apply(it)).rejects.toThrow(StoreError);
    const journal = it.journal.splice(0);
    return [await recoverTarget(it.plan, it.target, it.ports, journal, 'executing'), it];
  }

  test('before it had the answer to a secret: it is not known to be there', async () => {
    const [outcome, it] = await takenOver([secret], { 'done 0': dies });
    expect(outcome).toMatchObject({ state: 'rolled-back', summary: expect.stringMatching(LOST) });
    expect(outcome.checks).toMatchObject([{ verdict: 'fail', after: '0 of 1 as planned' }, {}]);
    expect(journalWords(it)[0]).toBe('apply 0 unknown');
  });

  test('after it had it: it is', async () => {
    expect((await takenOver([secret], { 'journal apply 0 verified': dies }))[0]).toMatchObject({ state: 'completed' });
  });

  test('before the answer, where secrets can be read: it is', async () => {
    expect((await takenOver([secret], { 'done 0': dies }, { ports: { judgeSecret } }))[0]).toMatchObject({ state: 'completed' });
  });

  test('after a refusal: nothing of ours is there', async () => {
    const full: Happening = (it) => it.journal.some(({ stage }) => stage === 'err') && dies(it);
    const [outcome] = await takenOver([note, secret], { 'write 1': refused, 'look /test/tunnels#1': full });
    expect(outcome).toMatchObject({ state: 'rolled-back', summary: expect.stringMatching(ALL) });
  });
});
