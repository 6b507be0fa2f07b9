import { inspect, stripVTControlCharacters } from 'node:util';
import type { Failure } from './failure.ts';

/** One sentence, and what to do next. */
export function printFailure({ message, hint }: Failure): void {
  process.stderr.write(`error: ${visible(message)}\n${hint === '' ? '' : `hint: ${visible(hint)}\n`}`);
}

/** For -v: details, stack and causes. Causes may quote what a router sent, so nothing of it may move a cursor. */
export const explain = (thrown: unknown): string => `${visible(inspect(thrown, { depth: 6, colors: false }))}\n`;

const visible = (text: string): string => stripVTControlCharacters(text).replaceAll(/[^\P{C}\n\t]/gu, '');
