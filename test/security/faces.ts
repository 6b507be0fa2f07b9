import { parseArgv } from '../../src/bin/argv.ts';
import type { Answer } from '../../src/bin/command.ts';
import { UsageError } from '../../src/bin/failure.ts';
import { findCommand } from '../../src/bin/find-command.ts';
import type { Io } from '../../src/bin/io.ts';
import { COMMANDS } from '../../src/bin/table.ts';
import type { Fleet } from '../../src/lib/index.ts';
import { FleetError, type Intent } from '../../src/lib/index.ts';
import type { Operator } from '../../src/lib/operator.ts';
import { callTool, registry, type ToolResult } from '../../src/mcp/index.ts';

/** The faces as they are, without a process around them: whatever they would print or answer is here to be looked at. */

/** What a face said, word for word, and the refusal if it was one. */
export interface Said {
  readonly text: string;
  readonly refused: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

const silent = (json: boolean): Io => ({
  out: async () => undefined,
  note: () => undefined,
  step: undefined,
  warn: () => undefined,
  paint: (_style, text) => text,
  json,
  plain: false,
  verbose: false,
  canAsk: false,
  fullScreen: false,
  columns: 80,
});

/** A command line, from its words to what would be printed. */
export async function cli(operator: Operator, words: readonly string[]): Promise<Said> {
  const io = silent(words.includes('--json'));
  try {
    const argv = parseArgv(words);
    const { command, args } = findCommand(argv, COMMANDS);
    const run = await command.load();
    const answer: Answer = await run({
      args,
      flags: argv.flags,
      io,
      signal: new AbortController().signal,
      operator: async () => operator,
      finishFirst: () => undefined,
      untilAsked: async () => undefined,
      takeOver: () => undefined,
    });
    const text = [answer.text?.() ?? '', answer.note?.() ?? '', answer.failure ? JSON.stringify(answer.failure) : ''].join('\n');
    return { text, refused: undefined, data: (answer.data ?? {}) as Said['data'] };
  } catch (thrown) {
    return refusedBy(thrown);
  }
}

/** A tool, as the adapter calls it. */
export async function mcp(fleet: Fleet, name: string, args: Readonly<Record<string, unknown>>): Promise<Said> {
  const tool = registry.find(name);
  if (!tool) throw new Error(`no tool ${name}`);
  const { isError, text, structured }: ToolResult = await callTool(tool, args, {
    fleet,
    signal: new AbortController().signal,
    keep: (work) => work,
  });
  const error = structured['error'] as { readonly code?: string } | undefined;
  return { text, refused: isError ? (error?.code ?? 'UNKNOWN') : undefined, data: structured };
}

export async function library<Result>(work: Promise<Result>): Promise<Result | Said> {
  try {
    return await work;
  } catch (thrown) {
    return refusedBy(thrown);
  }
}

function refusedBy(thrown: unknown): Said {
  if (thrown instanceof UsageError) return { text: `${thrown.message} ${thrown.hint}`, refused: 'USAGE', data: {} };
  if (!(thrown instanceof FleetError)) throw thrown;
  return { text: `${thrown.message} ${thrown.hint}`, refused: thrown.code, data: {} };
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-');
const words = (values: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(values).map(([name, value]) => `${kebab(name)}=${value === true ? 'yes' : value === false ? 'no' : String(value)}`);

/** The same wish as a command line. */
export function asWords(intent: Intent, device: string): readonly string[] {
  const named = (flag: string, row: Readonly<Record<string, unknown>> | undefined): readonly string[] =>
    row === undefined
      ? []
      : 'id' in row
        ? [flag === 'where' ? '--id' : `--${flag}-id`, String(row['id'])]
        : words(row).flatMap((one) => [`--${flag}`, one]);
  const values = 'values' in intent ? words(intent.values) : [];
  const where = named('where', 'where' in intent ? intent.where : undefined);
  const before = named('before', 'before' in intent ? intent.before : undefined);
  return ['plan', intent.verb, intent.capability, ...values, '--device', device, ...where, ...before, '--json'];
}

/** The same wish for the tool that plans any change. */
export function asArguments(intent: Intent, device: string): Readonly<Record<string, unknown>> {
  const row = 'where' in intent && intent.where ? ('id' in intent.where ? [String(intent.where['id'])] : words(intent.where)) : undefined;
  const before =
    'before' in intent && intent.before ? ('id' in intent.before ? [String(intent.before['id'])] : words(intent.before)) : undefined;
  return {
    device_id: device,
    capability: intent.capability,
    verb: intent.verb,
    ...('values' in intent && { values: words(intent.values) }),
    ...(row && { row }),
    ...(before && { before }),
  };
}
