import type { ReactNode } from 'react';
import { plural } from './format.ts';
import { type Line, line, type Span, span, spread } from './line.ts';
import { Row, useCanvas } from './row.tsx';

export interface HeaderProps {
  readonly title: string;
  readonly readOnly: boolean;
  readonly paused: boolean;
  readonly waiting: number;
  readonly crumbs: readonly string[];
  readonly note: Line;
}

/** What never moves: which fleet, whether anything can be changed, whether a plan waits; then where we are. */
export function Header({ title, readOnly, paused, waiting, crumbs, note }: HeaderProps): ReactNode {
  const { theme, columns } = useCanvas();
  const { glyphs } = theme;
  const badge: readonly Span[] =
    waiting === 0 ? [] : [span(`${glyphs.call} ${plural(waiting, 'plan')} ${waiting === 1 ? 'waits' : 'wait'}`, 'call'), span('   ')];
  const mode: Span = readOnly ? span('read-only', 'warn') : span('read-write', 'dim');
  const right: Line = [...badge, ...(paused ? [span('paused', 'warn'), span('   ')] : []), mode, span(' ')];
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
