import { type JournalRecord, oneLine, type PlanView, type Target, type TargetState } from '../../lib/index.ts';
import { someNames } from '../parts/alike.ts';
import { plural } from '../parts/format.ts';
import { guardSpan } from '../parts/guard-words.ts';
import { EMPTY, type Line, type Span, sentence, span } from '../parts/line.ts';
import { stateSpan } from '../parts/words.ts';
import { guardOf } from '../state/guards.ts';
import { progressOf } from '../state/progress.ts';
import { stopOf, type WaveProgress, wavesOf } from '../state/waves.ts';
import { toWidth } from '../terminal/width.ts';
import { stopText } from './plan-how.ts';
import type { Scene } from './view.ts';

const NAME = 16;
const STATE = 14;
const STEP = 16;
const BEGUN: ReadonlySet<TargetState> = new Set(['executing', 'rolling-back']);

/** `step 2 of 4`, or how many were undone; nothing for a router that has not begun. */
function stepText(target: Target, journal: readonly JournalRecord[], state: TargetState): string {
  const { apply, undo, done } = progressOf(target, journal);
  const begun = apply.filter(({ stage }) => stage !== null).length;
  if (state === 'completed') return `${done} of ${apply.length} done`;
  if (undo.length > 0) return `${undo.length} undone`;
  return begun === 0 ? '' : `step ${begun} of ${apply.length}`;
}

/** What is to be told of one router in one line: how far it is, and how its guard stands. */
export function standSpans(target: Target, journal: readonly JournalRecord[], state: TargetState, scene: Scene): readonly Span[] {
  const step = stepText(target, journal, state);
  const stand = guardOf(target, journal, state);
  // Where all is over nobody waits for a guard that never was.
  const guard = BEGUN.has(state) || stand.kind !== 'none' ? guardSpan(stand, scene.state.now) : undefined;
  return [span(step), span(step === '' || !guard ? '' : '   '), ...(guard ? [guard] : [])];
}

/** A plan of several routers under way: wave by wave, a line for each router, and why it stopped. */
export function rolloutProgress(view: PlanView, journal: readonly JournalRecord[], scene: Scene): readonly Line[] {
  const waves = wavesOf(view);
  const byId = new Map(view.plan.targets.map((target) => [target.deviceId, target]));
  return [
    ...stopLines(view, scene),
    ...waves.flatMap((wave, at) => [
      waveHead(wave, at, waves.length, scene),
      ...wave.ids.flatMap((id) => {
        const target = byId.get(id);
        const state = view.targets.find(({ deviceId }) => deviceId === id)?.state;
        return target && state ? [routerLine(target, journal, state, scene)] : [];
      }),
      EMPTY,
    ]),
  ];
}

const STANDS: Readonly<Record<WaveProgress['stand'], Span>> = {
  done: span('done', 'good'),
  'under way': span('under way', 'info'),
  waits: span('waits', 'dim'),
  ended: span('ended', 'warn'),
};

const waveHead = ({ ids, completed, over, stand }: WaveProgress, at: number, of: number, { glyphs }: Scene): Line => [
  span(` wave ${at + 1} of ${of}  `, 'strong'),
  { ...STANDS[stand], text: `${stand === 'done' ? `${glyphs.yes} ` : ''}${STANDS[stand].text}` },
  span(`  ${completed} of ${plural(ids.length, 'router')} completed${over > completed ? `, ${over - completed} not` : ''}`, 'dim'),
];

function routerLine(target: Target, journal: readonly JournalRecord[], state: TargetState, scene: Scene): Line {
  const { ellipsis } = scene.glyphs;
  const [step, , guard] = standSpans(target, journal, state, scene);
  const look = stateSpan(state, scene.glyphs);
  return [
    span('   '),
    { ...look, text: toWidth(look.text, STATE, ellipsis) },
    span(`  ${toWidth(oneLine(target.deviceName, 64), NAME, ellipsis)}  `),
    span(toWidth(step?.text ?? '', STEP, ellipsis)),
    span('  '),
    ...(guard ? [guard] : []),
  ];
}

/** Why no more routers are started, in front of all else. */
function stopLines(view: PlanView, { columns }: Scene): readonly Line[] {
  const stop = stopOf(view);
  const { rollout, targets } = view.plan;
  if (!stop || !rollout) return [];
  if (stop.kind !== 'budget') {
    const why =
      stop.kind === 'paused'
        ? 'Paused: no more routers are started. H goes on, C calls it off.'
        : 'Called off: no more routers are started.';
    return [...sentence(why, columns, { sign: '!', tone: 'warn' }), EMPTY];
  }
  const names = targets.filter(({ deviceId }) => stop.deviceIds.includes(deviceId)).map(({ deviceName }) => oneLine(deviceName, 64));
  const text = `Stopped: it went wrong on ${someNames(names)}. The plan ${stopText(rollout)}.`;
  return [...sentence(text, columns, { sign: '!', tone: 'bad' }), EMPTY];
}

/** The rollout as one line, for lists and for what stays in sight. */
export function rolloutSummary(view: PlanView): string {
  const waves = wavesOf(view);
  const at = waves.findIndex(({ stand }) => stand === 'under way' || stand === 'waits');
  const completed = view.targets.filter(({ state }) => state === 'completed').length;
  const wave = at < 0 ? '' : `Wave ${at + 1} of ${waves.length}. `;
  return `${wave}${completed} of ${plural(view.targets.length, 'router')} completed.`;
}
