import type { Fleet, Tier, Topic } from '../lib/index.ts';
import { type ArgsOf, type InputSchema, inputSchemaOf, type OutputSchema, type Params } from './schema.ts';

/** What a client may know of a tool before it calls it. They are hints: what is enforced is enforced by the fleet. */
export interface Annotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  /** True wherever the answer may carry text that a router, and so anyone on its network, wrote. */
  readonly openWorldHint: boolean;
}

export type ToolTopic = Topic | 'fleet' | 'plan' | 'audit' | 'catalog' | 'service';

/** What a handler answers: the same page twice, for programs and as a compact text. */
export interface Answer {
  readonly data: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** It carries text of a router or of a stranger: data, never an instruction. */
  readonly untrusted: boolean;
  /** It ended badly although nothing was thrown: `data` has an `error`. */
  readonly failed?: boolean;
}

export interface Progress {
  readonly done: number;
  readonly total?: number;
  /** One sentence of ours. */
  readonly message: string;
}

export interface ToolContext {
  /** The fleet, acting for the client that called. */
  readonly fleet: Fleet;
  /** Aborts when the client stops waiting. */
  readonly signal: AbortSignal;
  /** There when the client asked to be told. */
  readonly progress?: (step: Progress) => void;
  /** Work that goes on when the caller stops waiting: the server does not end before it. */
  keep<Result>(work: Promise<Result>): Promise<Result>;
  /** For us, never for the client. */
  readonly log?: (line: string) => void;
}

/** One tool as frozen data: no SDK type in it. */
export interface Tool {
  readonly name: string;
  /** Names it had in earlier systems: accepted, never listed. */
  readonly aliases: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly params: Params;
  readonly inputSchema: InputSchema;
  readonly outputSchema: OutputSchema;
  readonly annotations: Annotations;
  readonly meta: { readonly tier: Tier; readonly topic: ToolTopic };
  handler(args: Readonly<Record<string, unknown>>, context: ToolContext): Promise<Answer>;
}

interface ToolDeclaration<P extends Params> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly title: string;
  /** First line: the purpose. Then `Use when ...`. */
  readonly description: string;
  readonly params: P;
  readonly output: OutputSchema;
  readonly annotations: Annotations;
  readonly tier: Tier;
  readonly topic: ToolTopic;
  handler(args: ArgsOf<P>, context: ToolContext): Promise<Answer>;
}

/** Declares a tool; its handler receives arguments that were checked against `params`. */
export function defineTool<const P extends Params>(declared: ToolDeclaration<P>): Tool {
  return Object.freeze({
    name: declared.name,
    aliases: declared.aliases ?? [],
    title: declared.title,
    description: declared.description,
    params: declared.params,
    inputSchema: inputSchemaOf(declared.params),
    outputSchema: declared.output,
    annotations: declared.annotations,
    meta: { tier: declared.tier, topic: declared.topic },
    // `callTool` hands over nothing that `params` did not read, so the arguments have the declared types.
    handler: declared.handler,
  });
}

/** Looks at routers. Their text is anybody's. */
export const LOOKS: Annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };
/** Looks at what we know ourselves. */
export const LOOKS_INSIDE: Annotations = { ...LOOKS, openWorldHint: false };
/** Stores a plan; sends no change to a router. */
export const PLANS: Annotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };
/** May change a router. */
export const CHANGES: Annotations = { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true };
