import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../src/lib/core/canonical.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import { acceptPlanFile, PLAN_FILE_LARGEST, planFileSchema, planFileText, readPlanFile } from '../../src/lib/plan/file.ts';
import type { Change, Plan } from '../../src/lib/plan/types.ts';
import { copyOf, fullPlan, type Path, withAt } from './documents.ts';

const plan = fullPlan();
const document = { format: 1, note: '', plan };
const AGAIN = 'Write it again with --out where the plan was made.';
const NO_PLAN_FILE = new InputError('This is no plan file.', { hint: 'routeros-mcp plan set ... --out FILE writes one.' });
const notAsTheyAre = (at: string): InputError =>
  new InputError('The plan file is not as plan files are: it was edited, or another program wrote it.', { hint: AGAIN, details: { at } });
const newer = (format: number): InputError =>
  new InputError(`The plan file has format ${format}, and this program reads up to 1.`, {
    hint: 'Use the version of routeros-mcp that wrote it, or a newer one.',
    details: { format, newest: 1 },
  });
/** What anybody can write who can count. */
function named(changed: unknown): unknown {
  const { hash: _hash, ...body } = changed as Plan;
  return { ...document, plan: { ...body, hash: fingerprint(body) } };
}

describe('the text', () => {
  test('is for people and for Git: a line for each member, in a fixed order, with a note of what it is not', () => {
    const text = planFileText(plan);
    expect(text.startsWith('{\n  "format": 1,\n  "note": "A plan as it was made. It carries no approval and no secret; ')).toBe(true);
    expect(text).toContain('whoever applies it reads the routers again.",\n  "plan": {\n    "author": {\n      "id": "agent:helper",');
    expect(text.endsWith('\n}\n')).toBe(true);
    const backwards = Object.fromEntries(Object.entries(plan).reverse()) as unknown as Plan;
    expect(planFileText(backwards)).toBe(text);
  });

  test('reads back as the plan it was', () => {
    expect(readPlanFile(planFileText(plan))).toEqual(plan);
  });

  test.each<[string, Partial<Change>]>([
    ['names a secret', { secret: ['password'] }],
    ['holds a sealed one', { sealed: { password: { ref: 'r', mac: 'm' } } }],
  ])('is refused to a plan of which one change of several %s, with the place where it can be applied from', (_name, secret) => {
    const targets = plan.targets.map((target, at) => ({
      ...target,
      changes: at === 0 ? target.changes : target.changes.flatMap((change) => [change, { ...change, ...secret }]),
    }));
    expect(() => planFileText({ ...plan, targets })).toThrow(
      new InputError('A plan that sets secrets cannot be written to a file: its secrets do not travel.', {
        hint: `It is stored as ${plan.id}; apply it from there, or plan it where it is to be applied.`,
        details: { planId: plan.id },
      }),
    );
  });
});

describe('what is no plan file', () => {
  test('a text that is too large is not even looked at, and the largest one is', () => {
    expect(() => readPlanFile(' '.repeat(PLAN_FILE_LARGEST + 1))).toThrow(
      new InputError('The plan file is larger than 32 MiB.', { hint: 'Plan fewer routers at a time.' }),
    );
    const noJson = new InputError('The plan file is not JSON, or a part of it is missing.', { hint: AGAIN });
    expect(() => readPlanFile(' '.repeat(PLAN_FILE_LARGEST))).toThrow(noJson);
    expect(() => readPlanFile(planFileText(plan).slice(0, -3))).toThrow(noJson);
  });

  test.each([[null], [undefined], ['{}'], [7], [[]], [{}], [{ format: 1 }], [{ plan }]])('%j', (value) => {
    expect(() => acceptPlanFile(value)).toThrow(NO_PLAN_FILE);
  });

  test.each<[unknown, InputError]>([
    [2, newer(2)],
    [7, newer(7)],
    ['1', NO_PLAN_FILE],
    [null, NO_PLAN_FILE],
    [0, NO_PLAN_FILE],
    [-1, NO_PLAN_FILE],
    [1.5, NO_PLAN_FILE],
    [Number.NaN, NO_PLAN_FILE],
    [1e300, NO_PLAN_FILE],
  ])('format %j, of the file or of the plan in it', (format, refusal) => {
    expect(() => acceptPlanFile({ ...document, format })).toThrow(refusal);
    expect(() => acceptPlanFile({ ...document, plan: { ...plan, format } })).toThrow(refusal);
  });

  test.each([[null], ['a plan'], [7], [[]], [{}]])('a plan that is %j', (inner) => {
    expect(() => acceptPlanFile({ ...document, plan: inner })).toThrow(/not as plan files are/);
  });
});

describe('what was edited', () => {
  test.each<[Path, unknown, string]>([
    [['approval'], { by: 'ann' }, ''],
    [['note'], 7, 'note'],
    [['note'], 'x'.repeat(1_001), 'note'],
    [['plan', 'targets', 1, 'changes', 0, 'row'], 7, 'plan.targets.1.changes.0.row'],
  ])('%j is found, and the place is said', (path, value, at) => {
    expect(() => acceptPlanFile(withAt(document, path, value))).toThrow(notAsTheyAre(at));
  });

  test('the longest note is read', () => {
    expect(acceptPlanFile({ ...document, note: 'x'.repeat(1_000) })).toEqual(plan);
  });

  test('the place is on one line and short, whatever a stranger has called a field', () => {
    const hostile = `\u001b[2J${'\n'.repeat(3)}${'x'.repeat(300)}`;
    const path: Path = ['plan', 'targets', 0, 'changes', 0, 'before', hostile];
    expect(() => acceptPlanFile(withAt(document, path, 'y'))).toThrow(notAsTheyAre(`plan.targets.0.changes.0.before.${'x'.repeat(39)}…`));
  });

  test('a value changed by hand is told from the hash, and one whose hash was made to fit is left to whoever plans it anew', () => {
    const changed = withAt(plan, ['summary'], 'harmless');
    expect(() => acceptPlanFile({ ...document, plan: changed })).toThrow(
      new InputError('The plan file was altered: it does not match its own hash.', { hint: AGAIN }),
    );
    expect(acceptPlanFile(named(changed)).summary).toBe('harmless');
  });
});

test('other programs are told what a plan file is', () => {
  const schema = planFileSchema();
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    required: ['format', 'note', 'plan'],
    additionalProperties: false,
  });
  const said = new Set(JSON.stringify(copyOf(schema)).match(/(?<="description":")[^"]+/g));
  expect([...said].sort()).toEqual([
    'SHA-256 over the canonical JSON of all other members',
    'a plan with secrets has no file',
    'an id of the router, #n for the n-th row the plan creates, or empty for a singleton',
    'fields under their RouterOS names',
    'milliseconds since 1970',
  ]);
});
