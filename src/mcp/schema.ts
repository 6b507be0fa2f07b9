/**
 * The part of JSON Schema that every client and model API reads alike: object root, scalar types, enums, arrays of scalars.
 * No `$ref`, no unions, no type arrays, no `const`: one tool outside it makes some clients drop the whole list.
 */
export type ScalarSchema =
  | { readonly type: 'string'; readonly description?: string; readonly enum?: readonly string[] }
  | { readonly type: 'integer'; readonly description?: string; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: 'boolean'; readonly description?: string };

export interface ArraySchema {
  readonly type: 'array';
  readonly description?: string;
  readonly items: ScalarSchema;
}

export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, ScalarSchema | ArraySchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

/** What is unknown is null, and one type cannot say "or null": such members have no type here and are described in words. */
export type OutputMember =
  | ScalarSchema
  | { readonly type: 'object'; readonly description?: string }
  | { readonly type: 'array'; readonly description?: string; readonly items: { readonly type: 'object' | 'string' } }
  | { readonly description: string };

export interface OutputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, OutputMember>>;
  readonly required: readonly string[];
}

/** One argument of a tool: what the model is told, and how a value that came is read. */
export interface Param<Value = unknown> {
  readonly schema: ScalarSchema | ArraySchema;
  readonly required: boolean;
  /** Ends the sentence "it takes ...". */
  readonly allowed: string;
  readonly example: string;
  /** The value, or undefined where it does not fit. */
  read(value: unknown): Value | undefined;
}

export interface RequiredParam<Value> extends Param<Value> {
  readonly required: true;
}

export type Params = Readonly<Record<string, Param>>;

export type ArgsOf<P extends Params> = {
  readonly [Name in keyof P]: P[Name] extends RequiredParam<infer Value>
    ? Value
    : P[Name] extends Param<infer Value>
      ? Value | undefined
      : never;
};

const LONGEST_TEXT = 4_096;

interface TextOptions {
  readonly about: string;
  readonly example: string;
  readonly allowed?: string;
  readonly max?: number;
  /** The empty text is a value too: it takes a text away. */
  readonly empty?: boolean;
}

export function textParam({ about, example, allowed = 'text', max = LONGEST_TEXT, empty = false }: TextOptions): Param<string> {
  return {
    schema: { type: 'string', description: about },
    required: false,
    allowed,
    example,
    read: (value) => (typeof value === 'string' && (empty || value !== '') && value.length <= max ? value : undefined),
  };
}

export function wordParam<const Words extends readonly [string, ...string[]]>(words: Words, about: string): Param<Words[number]> {
  return {
    schema: { type: 'string', description: about, enum: words },
    required: false,
    allowed: `one of ${words.join(', ')}`,
    example: words[0],
    read: (value) => words.find((word) => word === value),
  };
}

export function integerParam(options: {
  readonly about: string;
  readonly min: number;
  readonly max: number;
  readonly example: number;
}): Param<number> {
  const { about, min, max, example } = options;
  return {
    schema: { type: 'integer', description: about, minimum: min, maximum: max },
    required: false,
    allowed: `a whole number from ${min} to ${max}`,
    example: String(example),
    read: (value) => (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined),
  };
}

export function flagParam(about: string): Param<boolean> {
  return {
    schema: { type: 'boolean', description: about },
    required: false,
    allowed: 'true or false',
    example: 'true',
    read: (value) => (typeof value === 'boolean' ? value : undefined),
  };
}

export function textsParam(options: { readonly about: string; readonly example: string; readonly max?: number }): Param<readonly string[]> {
  const { about, example, max = 200 } = options;
  const fits = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT;
  return {
    schema: { type: 'array', items: { type: 'string' }, description: about },
    required: false,
    allowed: `a list of at most ${max} texts`,
    example: JSON.stringify([example]),
    read: (value) => (Array.isArray(value) && value.length <= max && value.every(fits) ? value : undefined),
  };
}

export const required = <Value>(param: Param<Value>): RequiredParam<Value> => ({ ...param, required: true });

/** The input schema of a tool from its arguments, in their order. */
export function inputSchemaOf(params: Params): InputSchema {
  const needed = Object.keys(params).filter((name) => params[name]?.required);
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(params).map(([name, { schema }]) => [name, schema])),
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
  };
}

/**
 * The output schema of a tool. It has to hold for refusals too: older clients check it even on an error result,
 * so nothing but `ok` is required.
 */
export const outputSchemaOf = (properties: OutputSchema['properties']): OutputSchema => ({
  type: 'object',
  properties: { ok: { type: 'boolean' }, ...properties, error: { type: 'object' } },
  required: ['ok'],
});
