import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { BugError, InputError } from '../../src/lib/core/errors.ts';
import { refOfMark } from '../../src/lib/core/sealed-mark.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { judgeSecrets, sealerFor } from '../../src/lib/fleet/plan-secrets.ts';
import { classify } from '../../src/lib/plan/classify.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { compile, inverse } from '../../src/lib/plan/inverse.ts';
import { judge, sealPlan, targetOf } from '../../src/lib/plan/plan.ts';
import { draftChanges } from '../../src/lib/plan/planner.ts';
import type { Change } from '../../src/lib/plan/types.ts';
import { openVault } from '../../src/lib/vault/vault.ts';
import { device } from '../laws/world.ts';
import { menusWith, type Rows, VERSION } from './helpers.ts';

const NEW = 'n3w-s3cret';
const OLD = 'old-s3cret';
const ID = 'test-tunnels';
const vault = openVault({ key: randomBytes(32) });
const plan = { id: 'pln_0000000000000000' };

function planned(rows: Rows, ...intents: readonly Intent[]) {
  const menus = menusWith(rows);
  const sealer = sealerFor({ vault }, plan.id, device(VERSION).id);
  const draft = draftChanges(menus, intents, sealer.seal);
  const target = targetOf(device(VERSION), menus, draft);
  const judgement = judge(menus, draft, { environment: 'lab', ownHost: '192.0.2.1' });
  return { draft, target, judgement, writes: sealer.writes(draft.changes), judgeSecret: judgeSecrets({ vault }, plan, target) };
}

const set = (values: Record<string, unknown>): Intent => ({ verb: 'set', capability: ID, where: { id: '*1' }, values });
const add = (values: Record<string, unknown>): Intent => ({ verb: 'add', capability: ID, values });
const secret = () => new Secret(NEW);
const only = ({ draft }: ReturnType<typeof planned>): Change => {
  const [change] = draft.changes;
  if (!change || draft.changes.length > 1) throw new Error('not one change');
  return change;
};

describe('a secret that is set', () => {
  const it = planned({ [ID]: [{ name: 'a', comment: 'x' }] }, set({ presharedKey: secret() }));

  test('is a change, named and sealed, with its value in none of its parts', () => {
    expect(only(it)).toMatchObject({ verb: 'set', before: {}, after: {}, secret: ['preshared-key'] });
    expect(Object.keys(only(it).sealed ?? {})).toEqual(['preshared-key']);
    const shown = JSON.stringify([it.draft, it.target, it.judgement, it.writes]);
    expect(shown).not.toContain(NEW);
    expect(it.writes).toHaveLength(1);
  });

  test('is lost, and of medium risk where the rest is of low', () => {
    expect(it.draft.lost).toEqual([{ change: 0, why: 'preshared-key is secret and would not be restored' }]);
    expect(it.judgement).toMatchObject({ risk: 'medium', reasons: expect.arrayContaining(['set test-tunnels sets a secret']) });
  });

  test('stands in the request as a mark, and there is no request that would undo it', () => {
    const [step] = it.target.steps;
    const sealed = only(it).sealed?.['preshared-key'];
    expect(step?.call).toMatchObject({ verb: 'set', id: '*1' });
    expect(refOfMark(String(step?.call.verb === 'set' && step.call.values['preshared-key']))).toBe(sealed?.ref);
    expect(it.target.undo).toEqual([[]]);
  });

  test('is a change again when it is asked for again', () => {
    expect(planned({ [ID]: [{ name: 'a', 'preshared-key': NEW }] }, set({ presharedKey: secret() })).draft.changes).toHaveLength(1);
    expect(
      planned({ [ID]: [{ name: 'a' }] }, set({ comment: 'y', presharedKey: secret() }), set({ comment: '' })).draft.changes,
    ).toHaveLength(2);
  });

  test('survives canonical JSON and leaves the plan its name', () => {
    const parts = { ...plan, author: { id: 'a', origin: 'cli' }, summary: '', risk: 'medium' as const, reasons: [], createdAt: 0 };
    const whole = sealPlan({ ...parts, targets: [it.target] });
    expect(sealPlan({ ...parts, targets: JSON.parse(JSON.stringify(whole.targets)) }).hash).toBe(whole.hash);
  });
});

