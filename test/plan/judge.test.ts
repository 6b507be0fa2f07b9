import { describe, expect, test } from 'vitest';
import { type Capability, defineCapability } from '../../src/lib/capability/define.ts';
import { text } from '../../src/lib/capability/kinds.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { type Menu, menuOf } from '../../src/lib/plan/menu.ts';
import { judge, riskOf, worse } from '../../src/lib/plan/plan.ts';
import { draftChanges } from '../../src/lib/plan/planner.ts';
import type { Risk } from '../../src/lib/plan/types.ts';
import { filter, menusWith, rule, VERSION } from './helpers.ts';

const CONTEXT = { environment: 'lab', ownHost: '192.0.2.1' } as const;

/** A menu of its own making, judged as the test says. */
const subject = (judges: Partial<Capability>): Capability => ({
  ...defineCapability({
    id: 'subject',
    title: 'Subject',
    about: 'What is judged.',
    menu: '/subject',
    shape: 'list',
    topic: 'ip',
    key: ['name'],
    unset: 'bang',
    fields: {
      name: text({ about: 'Name.', required: true }),
      comment: text({ about: 'Note.' }),
      script: text({ about: 'Run.' }),
      leaseScript: text({ about: 'Run.' }),
      onUp: text({ about: 'Run.' }),
      scripted: text({ about: 'No program.' }),
      button: text({ about: 'No program.' }),
      manuscript: text({ about: 'No program.' }),
      turnOn: text({ about: 'No program.', wire: 'turn-on-it' }),
      onTime: text({ about: 'No program.', wire: 'on-air-2' }),
    },
    risk: () => 'low',
  }),
  ...judges,
});
const ROW: Row = { '.id': '*1', name: 'a', script: 'old' };

function judged(judges: Partial<Capability>, intents: readonly Intent[], undoes?: boolean, more: object = {}) {
  const menus: ReadonlyMap<string, Menu> = new Map([['subject', menuOf(subject(judges), VERSION, [ROW])]]);
  return judge(menus, draftChanges(menus, intents), { ...CONTEXT, ...more }, undoes);
}
const set = (values: Readonly<Record<string, unknown>>): Intent => ({ verb: 'set', capability: 'subject', where: { id: '*1' }, values });
const note = set({ comment: 'x' });
const drop: Intent = { verb: 'remove', capability: 'subject', where: { id: '*1' } };

test('the graver of two risks, whichever comes first', () => {
  const all: readonly Risk[] = ['low', 'medium', 'high'];
  expect(all.map((a) => all.map((b) => worse(a, b)))).toEqual([
    ['low', 'medium', 'high'],
    ['medium', 'medium', 'high'],
    ['high', 'high', 'high'],
  ]);
});

describe('a program for the router to run', () => {
  test.each(['script', 'leaseScript', 'onUp'])('in %s is of high risk, whatever its capability says, and is named', (field) => {
    const wire = field === 'leaseScript' ? 'lease-script' : field === 'onUp' ? 'on-up' : field;
    expect(judged({}, [set({ [field]: ':log info x' })])).toMatchObject({
      risk: 'high',
      reasons: [`set subject gives the router a program to run (${wire})`, 'set subject is high risk'],
    });
  });

  test('counts when a row comes with it', () => {
    const add: Intent = { verb: 'add', capability: 'subject', values: { name: 'b', comment: 'x', onUp: 'y' } };
    expect(judged({}, [add]).reasons).toContain('add subject gives the router a program to run (on-up)');
  });

  test('is none when it is taken away or left as it is, and a field of another name holds none', () => {
    for (const values of [{ script: '' }, { scripted: 'x' }, { button: 'x' }, { manuscript: 'x' }, { turnOn: 'x' }, { onTime: 'x' }])
      expect(judged({}, [set(values)]), JSON.stringify(values)).toEqual({ risk: 'low', reasons: [], asks: [] });
    expect(judged({}, [drop]).risk).toBe('low');
  });
});

describe('what a capability refuses', () => {
  const refuse = () => 'it is not done';

  test('keeps the plan from being made, and says whose word it is', () => {
    const refused = (): unknown => judged({ refuse }, [note]);
    expect(refused).toThrow(InputError);
    expect(refused).toThrow('set subject was refused: it is not done.');
    expect(refused).toThrow(expect.objectContaining({ details: { capability: 'subject' } }));
  });

  test('is said, and of medium risk at least, where the plan brings back what was there', () => {
    expect(judged({ refuse }, [note], true)).toEqual({
      risk: 'medium',
      reasons: ['set subject brings back what a new plan may not ask for: it is not done', 'set subject is medium risk'],
      asks: [],
    });
    expect(judged({ refuse, risk: () => 'high' }, [note], true).risk).toBe('high');
    expect(judged({}, [note], true)).toEqual({ risk: 'low', reasons: [], asks: [] });
  });

  test('is judged by the rows that are there, the row before and the row after', () => {
    const seen: unknown[] = [];
    judged(
      {
        refuse: (change, context) => {
          seen.push([change.before?.['name'], change.after?.['comment'], context.rows.map((row) => row['name']), context.ownHost]);
          return undefined;
        },
      },
      [note, { verb: 'add', capability: 'subject', values: { name: 'b', comment: 'y' } }, set({ comment: 'z' })],
    );
    expect(seen).toEqual([
      ['a', 'x', ['a'], '192.0.2.1'],
      [undefined, 'y', ['a'], '192.0.2.1'],
      ['a', 'z', ['a', 'b'], '192.0.2.1'],
    ]);
  });
});

