import type { Target, Unit } from './row.ts';
import type { Line } from './verdict.ts';

const HEAD = ['id', 'what', 'ours', 'against', 'result', '±', 'least..most', 'n', 'target', ''] as const;

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const amount = (value: number, unit: Unit): string => (unit === 'count' ? String(value) : `${digits(value)} ${unit}`);

function cells(line: Line): readonly string[] {
  const isRatio = line.bare !== undefined;
  const figure = (value: number): string => (isRatio ? `${value.toFixed(2)}x` : amount(value, line.unit));
  const target = (given: Target): string =>
    'atMost' in given ? `<= ${given.atMost}${isRatio ? 'x' : ''}` : `>= ${given.atLeast}${isRatio ? 'x' : ''}`;
  return [
    line.id,
    line.what,
    amount(line.ours, line.unit),
    line.bare === undefined ? '' : amount(line.bare, line.unit),
    figure(line.result.median),
    figure(line.result.deviation),
    `${figure(line.result.least)}..${figure(line.result.most)}`,
    String(line.values.length),
    target(line.target),
    line.verdict,
  ];
}

/** The table as people read it, each line followed by what it was compared with and by its notes. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map((line) => ({ cells: cells(line), below: [`against: ${line.against}`, ...line.notes] }));
  const widths = HEAD.map((head, column) => Math.max(head.length, ...rows.map((row) => (row.cells[column] ?? '').length)));
  const written = (parts: readonly string[]): string =>
    parts
      .map((part, column) => part.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const indent = ' '.repeat((widths[0] ?? 0) + 2);
  return [written(HEAD), ...rows.flatMap((row) => [written(row.cells), ...row.below.map((text) => `${indent}${text}`)])].join('\n');
}
