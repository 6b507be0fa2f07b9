import { type Change, oneLine, type Plan, type PlanView, type Target } from '../../lib/index.ts';
import { alike, someNames } from '../parts/alike.ts';
import { callText } from '../parts/calls.ts';
import { EMPTY, type Line, line, type Span, sentence, span, type Tone } from '../parts/line.ts';
import { environmentSpan, VERBS } from '../parts/words.ts';
import { toWidth, widthOf, wrap } from '../terminal/width.ts';
import { howLines, leftOutLines, sameOnLines } from './plan-how.ts';
import type { Scene } from './view.ts';

const FIELD = 22;
const INDENT = 6;
/** Nothing of a value is left out: a person decides on what is seen here. */
const LONGEST = 65_535;

/** The difference a plan makes, router by router, and what of it cannot be undone. */
export function changeLines({ plan, approvalNeeds, state }: PlanView, scene: Scene): readonly Line[] {
  const because =
    state === 'review'
      ? approvalNeeds.because.flatMap((text) => sentence(asSentence(oneLine(text, 300)), scene.columns, { sign: '!' }))
      : [];
  const leftOut = leftOutLines(scene.state.leftOut[plan.id], scene);
  return [...diffLines(plan, scene), ...howLines(plan, scene), ...leftOut, ...lostLines(plan, scene), ...because];
}

/** The difference on each router; routers on which it reads the same are told together. */
export function diffLines({ targets }: Plan, scene: Scene): readonly Line[] {
  const told = targets.map((target) => ({ target, lines: target.changes.flatMap((change) => oneChange(change, scene)) }));
  return alike(told, ({ target, lines }) => JSON.stringify([target.environment, lines])).flatMap((group) => {
    const [{ target, lines }, ...more] = group;
    return [...sameOnLines([target, ...more.map((one) => one.target)], targetHead(target), scene), ...lines, EMPTY];
  });
}

export const targetHead = (target: Target): Line => [
  span(` ${oneLine(target.deviceName, 64)}`, 'strong'),
  span('  '),
  environmentSpan(target.environment),
  span(`  RouterOS ${oneLine(target.version, 24)}`, 'dim'),
];

function oneChange(change: Change, scene: Scene): readonly Line[] {
  const { sign, word, tone } = VERBS[change.verb];
  const label = oneLine(change.label, 120);
  const head: Line = [
    span(`   ${sign} ${word.padEnd(6)} `, tone),
    span(change.capability, 'strong'),
    span(label === '' || label === change.capability ? '' : `  ${label}`),
  ];
  if (change.verb === 'move') return [head, line(`${' '.repeat(INDENT)}${placeText(change)}`)];
  const place = change.place?.to === undefined ? [] : [line(`${' '.repeat(INDENT)}${placeText(change)}`, 'dim')];
  return [head, ...place, ...fieldNames(change).flatMap((name) => fieldLines(name, change, scene))];
}

const fieldNames = ({ before, after, secret }: Change): readonly string[] => [
  ...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...secret]),
];

function placeText({ place, verb }: Change): string {
  const where = (row: string | null | undefined): string => (row === null ? 'the end' : row === undefined ? 'its place' : `before ${row}`);
  return verb === 'move'
    ? `from ${where(place?.from)} to ${where(place?.to)}`
    : `placed ${place?.to === null ? 'at the end' : where(place?.to)}`;
}

function fieldLines(name: string, change: Change, { columns, glyphs }: Scene): readonly Line[] {
  const before = change.before?.[name];
  const after = change.after?.[name];
  const [sign, tone] = fieldSign(before, after);
  const head: readonly Span[] = [
    span(`${' '.repeat(INDENT)}${sign} `, tone),
    span(toWidth(name, Math.max(FIELD, name.length), glyphs.ellipsis)),
    span(' '),
  ];
  const used = INDENT + 3 + Math.max(FIELD, name.length);
  if (change.secret.includes(name)) return [[...head, span('changed (secret)', tone)]];
  const old = before === undefined ? '' : shown(before);
  const now = after === undefined ? '' : shown(after);
  const one = before === undefined ? now : after === undefined ? old : `${old} ${glyphs.arrow} ${now}`;
  if (widthOf(one) <= columns - used) {
    return before !== undefined && after !== undefined
      ? [[...head, span(old, 'dim'), span(` ${glyphs.arrow} `), span(now, tone)]]
      : [[...head, span(one, tone)]];
  }
  const part = (text: string, mark: string, at: Tone): readonly Line[] =>
    wrap(text, Math.max(12, columns - INDENT - 4)).map(
      (piece, index): Line => [span(`${' '.repeat(INDENT + 2)}${index === 0 ? mark : ' '} `, at), span(piece, at)],
    );
  return [head, ...(before === undefined ? [] : part(old, '-', 'bad')), ...(after === undefined ? [] : part(now, '+', 'good'))];
}

const shown = (value: string): string => oneLine(value, LONGEST) || '(empty)';

function fieldSign(before: string | undefined, after: string | undefined): readonly [string, Tone] {
  if (before === undefined) return ['+', 'good'];
  return after === undefined ? ['-', 'bad'] : ['~', 'warn'];
}

/** What undo will not bring back, and why. */
export function lostLines(plan: Plan, { columns }: Scene): readonly Line[] {
  const lost = plan.targets.flatMap((target) =>
    target.lost.map((one) => {
      const change = target.changes[one.change];
      const what = change ? `${change.verb} ${change.capability}` : `change ${one.change + 1}`;
      return { name: oneLine(target.deviceName, 64), text: `${what}: ${oneLine(one.why, 300)}` };
    }),
  );
  if (lost.length === 0) return [line(' Everything here can be undone.', 'dim'), EMPTY];
  return [
    line(' ! Cannot be undone', 'bad'),
    ...alike(lost, ({ text }) => text).flatMap((group) =>
      sentence(`${someNames(group.map(({ name }) => name))}, ${group[0].text}`, columns, { indent: 3 }),
    ),
    EMPTY,
  ];
}

/** The literal requests, in the order in which they are sent, and those that would undo them. */
export function callLines(plan: Plan, { columns }: Scene): readonly Line[] {
  const numbered = (texts: readonly string[]): readonly Line[] =>
    texts.flatMap((text, index) => sentence(text, columns, { indent: 3, sign: String(index + 1).padStart(2) }));
  const secretOf = (target: Target, change: number): readonly string[] => target.changes[change]?.secret ?? [];
  return [
    ...plan.targets.flatMap((target) => [
      targetHead(target),
      ...numbered(target.steps.map(({ call, change }) => callText(call, secretOf(target, change)))),
      EMPTY,
      line(' undone, backwards, by', 'dim'),
      ...numbered(target.undo.flatMap((calls, change) => calls.map((call) => callText(call, secretOf(target, change)))).reverse()),
      EMPTY,
    ]),
    ...sentence(`hash ${plan.hash}`, columns, { tone: 'dim' }),
  ];
}

/** Reasons come as parts of sentences. */
export const asSentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
