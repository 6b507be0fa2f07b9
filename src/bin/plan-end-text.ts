import { type Drift, type HistoryNote, iso, type Outcome, oneLine, type PlanView } from '../lib/index.ts';
import type { Io } from './io.ts';
import { alike, namesOf } from './plan-alike.ts';
import { changeText, whole } from './plan-diff-text.ts';

/** How it ended, router by router; ends that are the same are said once. */
export function endsText(io: Io, { plan, targets }: PlanView): string {
  const ended = targets.flatMap(({ deviceId, outcome }) => {
    const deviceName = plan.targets.find((target) => target.deviceId === deviceId)?.deviceName ?? deviceId;
    return outcome ? [{ deviceName, outcome }] : [];
  });
  return alike(ended, ({ outcome: { at: _at, ...outcome } }) => JSON.stringify(outcome))
    .map((group) => endText(io, group.length === 1 ? namesOf(group) : `${group.length} routers: ${namesOf(group)}`, group[0].outcome))
    .join('\n\n');
}

function endText(io: Io, name: string, outcome: Outcome): string {
  const { checks, left, drift, history = [], resolved } = outcome;
  const lines = [`${io.paint('bold', 'Outcome')} ${whole(name)}: ${outcome.state}`, `  ${oneLine(outcome.summary, 400)}`];
  if (resolved) lines.push(`  closed by ${oneLine(resolved.by)} at ${iso(resolved.at)}: ${oneLine(resolved.reason, 600)}`);
  if (outcome.routerText !== undefined) lines.push(`  the router said: ${oneLine(outcome.routerText, 400)}`);
  if (checks.length > 0) lines.push(io.paint('bold', 'Checks'));
  for (const { check, verdict, before, after, why } of checks) {
    const values = [before, after].filter((value) => value !== undefined).map((value) => oneLine(value));
    lines.push(
      `  ${verdict.padEnd(12)} ${oneLine(check)}${values.length > 0 ? `: ${values.join(' -> ')}` : ''}${why === undefined ? '' : ` (${oneLine(why)})`}`,
    );
  }
  if (left.length > 0) lines.push(io.paint('bold', 'Still on the router'), ...left.map((change) => `  ${changeText(io, change)}`));
  return [...lines, ...driftLines(io, drift, history)].join('\n');
}

/** Three sides of each row: what was planned from, what is there now, and what the plan makes of it where it changes it. */
export function driftLines(io: Io, drift: readonly Drift[], history: readonly HistoryNote[]): readonly string[] {
  const lines: string[] = [];
  if (drift.length > 0) lines.push(io.paint('bold', 'Changed since it was planned'));
  for (const { capability, row, planned, now, wanted } of drift) {
    lines.push(`  ${capability} ${whole(row)}`.trimEnd(), `      planned from: ${content(planned)}`, `      there now:    ${content(now)}`);
    if (wanted !== undefined) lines.push(`      plan wants:   ${content(wanted)}`);
  }
  if (history.length > 0) lines.push(io.paint('bold', 'What others did on the router lately, as it says itself'));
  for (const { time, by, action } of history) lines.push(`  ${oneLine(time)}  ${oneLine(by)}  ${oneLine(action)}`);
  return lines;
}

const content = (row: Readonly<Record<string, string>> | null): string =>
  row === null
    ? 'nothing'
    : Object.entries(row)
        .map(([name, value]) => `${whole(name)}=${whole(value)}`)
        .join(' ');
