import {
  type CheckResult,
  type Drift,
  type JournalRecord,
  type JournalStage,
  type Outcome,
  oneLine,
  type PlanView,
  type Target,
} from '../../lib/index.ts';
import { callText } from '../parts/calls.ts';
import { clockTime } from '../parts/format.ts';
import { EMPTY, type Line, labelled, line, sentence, span, type Tone } from '../parts/line.ts';
import { stateSpan } from '../parts/words.ts';
import { progressOf, type StepProgress } from '../state/progress.ts';
import { clip } from '../terminal/width.ts';
import { targetHead } from './plan-changes.ts';
import type { Scene } from './view.ts';

/** How far a plan is on each router: every call, every check, and how it ended. */
export function progressLines(view: PlanView, journal: readonly JournalRecord[], scene: Scene): readonly Line[] {
  return [
    ...view.plan.targets.flatMap((target) => {
      const at = view.targets.find(({ deviceId }) => deviceId === target.deviceId);
      return [
        [...targetHead(target), span('   '), ...(at ? [stateSpan(at.state, scene.glyphs)] : [])],
        ...stepLines(target, journal, scene),
        ...(at?.outcome ? outcomeLines(at.outcome, scene) : []),
        EMPTY,
      ];
    }),
    ...storyLines(view, scene),
  ];
}

/** What each stage of a call means to somebody who watches. */
const STAGES: Readonly<Record<JournalStage, { readonly word: string; readonly tone: Tone }>> = {
  intent: { word: 'about to send', tone: 'info' },
  sent: { word: 'sent', tone: 'info' },
  ack: { word: 'accepted', tone: 'info' },
  err: { word: 'refused', tone: 'bad' },
  unknown: { word: 'no answer', tone: 'warn' },
  verified: { word: 'verified', tone: 'good' },
};

function stepLines(target: Target, journal: readonly JournalRecord[], scene: Scene): readonly Line[] {
  const progress = progressOf(target, journal);
  return [
    ...progress.apply.flatMap((step, index) => stepLine(step, index, target, scene)),
    ...(progress.undo.length === 0
      ? []
      : [line('   undone:', 'warn'), ...progress.undo.flatMap((step, index) => stepLine(step, index, target, scene))]),
  ];
}

function stepLine(
  { call, change, stage, error }: StepProgress,
  index: number,
  target: Target,
  { columns, glyphs }: Scene,
): readonly Line[] {
  const look = stage === null ? { word: 'waits', tone: 'dim' as const } : STAGES[stage];
  const sign =
    stage === null
      ? glyphs.waiting
      : stage === 'verified'
        ? glyphs.yes
        : stage === 'err'
          ? glyphs.no
          : stage === 'unknown'
            ? '?'
            : glyphs.running;
  // Undo calls do not name their change: what is secret in any of them is not shown.
  const secret = change === null ? target.changes.flatMap((one) => one.secret) : (target.changes[change]?.secret ?? []);
  const text = clip(callText(call, secret), Math.max(12, columns - 25), glyphs.ellipsis);
  const head: Line = [
    span(`   ${sign} `, look.tone),
    span(`${String(index + 1).padStart(2)}  `, 'dim'),
    span(`${look.word.padEnd(13)} `, look.tone),
    span(text),
  ];
  return error?.routerText === undefined
    ? [head]
    : [head, ...sentence(`the router: ${oneLine(error.routerText, 300)}`, columns, { indent: 9, tone: 'bad' })];
}

function outcomeLines(outcome: Outcome, scene: Scene): readonly Line[] {
  const { columns } = scene;
  const good = outcome.state === 'completed';
  return [
    ...sentence(oneLine(outcome.summary, 400), columns, { indent: 3, sign: good ? scene.glyphs.yes : '!', tone: good ? 'good' : 'warn' }),
    ...(outcome.hint ? sentence(oneLine(outcome.hint, 400), columns, { indent: 5 }) : []),
    ...(outcome.routerText ? sentence(`the router: ${oneLine(outcome.routerText, 400)}`, columns, { indent: 5, tone: 'dim' }) : []),
    ...(outcome.checks.length === 0 ? [] : [line('   checks, before and after:', 'dim')]),
    ...outcome.checks.map((check) => checkLine(check, scene)),
    ...(outcome.left.length === 0 ? [] : [line('   still on the router:', 'bad')]),
    ...outcome.left.flatMap((change) =>
      sentence(`${change.verb} ${change.capability} ${oneLine(change.label, 100)}`, columns, { indent: 5, sign: '!' }),
    ),
    ...outcome.drift.flatMap((drift) => driftLines(drift, columns)),
  ];
}

function checkLine({ check, verdict, before, after, why }: CheckResult, { glyphs }: Scene): Line {
  const tone: Tone = verdict === 'pass' ? 'good' : verdict === 'fail' ? 'bad' : 'warn';
  const sign = verdict === 'pass' ? glyphs.yes : verdict === 'fail' ? glyphs.no : '?';
  const known = [before, after].flatMap((value) => (value === undefined ? [] : [oneLine(value, 40)]));
  const values = known.join(` ${glyphs.arrow} `);
  return [
    span(`     ${sign} ${verdict.padEnd(12)} `, tone),
    span(`${oneLine(check, 30).padEnd(22)} `),
    span([values, why ? oneLine(why, 120) : ''].filter(Boolean).join('  '), 'dim'),
  ];
}

function driftLines({ capability, row, planned, now }: Drift, columns: number): readonly Line[] {
  const rowText = (content: Drift['now']): string =>
    content === null
      ? 'no such row'
      : oneLine(
          Object.entries(content)
            .map(([name, value]) => `${name}=${value}`)
            .join(' '),
          300,
        );
  return [
    [span('   ~ ', 'warn'), span(`${capability} ${oneLine(row, 40)} is not as it was`)],
    ...labelled('planned', rowText(planned), columns, { indent: 7, label: 8 }),
    ...labelled('now', rowText(now), columns, { indent: 7, label: 8 }),
  ];
}

/** Made, approved, run: when and by whom. */
function storyLines({ plan, approval, decision, runs }: PlanView, { columns }: Scene): readonly Line[] {
  const row = (label: string, value: string): readonly Line[] => labelled(label, value, columns, { label: 9 });
  return [
    ...row('planned', `${clockTime(plan.createdAt)} by ${oneLine(plan.author.id, 60)}`),
    ...(approval
      ? row(
          'approved',
          `${clockTime(approval.issuedAt)} by ${oneLine(approval.by, 60)}${approval.kind === 'policy' ? ` (rule ${approval.rule ?? ''})` : ''}`,
        )
      : []),
    ...(decision ? row('rejected', `${clockTime(decision.at)} by ${oneLine(decision.by, 60)}`) : []),
    ...runs.flatMap((run) =>
      row(
        'run',
        `${clockTime(run.startedAt)} by ${oneLine(run.by, 60)}${run.endedAt === undefined ? ', under way' : `, took ${took(run.startedAt, run.endedAt)}`}`,
      ),
    ),
  ];
}

const took = (from: number, to: number): string => `${((to - from) / 1000).toFixed(1)} s`;
