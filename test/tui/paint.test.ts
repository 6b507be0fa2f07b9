import headless from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../src/tui/terminal/cells.ts';
import { paintRows, type Row } from '../../src/tui/terminal/paint.ts';

const [COLUMNS, ROWS] = [30, 6];

interface Shown {
  readonly text: string;
  readonly bold: number;
  readonly inverse: number;
  readonly colour: number;
}

/** A terminal emulator, and what each of its cells shows. */
function emulator(): { write(bytes: string): Promise<void>; cells(): readonly (readonly Shown[])[]; lines(): readonly string[] } {
  const terminal = new headless.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  const row = (index: number): readonly Shown[] =>
    Array.from({ length: COLUMNS }, (_, column) => {
      const cell = terminal.buffer.active.getLine(index)?.getCell(column);
      return {
        text: cell?.getChars() || ' ',
        bold: cell?.isBold() ?? 0,
        inverse: cell?.isInverse() ?? 0,
        colour: cell?.getFgColor() ?? -1,
      };
    });
  return {
    write: (bytes) => new Promise((resolve) => terminal.write(bytes, resolve)),
    cells: () => Array.from({ length: ROWS }, (_, index) => row(index)),
    lines: () => Array.from({ length: ROWS }, (_, index) => terminal.buffer.active.getLine(index)?.translateToString(true) ?? ''),
  };
}

const picture = (lines: readonly string[]): readonly Row[] => Array.from({ length: ROWS }, (_, index) => cellsOf(lines[index] ?? ''));
const ENTER = '\u001b[?7l';

const text = fc.oneof(
  fc.stringMatching(/^[ -~]{0,12}$/),
  fc.constantFrom('', '▸ edge-1', '✓ up', '→', '▁▂▃▄', '日本', 'e\u0301', '      ', '─'.repeat(30)),
);
const styled = fc
  .tuple(fc.constantFrom('', '1', '2', '7', '31', '1;31', '7;32'), text)
  .map(([style, part]) => (style === '' ? part : `\u001b[${style}m${part}\u001b[0m`));
const frame = fc.array(
  fc.array(styled, { maxLength: 4 }).map((parts) => parts.join('')),
  { minLength: ROWS, maxLength: ROWS },
);

describe('painting only what changed', () => {
  test('shows the same as painting everything, whatever came before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 2, maxLength: 5 }), async (frames) => {
        const stepwise = emulator();
        const fresh = emulator();
        let before: readonly (Row | undefined)[] = [];
        await stepwise.write(ENTER);
        for (const lines of frames) {
          const after = picture(lines);
          await stepwise.write(paintRows(before, after, COLUMNS));
          before = after;
        }
        await fresh.write(ENTER + paintRows([], picture(frames.at(-1) ?? []), COLUMNS));
        expect(stepwise.cells()).toEqual(fresh.cells());
      }),
      { numRuns: 200 },
    );
  });

  test('writes nothing when nothing changed', () => {
    const same = ['a \u001b[1mb\u001b[0m', 'c'];
    expect(paintRows(picture(same), picture(same), COLUMNS)).toBe('');
  });

  test('writes a changed number and little else', () => {
    const bytes = paintRows(picture(['edge-1  cpu 12%  ok', 'edge-2']), picture(['edge-1  cpu 17%  ok', 'edge-2']), COLUMNS);
    expect(bytes).toBe('\u001b[?2026h\u001b[1;14H7\u001b[?2026l');
  });

  test('erases what got shorter', () => {
    expect(paintRows(picture(['edge-1 is down']), picture(['edge-1']), COLUMNS)).toBe('\u001b[?2026h\u001b[1;8H\u001b[K\u001b[?2026l');
  });

  test('ends every style it begins', async () => {
    const terminal = emulator();
    await terminal.write(paintRows([], picture(['\u001b[7mbar\u001b[0m', 'plain']), COLUMNS));
    expect(terminal.cells()[1]?.[0]).toMatchObject({ text: 'p', inverse: 0 });
  });

  test('a line of wide characters is written whole: the widths of emulator and guess may differ', () => {
    const bytes = paintRows(picture(['日本 12', 'x 12']), picture(['日本 13', 'x 12']), COLUMNS);
    expect(bytes).toBe('\u001b[?2026h\u001b[1H\u001b[K日本 13\u001b[?2026l');
  });
});

/** Bytes of the smallest update there can be: for each changed run a cursor move, the run and its style, in one synchronized update. */
function ideal(before: readonly Row[], after: readonly Row[]): number {
  let bytes = '\u001b[?2026h\u001b[?2026l'.length;
  after.forEach((row, index) => {
    let run = false;
    for (let column = 0; column < row.length; column += 1) {
      const cell = row[column];
      const changed = cell?.text !== before[index]?.[column]?.text || cell?.style !== before[index]?.[column]?.style;
      if (changed && !run) bytes += `\u001b[${index + 1};${column + 1}H`.length + (cell?.style ? cell.style.length + 6 : 0);
      if (changed) bytes += Buffer.byteLength(cell?.text ?? '');
      run = changed;
    }
  });
  return bytes;
}

test.each([
  [80, 24],
  [120, 40],
  [200, 60],
])('bytes of a refresh stay within twice the ideal at %ix%i', (columns, rows) => {
  const fleet = (values: readonly number[]): readonly Row[] =>
    Array.from({ length: rows }, (_, index) =>
      cellsOf(
        `  router-${String(index).padEnd(8)} \u001b[36mlab\u001b[0m  \u001b[32m✓ up\u001b[0m  7.20.6  ${String(values[index] ?? 0).padStart(3)}%`.padEnd(
          columns,
        ),
      ),
    );
  for (const changes of [1, 5, 20]) {
    const before = Array.from({ length: rows }, () => 10);
    const after = before.map((value, index) => (index < changes ? value + 27 : value));
    const bytes = Buffer.byteLength(paintRows(fleet(before), fleet(after), columns));
    expect(bytes / ideal(fleet(before), fleet(after))).toBeLessThanOrEqual(2);
  }
});
