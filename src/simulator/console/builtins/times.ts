import { timeLiteral } from '../literal.ts';
import { ScriptFault } from '../machine.ts';
import { textOf, type Value } from '../value.ts';

/** Milliseconds; a bare number means seconds. */
export function delayOf(value: Value): number {
  if (value.type === 'num') return Number(value.num) * 1000;
  const nanos = value.type === 'time' ? value.nanos : timeLiteral(textOf(value));
  if (nanos === undefined) throw new ScriptFault('invalid value for argument delay-time');
  return Number(nanos / 1_000_000n);
}
