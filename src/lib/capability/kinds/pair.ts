import { z } from 'zod';
import { readDuration, writeDuration } from '../duration.ts';
import { fieldOf, type Kind } from '../field.ts';
import { readRate } from './number.ts';

/** Two values in one text: upload and download of a queue, the ends of a span of time. */

/** One half of a pair in the router's own spelling; undefined where it is none. */
type Half = (text: string) => string | undefined;
const HALVES: Readonly<Record<'rate' | 'duration' | 'word', Half>> = {
  rate: (text) => (/^\d+$/.test(text) ? text : readRate(text)?.toString()),
  duration: (text) => {
    const seconds = /[a-z:]/.test(text) ? readDuration(text) : undefined;
    return seconds === undefined ? undefined : writeDuration(seconds);
  },
  word: (text) => text || undefined,
};

function readPair(text: string, between: string, half: Half): string | undefined {
  const parts = text.split(between).map(half);
  return parts.length === 2 && parts.every((part) => part !== undefined) ? parts.join(between) : undefined;
}

/**
 * A pair gets the router's own spelling; any other text is kept as it is, because no shape of the kit has a form for a pair: the menu
 * refuses what is none (`isPair`).
 */
const pairKind = (of: keyof typeof HALVES, between: string, example: string, allowed: string): Kind<string> => ({
  shape: { name: 'text', max: 255, min: 1 },
  schema: z.string().min(1).max(255),
  example,
  allowed,
  decode: (text) => readPair(text, between, HALVES[of]) ?? (text || undefined),
  encode: (value) => readPair(value, between, HALVES[of]) ?? value,
});

/** Has the text the form that `ratePair`, `durationPair` and `wordPair` are for? */
export const isPair = (of: keyof typeof HALVES, text: string): boolean => readPair(text, '/', HALVES[of]) !== undefined;
/** Is it a span of time, shortest and longest? */
export const isTimeSpan = (text: string): boolean => readPair(text, '-', HALVES.duration) !== undefined;

/** Upload and download in bits a second. */
export const ratePair = fieldOf(pairKind('rate', '/', '10M/20M', 'upload/download in bits a second, such as 10M/20M'));
/** Upload and download, each a duration. */
export const durationPair = fieldOf(pairKind('duration', '/', '10s/10s', 'upload/download as durations, such as 10s/10s'));
/** Upload and download, each a word or a number. */
export const wordPair = (example: string) => fieldOf(pairKind('word', '/', example, `upload/download, such as ${example}`));
/** The shortest and the longest time. */
export const timeSpan = fieldOf(pairKind('duration', '-', '3m20s-10m', 'the shortest and the longest time, such as 3m20s-10m'));