describe('what a person must accept by its name', () => {
  const consent = () => ({ to: 'dfs', why: 'the radio is silent for a minute' }) as const;

  test('is refused where it is not accepted, or something else is', () => {
    for (const more of [{}, { accepts: [] }, { accepts: ['upgrade'] }])
      expect(() => judged({ consent }, [note], false, more)).toThrow('set subject was refused: the radio is silent for a minute.');
  });

  test('is of high risk where it is, and where it brings back what was there; and the plan says the sentence', () => {
    const taken = { risk: 'high', reasons: ['set subject: the radio is silent for a minute', 'set subject is high risk'], asks: [] };
    expect(judged({ consent }, [note], false, { accepts: ['upgrade', 'dfs'] })).toEqual(taken);
    expect(judged({ consent }, [note], true)).toEqual(taken);
  });

  test('does not lift a refusal', () => {
    const refuse = () => 'it is not done';
    expect(() => judged({ consent, refuse }, [note], false, { accepts: ['dfs'] })).toThrow('it is not done');
  });

  test('is not asked for where nothing calls for it', () => {
    expect(judged({ consent: () => undefined }, [note], false, { accepts: ['dfs'] })).toEqual({ risk: 'low', reasons: [], asks: [] });
  });
});

test('a capability that does not state its risk is of high risk', () => {
  const { risk: _risk, ...silent } = subject({});
  const menus = new Map([['subject', menuOf(silent, VERSION, [ROW])]]);
  expect(judge(menus, draftChanges(menus, [note]), CONTEXT)).toMatchObject({ risk: 'high', reasons: ['set subject is high risk'] });
});

test('the same said of two changes is said once, and a low risk is not said', () => {
  const two = [note, { verb: 'add', capability: 'subject', values: { name: 'b', comment: 'x' } } as const, set({ comment: 'z' })];
  expect(judged({ risk: ({ verb }) => (verb === 'set' ? 'medium' : 'low'), fence: 'wireless-writes' }, two)).toEqual({
    risk: 'medium',
    reasons: ['set subject is medium risk'],
    asks: ['wireless-writes'],
  });
});

test('a grave change stays grave when a harmless one follows', () => {
  expect(
    judged({ risk: ({ verb }) => (verb === 'remove' ? 'high' : 'low') }, [drop, { ...note, verb: 'add', values: { name: 'c' } } as Intent]),
  ).toMatchObject({
    risk: 'high',
  });
});

test('a change of a menu that was not read is judged by nobody, and those beside it are', () => {
  const menus = menusWith({ 'firewall-filter': [rule('a')] });
  const changes = draftChanges(menus, [{ verb: 'remove', capability: filter.id, where: { id: '*1' } }]);
  const change = changes.changes[0] ?? expect.fail('no change');
  const stray = { ...change, capability: 'nowhere' };
  expect(judge(menus, { ...changes, changes: [stray, change] }, CONTEXT)).toEqual(judge(menus, changes, CONTEXT));
});

describe('several routers', () => {
  const one = (risk: Risk, ...reasons: string[]) => ({ risk, reasons, asks: [] });

  test('one is judged as it is', () => {
    for (const risk of ['low', 'medium', 'high'] as const) expect(riskOf([one(risk, 'a')])).toEqual({ risk, reasons: ['a'] });
    expect(riskOf([])).toEqual({ risk: 'low', reasons: [] });
  });

  test('many are of medium risk at least, and every reason is said once', () => {
    expect(riskOf([one('low', 'a'), one('low', 'a', 'b')])).toEqual({ risk: 'medium', reasons: ['it changes 2 routers', 'a', 'b'] });
    expect(riskOf([one('high'), one('low'), one('medium')])).toMatchObject({ risk: 'high', reasons: ['it changes 3 routers'] });
  });
});

describe('a change from which there is no way back', () => {
  const rows = { 'package-update': [{ channel: 'stable', 'installed-version': '7.20.6', 'latest-version': '7.21.2' }], dns: [{}] };
  const upgrade: Intent = { verb: 'set', capability: 'package-update', values: { installedVersion: '7.21.2' } };
  const beside: Intent = { verb: 'set', capability: 'dns', values: { servers: '9.9.9.9' } };
  const judgedOf = (intents: readonly Intent[], undoes = false) => {
    const menus = menusWith(rows);
    return judge(menus, draftChanges(menus, intents), { ...CONTEXT, accepts: ['upgrade'] }, undoes);
  };

  test('stands alone in its plan, since nothing beside it could be undone either', () => {
    expect(judgedOf([upgrade]).risk).toBe('high');
    for (const intents of [
      [upgrade, beside],
      [beside, upgrade],
    ])
      expect(() => judgedOf(intents)).toThrow('A change of package-update to which there is no way back stands alone in its plan.');
  });

  test('is never the way back of another', () => {
    expect(() => judgedOf([upgrade], true)).toThrow(/^What this plan did to package-update has no way back: /);
  });
});
