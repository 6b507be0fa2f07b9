import { clip, toWidth, widthOf, wrap } from '../terminal/width.ts';

/** What a piece of text means; the theme decides how that looks. */
export type Tone =
  | 'plain'
  | 'strong'
  | 'dim'
  | 'title'
  | 'info'
  | 'good'
  | 'warn'
  | 'bad'
  /** What asks for a person's attention: a waiting plan. */
  | 'call'
  | 'key'
  | 'lab'
  | 'staging'
  | 'prod'
  | 'cursor';

export interface Span {
  readonly text: string;
  readonly tone?: Tone;
}

/** One line of a screen as data: no colours, no control characters, any length. */
export type Line = readonly Span[];

export const span = (text: string, tone?: Tone): Span => (tone === undefined ? { text } : { text, tone });
export const line = (text: string, tone?: Tone): Line => [span(text, tone)];
export const EMPTY: Line = [];

export const lineWidth = (spans: Line): number => spans.reduce((sum, { text }) => sum + widthOf(text), 0);

/** The line in at most `width` cells. */
export function clipLine(spans: Line, width: number, ellipsis: string): Line {
  const kept: Span[] = [];
  let left = width;
  for (const [index, one] of spans.entries()) {
    const wide = widthOf(one.text);
    const more = index < spans.length - 1 && spans.slice(index + 1).some(({ text }) => text.trim() !== '');
    if (wide > left || (wide === left && more)) {
      const text = clip(`${one.text}${more ? ' ' : ''}`, left, ellipsis);
      return [...kept, { ...one, text }];
    }
    kept.push(one);
    left -= wide;
  }
  return kept;
}

/** Left and right parts on one line; the left gives way, the right stays. */
export function spread(left: Line, right: Line, width: number, ellipsis: string): Line {
  const room = Math.max(0, width - lineWidth(right) - (right.length > 0 ? 1 : 0));
  const head = clipLine(left, room, ellipsis);
  const gap = width - lineWidth(head) - lineWidth(right);
  return [...head, span(' '.repeat(Math.max(0, gap))), ...right];
}

/** A label in its own column and its value beside it, over as many lines as the value needs. */
export function labelled(
  label: string,
  value: string,
  width: number,
  options: { readonly indent?: number; readonly label?: number; readonly tone?: Tone } = {},
): readonly Line[] {
  const { indent = 1, label: labelWidth = 10, tone } = options;
  const before = indent + labelWidth + 1;
  return wrap(value, Math.max(8, width - before)).map((text, index) => [
    span(' '.repeat(indent)),
    span(toWidth(index === 0 ? label : '', labelWidth, '~'), 'dim'),
    span(' '),
    span(text, tone),
  ]);
}

/** A sentence over as many lines as it needs, indented, with a sign in front of the first. */
export function sentence(
  text: string,
  width: number,
  options: { readonly indent?: number; readonly sign?: string; readonly tone?: Tone } = {},
): readonly Line[] {
  const { indent = 1, sign = '', tone } = options;
  const lead = sign === '' ? 0 : sign.length + 1;
  return wrap(text, Math.max(8, width - indent - lead)).map((part, index) => [
    span(' '.repeat(indent)),
    span(lead === 0 ? '' : toWidth(index === 0 ? sign : '', lead, ''), tone),
    span(part, tone),
  ]);
}