describe('a row that is added with a secret', () => {
  const it = planned({ [ID]: [] }, add({ name: 'a', presharedKey: secret() }));

  test('has it in the request as a mark, and goes with it when it is undone: nothing is lost', () => {
    expect(it.draft.lost).toEqual([]);
    expect(it.judgement.risk).toBe('medium');
    expect(it.target.undo).toEqual([[{ verb: 'remove', menu: '/test/tunnels', id: '#0' }]]);
    expect(inverse(only(it))).toMatchObject({ verb: 'remove', secret: [] });
    expect(inverse(only(it)).sealed).toBeUndefined();
  });

  test('is refused where its like is there: the secret cannot be compared', () => {
    expect(() => planned({ [ID]: [{ name: 'a' }] }, add({ name: 'a', presharedKey: secret() }))).toThrow(/already has a row/);
    expect(planned({ [ID]: [{ name: 'a' }] }, add({ name: 'a' })).draft.changes).toEqual([]);
  });

  test('and set again in the same plan loses nothing, and removed again says what goes', () => {
    const twice = planned({ [ID]: [] }, add({ name: 'a' }), { ...set({ presharedKey: secret() }), where: { id: '#0' } } as Intent);
    expect(twice.draft.lost).toEqual([]);
    const gone = planned({ [ID]: [{ name: 'a' }] }, set({ presharedKey: secret() }), {
      verb: 'remove',
      capability: ID,
      where: { id: '*1' },
    });
    expect(gone.draft.lost.map(({ why }) => why)).toContain('preshared-key is secret and would not be restored');
  });
});

describe('a secret is refused', () => {
  const refused = (value: unknown): InputError => {
    try {
      planned({ [ID]: [{ name: 'a' }] }, set({ presharedKey: value }));
    } catch (thrown) {
      if (thrown instanceof InputError) return thrown;
      throw thrown;
    }
    throw new Error('it was not refused');
  };

  test('as plain text, as something else, and as what a router shows in its place; without a word of it', () => {
    for (const value of [NEW, 12, null, ['x'], { reveal: () => NEW }, new Secret('*****'), new Secret('(secret)'), new Secret('')]) {
      const error = refused(value);
      expect(JSON.stringify(error)).not.toContain(NEW);
      expect(error.code).toBe('INVALID_INPUT');
    }
  });

  test('with characters that hide or move, or too long', () => {
    for (const value of ['a\rb', 'a\u001b[2Jb', 'a\u200bb', 'a\u001asealed:x', 'x'.repeat(256), 'a\ud800'])
      expect(refused(new Secret(value)).message).not.toContain(value);
  });

  test('where nobody can keep it', () => {
    expect(() => draftChanges(menusWith({ [ID]: [{ name: 'a' }] }), [set({ presharedKey: secret() })])).toThrow(BugError);
  });
});

describe('read back', () => {
  const before = { name: 'a', comment: 'x', 'preshared-key': OLD };
  const standing = (values: Record<string, unknown>, now: Record<string, string>, judged = true) => {
    const it = planned({ [ID]: [before] }, set(values));
    const menu = menusWith({ [ID]: [now] }).get(ID);
    if (!menu) throw new Error('no menu');
    return classify(only(it), menu, new Map(), new Set(['*1']), judged ? it.judgeSecret : undefined);
  };

  test('a secret alone: by its digest where it can be read, and said to be unseen where it cannot', () => {
    const alone = { presharedKey: secret() };
    expect(standing(alone, { ...before, 'preshared-key': NEW })).toEqual({ standing: 'post' });
    expect(standing(alone, before)).toEqual({ standing: 'pre' });
    expect(standing(alone, { ...before, 'preshared-key': 'somebody-else' })).toEqual({ standing: 'foreign' });
    for (const shown of ['*****', ''])
      expect(standing(alone, { ...before, 'preshared-key': shown })).toEqual({ standing: 'post', unseen: true });
    expect(standing(alone, before, false)).toEqual({ standing: 'post', unseen: true });
  });

  test('with other fields: these tell what they can, and a readable secret must be ours', () => {
    const both = { comment: 'y', presharedKey: secret() };
    const now = (comment: string, key: string) => standing(both, { ...before, comment, 'preshared-key': key }).standing;
    expect(now('y', NEW)).toBe('post');
    expect(now('y', '*****')).toBe('post');
    expect(now('y', 'somebody-else')).toBe('foreign');
    expect(now('y', OLD)).toBe('partly');
    expect(now('x', OLD)).toBe('pre');
    // Undone as far as it can be: the plan said that the secret is lost.
    expect(now('x', NEW)).toBe('pre');
  });

  test('an added row that has another secret is not ours', () => {
    const it = planned({ [ID]: [] }, add({ name: 'a', presharedKey: secret() }));
    const seen = (key: string) => {
      const menu = menusWith({ [ID]: [{ name: 'a', 'preshared-key': key }] }).get(ID);
      return menu && classify(only(it), menu, new Map(), new Set(), it.judgeSecret).standing;
    };
    expect([NEW, '*****', 'somebody-else'].map(seen)).toEqual(['post', 'post', 'pre']);
  });
});

test('an empty set sends nothing', () => {
  const change: Change = { capability: 'x', menu: '/x', verb: 'set', row: '*1', label: '', before: {}, after: {}, secret: [] };
  for (const shape of ['list', 'singleton'] as const) expect(compile({ shape }, change)).toEqual([]);
});
