import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import { type Output, openScreen } from '../../src/tui/terminal/screen.ts';

const [BEGIN, END] = ['\u001b[?2026h', '\u001b[?2026l'];

/** A terminal that keeps what it is sent, and can be slow. */
interface SlowOutput extends EventEmitter {
  readonly written: string[];
  full: boolean;
  rows: number;
  next(): Promise<unknown>;
}

function output(): SlowOutput & Output {
  const events = new EventEmitter();
  const self = Object.assign(events, {
    written: [] as string[],
    full: false,
    columns: 20,
    rows: 3,
    write: (bytes: string) => {
      self.written.push(bytes);
      events.emit('written');
      return true;
    },
    next: () => once(events, 'written'),
  });
  Object.defineProperty(self, 'writableNeedDrain', { get: () => self.full });
  return self as never;
}

test('frames of one moment become one write, the newest of them', async () => {
  const out = output();
  const screen = openScreen(out);
  const next = out.next();
  screen.stream.write('one');
  screen.stream.write('two');
  screen.bell();
  screen.stream.write('three');
  await next;
  expect(out.written).toHaveLength(1);
  expect(out.written[0]).toContain('three');
  expect(out.written[0]).not.toContain('two');
  expect(out.written[0]?.endsWith(`${END}\u0007`)).toBe(true);
  screen.close();
});

test('a frame like the one before writes nothing; the bell still rings', async () => {
  const out = output();
  const screen = openScreen(out);
  let next = out.next();
  screen.stream.write('same');
  await next;
  next = out.next();
  screen.stream.write('same');
  screen.bell();
  await next;
  expect(out.written[1]).toBe('\u0007');
  screen.close();
});

test('a line that is slow gets the newest frame when it is ready for one', async () => {
  const out = output();
  const screen = openScreen(out);
  out.full = true;
  for (const frame of ['a', 'b', 'c']) {
    screen.stream.write(frame);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(out.written).toEqual([]);
  out.full = false;
  const next = out.next();
  out.emit('drain');
  await next;
  expect(out.written).toHaveLength(1);
  expect(out.written[0]).toContain('c');
  screen.close();
});

test('a new size draws everything again, and Ink hears of it', async () => {
  const out = output();
  const screen = openScreen(out);
  let next = out.next();
  screen.stream.write('first\nsecond');
  await next;
  next = out.next();
  let heard = 0;
  screen.stream.on('resize', () => {
    heard += 1;
  });
  out.rows = 2;
  out.emit('resize');
  await next;
  expect(heard).toBe(1);
  expect(out.written[1]).toBe(`${BEGIN}\u001b[1H\u001b[Kfirst\u001b[2H\u001b[Ksecond${END}`);
  screen.close();
});

test('nothing is written after it was closed', async () => {
  const out = output();
  const screen = openScreen(out);
  screen.stream.write('late');
  screen.close();
  screen.bell();
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect(out.written).toEqual([]);
  expect(out.listenerCount('resize')).toBe(0);
});

test('a terminal that cannot move its cursor gets plain lines', async () => {
  const out = output();
  const screen = openScreen(out, { lines: true });
  const next = out.next();
  screen.stream.write('one\ntwo\n\n\n');
  await next;
  expect(out.written).toEqual(['one\r\ntwo\r\n']);
  screen.close();
});
