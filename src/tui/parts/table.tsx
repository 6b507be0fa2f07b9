import type { ReactNode } from 'react';
import type { Column, TableBody } from '../screens/view.ts';
import type { ListState } from '../state/list.ts';
import { toWidth } from '../terminal/width.ts';
import { type Line, type Span, span } from './line.ts';
import { Row, useCanvas } from './row.tsx';

export interface TableProps {
  readonly body: TableBody;
  /** Settled: its selection exists and is in view. */
  readonly list: ListState;
  readonly height: number;
  /** All of it is old. */
  readonly faded: boolean;
}

/** A table of which only the visible rows exist. */
export function Table({ body, list, height, faded }: TableProps): ReactNode {
  const { theme } = useCanvas();
  const { glyphs } = theme;
  const visible = body.ids.slice(list.offset, list.offset + height);
  return (
    <>
      <Row line={headLine(body.columns, list, glyphs)} />
      {visible.map((id) => (
        <Row
          key={id}
          line={bodyLine(body.columns, body.cells(id), id === list.selected, glyphs)}
          selected={id === list.selected}
          faded={faded || body.fadedRow?.(id) === true}
        />
      ))}
      {visible.length === 0 ? (
        <Filled lines={body.empty.map((one) => [span('  '), ...one])} height={height} />
      ) : (
        <Filled lines={[]} height={height - visible.length} />
      )}
    </>
  );
}

/** Lines, and blank ones up to the height: a screen is always as high as the terminal. */
export function Filled({
  lines,
  height,
  faded = false,
}: {
  readonly lines: readonly Line[];
  readonly height: number;
  readonly faded?: boolean;
}): ReactNode {
  const all = Array.from({ length: Math.max(0, height) }, (_, index) => lines[index] ?? []);
  // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
  return all.map((one, index) => <Row key={index} line={one} faded={faded} />);
}

interface Signs {
  readonly pointer: string;
  readonly ellipsis: string;
  readonly asc: string;
  readonly desc: string;
}

function headLine(columns: readonly Column[], { sort, descending }: ListState, glyphs: Signs): Line {
  const title = ({ name, title: text }: Column): string => (name === sort ? `${text}${descending ? glyphs.desc : glyphs.asc}` : text);
  return [
    span(' '),
    ...columns.flatMap((column, index) => [
      span(index === 0 ? ' ' : '  '),
      span(toWidth(title(column), column.width, glyphs.ellipsis, column.align), 'dim'),
    ]),
  ];
}

function bodyLine(columns: readonly Column[], cells: readonly Span[], selected: boolean, glyphs: Signs): Line {
  const parts = columns.flatMap((column, index): readonly Span[] => {
    const cell = cells[index] ?? span('');
    return [span(index === 0 ? ' ' : '  '), { ...cell, text: toWidth(cell.text, column.width, glyphs.ellipsis, column.align) }];
  });
  return [span(selected ? glyphs.pointer : ' '), ...parts];
}
