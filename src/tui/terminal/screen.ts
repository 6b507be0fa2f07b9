import { Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { cellsOf } from './cells.ts';
import { paintRows, type Row } from './paint.ts';

/** Frames follow each other at least this far apart (ms): 60 a second is what an eye and a line can use. */
const FRAME_GAP = 16;

/** The part of a terminal's output that is used. */
export type Output = Pick<WriteStream, 'write' | 'on' | 'off' | 'once' | 'columns' | 'rows' | 'writableNeedDrain'>;

/** Stands between Ink and the terminal: takes whole frames, sends what changed, in one write. */
export interface Screen {
  /** What Ink takes for its standard output. */
  readonly stream: NodeJS.WritableStream;
  /** Rings with the next write. */
  bell(): void;
  /** Forgets what the terminal shows and draws all of it again. */
  repaint(): void;
  /** Nothing is written after this. */
  close(): void;
}

export interface ScreenOptions {
  /** The terminal cannot move its cursor: whole frames go one after the other, as plain lines. */
  readonly lines?: boolean;
}

export function openScreen(out: Output, options: ScreenOptions = {}): Screen {
  const draw = options.lines ? lineDrawer() : cellDrawer();
  let frame: string | undefined;
  let ring = '';
  let waiting = false;
  let resting = false;
  let closed = false;

  const flush = (): void => {
    waiting = false;
    if (closed || frame === undefined) return;
    // A slow line gets the newest frame when it is ready for one, not all of them.
    if (out.writableNeedDrain) {
      out.once('drain', schedule);
      return;
    }
    const bytes = draw.frame(frame, out.columns, out.rows) + ring;
    ring = '';
    if (bytes === '') return;
    out.write(bytes);
    resting = true;
    setTimeout(() => {
      resting = false;
      if (waiting) flush();
    }, FRAME_GAP);
  };
  const schedule = (): void => {
    if (waiting || closed) return;
    waiting = true;
    if (!resting) setImmediate(() => waiting && !resting && flush());
  };
  const resized = (): void => {
    draw.forget();
    stream.emit('resize');
    schedule();
  };
  const stream = frameStream(out, (text) => {
    frame = text;
    schedule();
  });
  out.on('resize', resized);

  return {
    stream,
    bell: () => {
      ring = '\u0007';
      schedule();
    },
    repaint: () => {
      draw.forget();
      schedule();
    },
    close: () => {
      closed = true;
      out.off('resize', resized);
      out.off('drain', schedule);
    },
  };
}

/** A stream with a terminal's size and nothing else of it: Ink then writes frames only, no control sequences of its own. */
function frameStream(out: Output, take: (frame: string) => void): NodeJS.WritableStream {
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: unknown, _encoding, done) => {
      if (typeof chunk === 'string' && chunk !== '') take(chunk);
      done();
    },
  });
  Object.defineProperties(stream, { columns: { get: () => out.columns }, rows: { get: () => out.rows } });
  return stream;
}

interface Drawer {
  frame(text: string, columns: number, rows: number): string;
  forget(): void;
}

function cellDrawer(): Drawer {
  let lines: readonly string[] = [];
  let shown: readonly (Row | undefined)[] = [];
  return {
    frame: (text, columns, rows) => {
      const wanted = text.split('\n').slice(0, rows);
      while (wanted.length < rows) wanted.push('');
      // A line that reads as before keeps its cells: it is neither parsed nor compared.
      const next = wanted.map((line, index) => (line === lines[index] ? (shown[index] ?? cellsOf(line)) : cellsOf(line)));
      const bytes = paintRows(shown, next, columns);
      lines = wanted;
      shown = next;
      return bytes;
    },
    forget: () => {
      lines = [];
      shown = [];
    },
  };
}

function lineDrawer(): Drawer {
  let last = '';
  return {
    frame: (text) => {
      const plain = `${text.replace(/\n+$/, '')}\r\n`;
      if (plain === last) return '';
      last = plain;
      return plain.replace(/\r?\n/g, '\r\n');
    },
    forget: () => {
      last = '';
    },
  };
}
