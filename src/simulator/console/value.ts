import type { Block } from './syntax.ts';

/** What a script computes with. Addresses and ids are text that knows what it is. */
export type Value =
  | { readonly type: 'num'; readonly num: bigint }
  | { readonly type: 'bool'; readonly bool: boolean }
  /** Nanoseconds. */
  | { readonly type: 'time'; readonly nanos: bigint }
  | { readonly type: TextType; readonly text: string }
  | { readonly type: 'array'; readonly members: readonly Member[] }
  /** What `:parse` returned; with `failure` the text could not be read, and running it says so. */
  | { readonly type: 'code'; readonly block: Block; readonly failure?: string }
  | { readonly type: 'nil' | 'nothing' };

export type TextType = 'str' | 'ip' | 'ip-prefix' | 'ip6' | 'ip6-prefix' | 'id';

export interface Member {
  /** Left out for members that are counted. */
  readonly key?: string;
  readonly value: Value;
}

export const NIL: Value = Object.freeze({ type: 'nil' });
export const NOTHING: Value = Object.freeze({ type: 'nothing' });
export const str = (text: string): Value => ({ type: 'str', text });
export const num = (value: bigint | number): Value => ({ type: 'num', num: BigInt(value) });
export const bool = (value: boolean): Value => ({ type: 'bool', bool: value });
export const id = (text: string): Value => ({ type: 'id', text });
export const array = (values: readonly Value[]): Value => ({ type: 'array', members: values.map((value) => ({ value })) });
export const time = (nanos: bigint): Value => ({ type: 'time', nanos });

const DAY = 86_400n;
const pad = (value: bigint, width = 2): string => String(value).padStart(width, '0');

/** `1w1d00:00:01.500`: how scripts see times. */
export function timeText(nanos: bigint): string {
  const sign = nanos < 0n ? '-' : '';
  const all = nanos < 0n ? -nanos : nanos;
  const seconds = all / 1_000_000_000n;
  const rest = all % 1_000_000_000n;
  const weeks = seconds / (DAY * 7n);
  const days = (seconds / DAY) % 7n;
  const clock = `${pad((seconds % DAY) / 3600n)}:${pad((seconds / 60n) % 60n)}:${pad(seconds % 60n)}`;
  const digits = rest % 1_000_000n === 0n ? pad(rest / 1_000_000n, 3) : rest % 1_000n === 0n ? pad(rest / 1_000n, 6) : pad(rest, 9);
  return `${sign}${weeks > 0n ? `${weeks}w` : ''}${days > 0n ? `${days}d` : ''}${clock}${rest === 0n ? '' : `.${digits}`}`;
}

/** The text of a value, as `:put` and `:tostr` give it. */
export function textOf(value: Value): string {
  switch (value.type) {
    case 'num':
      return String(value.num);
    case 'bool':
      return String(value.bool);
    case 'time':
      return timeText(value.nanos);
    case 'array':
      return inOrder(value.members)
        .map(({ key, value: member }) => (key === undefined ? textOf(member) : `${key}=${textOf(member)}`))
        .join(';');
    case 'code':
      return '(code)';
    case 'nil':
    case 'nothing':
      return '';
    default:
      return value.text;
  }
}

/** Counted members come first, then those with a name, by their names. */
export function inOrder(members: readonly Member[]): readonly Member[] {
  const keyed = members.filter(({ key }) => key !== undefined);
  if (keyed.length === 0) return members;
  const byName = [...keyed].sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : (a.key ?? '') > (b.key ?? '') ? 1 : 0));
  return [...members.filter(({ key }) => key === undefined), ...byName];
}

/** The text a menu takes as an argument: lists joined with commas, truth as yes and no. */
export function argumentText(value: Value): string {
  if (value.type === 'bool') return value.bool ? 'yes' : 'no';
  if (value.type === 'array') return value.members.map(({ value: member }) => argumentText(member)).join(',');
  return textOf(value);
}

export const isNothing = (value: Value): boolean => value.type === 'nil' || value.type === 'nothing';

export const membersOf = (value: Value): readonly Member[] => (value.type === 'array' ? inOrder(value.members) : [{ value }]);
