import type { RouterState } from '../state/router.ts';
import { grammarOf } from './grammar.ts';
import { parse } from './parser.ts';
import { SyntaxFault } from './source.ts';
import type { Value } from './value.ts';

type Code = Extract<Value, { type: 'code' }>;

/** Code from a text: what it does, or what the console says instead of running it. */
export function readScript(router: RouterState, text: string): Code {
  try {
    return { type: 'code', block: parse(text, grammarOf(router)) };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxFault)) throw thrown;
    return { type: 'code', block: { statements: [] }, failure: thrown.message };
  }
}
