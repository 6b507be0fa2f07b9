import type { ReactNode } from 'react';
import type { Binding } from '../keys.ts';
import { aroundCursor } from '../state/edit-line.ts';
import type { ChoicePrompt, Prompt, TextPrompt } from '../state/prompt.ts';
import { graphemes, widthOf, wrap } from '../terminal/width.ts';
import type { Theme } from '../theme.ts';
import { type Line, lineWidth, type Span, span, spread, type Tone } from './line.ts';
import { Row, useCanvas } from './row.tsx';

export interface FootProps {
  readonly prompt: Prompt | null;
  /** From `statusLines`, cut to the height the layout gave it. */
  readonly status: readonly Line[];
  readonly hints: readonly Binding[];
}

/** The last lines: what happened or what is wrong; and what can be pressed, or the question being answered. */
export function Foot({ prompt, status, hints }: FootProps): ReactNode {
  const { theme, columns } = useCanvas();
  return (
    <>
      {status.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
        <Row key={index} line={one} />
      ))}
      <Row
        line={
          prompt === null
            ? hintLine(hints, columns, theme.glyphs.ellipsis)
            : prompt.form === 'text'
              ? textLine(prompt, columns, theme)
              : choiceLine(prompt)
        }
      />
    </>
  );
}

export interface Status {
  readonly prompt: Prompt | null;
  /** About the thing being typed: what a field means, what it takes. */
  readonly promptHelp: string;
  readonly notice: { readonly tone: Tone; readonly text: string } | null;
  /** At the right: which part of the list is in view. */
  readonly position: string;
}

/** What happened, what is wrong or what is being asked: one line, or as many as a long message needs. */
export function statusLines({ prompt, promptHelp, notice, position }: Status, columns: number, ellipsis: string): readonly Line[] {
  const right = position === '' ? [] : [span(`${position} `, 'dim')];
  const text = messageOf(prompt, promptHelp, notice);
  if (text === undefined) return [spread(prompt?.form === 'text' ? offerLine(prompt) : [], right, columns, ellipsis)];
  const one = [span(` ${text.text}`, text.tone)];
  // The message is worth more than the place in the list.
  if (lineWidth(one) + 1 <= columns)
    return [lineWidth(one) + lineWidth(right) + 1 <= columns ? spread(one, right, columns, ellipsis) : one];
  return wrap(text.text, columns - 2).map((part) => [span(` ${part}`, text.tone)]);
}

/** Undefined: there are offers to show, or nothing. */
function messageOf(
  prompt: Prompt | null,
  help: string,
  notice: Status['notice'],
): { readonly text: string; readonly tone: Tone } | undefined {
  if (prompt === null) return notice ?? undefined;
  if (prompt.form === 'choice') return { text: 'left and right choose, Enter takes it; the same again turns the order round', tone: 'dim' };
  if (prompt.complaint !== '') return { text: `! ${prompt.complaint}`, tone: 'bad' };
  if (prompt.waiting) return { text: 'Working on it.', tone: 'info' };
  return prompt.offers.length > 0 ? undefined : { text: help, tone: 'dim' };
}

/** The last word of each offer, the current one marked. */
function offerLine({ offers, offer }: TextPrompt): Line {
  const words = offers.slice(Math.max(0, offer - 4)).map((text, index): Span => {
    const current = index === Math.min(offer, 4);
    const word = text.trimEnd().split(' ').at(-1) ?? '';
    return span(current ? `[${word}]` : ` ${word} `, current ? 'strong' : 'dim');
  });
  return [span(' '), ...words];
}

function hintLine(hints: readonly Binding[], columns: number, ellipsis: string): Line {
  const show = (some: readonly Binding[]): Line => some.flatMap(({ keys, hint }) => [span(` ${keys[0]}`, 'key'), span(` ${hint} `, 'dim')]);
  const last = hints.filter(({ command }) => command === 'help' || command === 'quit');
  const rest = hints.filter((binding) => !last.includes(binding));
  const right = show(last);
  // Whole hints only: half a word helps nobody.
  let fitting = rest;
  while (fitting.length > 0 && lineWidth(show(fitting)) + lineWidth(right) + 1 > columns) fitting = fitting.slice(0, -1);
  return spread(show(fitting), right, columns, ellipsis);
}

function textLine({ label, input, waiting }: TextPrompt, columns: number, { dumb, glyphs }: Theme): Line {
  const [before, under, after] = aroundCursor(input);
  const room = Math.max(8, columns - widthOf(label) - 6);
  return [
    span(` ${label} `, 'title'),
    span(tail(before, room, glyphs.ellipsis)),
    span(dumb ? `_${under.trim()}` : under, waiting ? 'dim' : 'cursor'),
    span(after),
  ];
}

/** The end of a text that is longer than its place. */
function tail(text: string, room: number, ellipsis: string): string {
  if (widthOf(text) <= room) return text;
  let kept = '';
  for (const grapheme of graphemes(text).toReversed()) {
    if (widthOf(grapheme + kept) > room - 1) break;
    kept = grapheme + kept;
  }
  return ellipsis + kept;
}

function choiceLine({ label, options, index }: ChoicePrompt): Line {
  return [
    span(` ${label} `, 'title'),
    ...options
      .slice(Math.max(0, index - 6))
      .map(({ word }, at): Span => (at === Math.min(index, 6) ? span(`[${word}]`, 'strong') : span(` ${word} `))),
  ];
}
