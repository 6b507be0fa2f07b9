import type { ReactNode } from 'react';
import type { Job } from '../state/app.ts';
import type { ArmedGuard } from '../state/under-way.ts';
import type { Glyphs } from '../theme.ts';
import { plural } from './format.ts';
import { countdown } from './guard-words.ts';
import { type Line, line, type Span, span, spread } from './line.ts';
import { Row, useCanvas } from './row.tsx';

export interface HeaderProps {
  readonly title: string;
  readonly readOnly: boolean;
  readonly paused: boolean;
  readonly waiting: number;
  /** Guards that are armed, the one that fires first at the front. */
  readonly guards: readonly ArmedGuard[];
  readonly jobs: readonly Job[];
  readonly now: number;
  readonly crumbs: readonly string[];
  readonly note: Line;
}

/** What never moves: which fleet, whether anything can be changed, whether a plan waits; then where we are. */
export function Header({ title, readOnly, paused, waiting, guards, jobs, now, crumbs, note }: HeaderProps): ReactNode {
  const { theme, columns } = useCanvas();
  const { glyphs } = theme;
  const badge: readonly Span[] =
    waiting === 0 ? [] : [span(`${glyphs.call} ${plural(waiting, 'plan')} ${waiting === 1 ? 'waits' : 'wait'}`, 'call'), span('   ')];
  const mode: Span = readOnly ? span('read-only', 'warn') : span('read-write', 'dim');
  const right: Line = [
    ...badge,
    ...jobBadge(jobs, glyphs),
    ...guardBadge(guards, now),
    ...(paused ? [span('paused', 'warn'), span('   ')] : []),
    mode,
    span(' '),
  ];
  const path: Line = crumbs.flatMap((crumb, index): readonly Span[] => [
    ...(index === 0 ? [span(' ')] : [span(` ${glyphs.crumb} `, 'dim')]),
    span(crumb, index === crumbs.length - 1 ? 'strong' : 'plain'),
  ]);
  return (
    <>
      <Row line={spread([span(' routeros-mcp', 'title'), span(title === '' ? '' : `  ${title}`)], right, columns, glyphs.ellipsis)} />
      <Row line={spread(path, note.length === 0 ? [] : [...note, span(' ')], columns, glyphs.ellipsis)} />
      <Row line={line(glyphs.rule.repeat(columns), 'dim')} />
    </>
  );
}

/** What is under way, in this process or another. */
function jobBadge(jobs: readonly Job[], { running, waiting }: Glyphs): readonly Span[] {
  const paused = jobs.filter(({ status }) => status === 'paused').length;
  const lost = jobs.filter(({ status }) => status === 'interrupted').length;
  const going = jobs.length - paused - lost;
  return [
    ...(going > 0 ? [span(`${running} ${going} running`, 'info'), span('   ')] : []),
    ...(paused > 0 ? [span(`${waiting} ${paused} paused`, 'warn'), span('   ')] : []),
    ...(lost > 0 ? [span(`! ${lost} interrupted`, 'bad'), span('   ')] : []),
  ];
}

/** Time until the first of them goes back by itself. */
function guardBadge([first, ...more]: readonly ArmedGuard[], now: number): readonly Span[] {
  if (!first) return [];
  const left = first.until - now;
  const words = more.length === 0 ? 'guard' : `${more.length + 1} guards`;
  return [span(`${words} ${countdown(left)}`, left < 60_000 ? 'bad' : 'warn'), span('   ')];
}
