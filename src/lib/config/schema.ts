import { z } from 'zod';
import { Secret } from '../core/secret.ts';
import type { Environment } from '../device/device.ts';
import { policyRules, ruleProblem } from './policy-rules.ts';

/** How the text of a variable or of a flag becomes a value (a table is JSON there); a file is typed already. */
export type SettingKind = 'text' | 'path' | 'number' | 'boolean' | 'list' | 'table';
export type SettingValue = string | number | boolean | readonly string[];

/** What a person is told about a setting: in an error, in `config show`, in the reference page. */
export interface SettingNotes {
  readonly kind: SettingKind;
  readonly about: string;
  /** Ends the sentence "it must be ...". */
  readonly allowed: string;
  /** As a variable or a flag would carry it. */
  readonly example: string;
  /** Missing where there is none, or where it depends on the machine (the data directory). */
  readonly preset?: SettingValue;
  /** Never printed, and never taken from a flag: other users of the machine can read a command line. */
  readonly secret?: true;
  /** What exactly is wrong with a value, where that can be told better than by `allowed`. */
  readonly problem?: (value: unknown) => string | undefined;
}

const notes = z.registry<SettingNotes>();

function setting<Schema extends z.ZodType>(schema: Schema, about: SettingNotes): Schema {
  notes.add(schema, about);
  return schema;
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const RISKS = ['low', 'medium', 'high'] as const;
const PLACES = ['lab', 'staging', 'prod'] as const satisfies readonly Environment[];

const yesOrNo = (about: string, preset: boolean) =>
  setting(z.boolean(), { kind: 'boolean', about, allowed: 'true or false', example: String(!preset), preset });

// The upper limits keep every interval inside what a timer can hold: beyond 24 days a timer fires at once.
const seconds = (about: string, limits: { readonly min: number; readonly max: number; readonly preset: number }) =>
  setting(z.int().min(limits.min).max(limits.max), {
    kind: 'number',
    about,
    allowed: `a whole number of seconds from ${limits.min} to ${limits.max}`,
    example: String(limits.preset),
    preset: limits.preset,
  });

const path = (about: string, example: string) =>
  setting(z.string().trim().min(1), { kind: 'path', about, allowed: 'the path of a directory or file', example });

/** Every setting of the program. A new setting is one member here: its variable, its flag and its documentation follow. */
export const configSchema = z.strictObject({
  dataDir: path('Where the store, the ledger and the keys are kept.', '/var/lib/routeros-mcp'),
  environments: setting(z.array(z.enum(PLACES)).min(1), {
    kind: 'list',
    about: 'The environments this instance may touch; routers of the others are refused.',
    allowed: `a list of at least one of ${PLACES.join(', ')}`,
    example: 'lab,staging',
    preset: PLACES,
  }),
  encryptionKey: setting(
    z
      .string()
      .trim()
      .min(1)
      .transform((text) => new Secret(text))
      .optional(),
    {
      kind: 'text',
      about: 'The key that seals router credentials.',
      allowed: 'a text that is not empty',
      example: '<your key>',
      secret: true,
    },
  ),
  encryptionKeyFile: setting(z.string().trim().min(1).optional(), {
    kind: 'path',
    about: 'A file that holds the key, instead of the key itself.',
    allowed: 'the path of a file',
    example: '/etc/routeros-mcp/key',
  }),
  policy: z.strictObject({
    advancedWritesAtOnce: yesOrNo(
      'Low-risk changes of one lab or staging router that allows advanced writes run at once, approved by this rule instead of a person.',
      true,
    ),
    twoPersons: yesOrNo('The person who approves must be another one than the person who asked.', false),
    rules: setting(policyRules, {
      kind: 'table',
      about:
        'Rules in front of the built-in ones: the first that matches a plan decides what approving it asks, or refuses it. ' +
        'What is safe at least, no rule lowers: prod by a person at a terminal who types the name, and agents never approve.',
      allowed: 'a list of rules, each with a name, `when` and either `needs` or `refuse`',
      example: '[{"name":"firewall-signed","when":{"topics":"firewall"},"needs":{"approverKey":true}}]',
      preset: [],
      problem: ruleProblem,
    }),
    approverKeys: setting(z.array(z.string().regex(/^[0-9a-f]{64}$/)), {
      kind: 'list',
      about:
        'Ids of the approver keys that count, as `approver list` shows them; empty means every enrolled one. Whoever can write to the store ' +
        'can enrol a key there, but not here.',
      allowed: 'a list of key ids, 64 hex digits each',
      example: `${'0123456789abcdef'.repeat(4)}`,
      preset: [],
    }),
    openPlans: setting(z.int().min(1).max(10_000), {
      kind: 'number',
      about: 'How many plans of one agent may wait at once for a person.',
      allowed: 'a whole number from 1 to 10000',
      example: '20',
      preset: 50,
    }),
    plansPerMinute: setting(z.int().min(1).max(10_000), {
      kind: 'number',
      about: 'How many plans one agent may make in a minute.',
      allowed: 'a whole number from 1 to 10000',
      example: '5',
      preset: 20,
    }),
  }),
  guard: z.strictObject({
    from: setting(z.enum([...RISKS, 'never']), {
      kind: 'text',
      about:
        'From which risk on a change is guarded by a script on the router that undoes it when nobody confirms it; never leaves the routers without one.',
      allowed: `one of ${RISKS.join(', ')}, never`,
      example: 'medium',
      preset: 'low',
    }),
    seconds: seconds('How long a router waits for the confirmation of a change before it goes back by itself.', {
      min: 60,
      max: 3600,
      preset: 300,
    }),
  }),
  checks: z.strictObject({
    soakSeconds: seconds('How long a changed router is watched before its change is confirmed.', { min: 0, max: 1800, preset: 0 }),
  }),
  poll: z.strictObject({
    intervalSeconds: seconds('How often each router is asked how it is.', { min: 1, max: 86_400, preset: 5 }),
  }),
  timeouts: z.strictObject({
    connectSeconds: seconds('How long a router may take to accept a connection.', { min: 1, max: 30, preset: 4 }),
    // RouterOS stops a command at 60 s; only a longer wait hears why.
    requestSeconds: seconds('How long a router may take to answer; longer than the 60 s after which it stops a command.', {
      min: 61,
      max: 3600,
      preset: 75,
    }),
  }),
  logLevel: setting(z.enum(LEVELS), {
    kind: 'text',
    about: 'The least severe messages that are logged; what logs is still to come.',
    allowed: `one of ${LEVELS.join(', ')}`,
    example: 'warn',
    preset: 'info',
  }),
});

type Frozen<T> = T extends Secret | string | number | boolean | undefined
  ? T
  : T extends readonly (infer Member)[]
    ? readonly Frozen<Member>[]
    : { readonly [Name in keyof T]: Frozen<T[Name]> };

/** The settings in force: typed and frozen. */
export type Config = Frozen<z.output<typeof configSchema>>;

/** One setting, found by its dotted key. */
export interface Setting extends SettingNotes {
  /** `timeouts.connectSeconds` */
  readonly key: string;
  /** `ROUTEROS_MCP_TIMEOUTS_CONNECT_SECONDS` */
  readonly variable: string;
  /** `--timeouts-connect-seconds` */
  readonly flag: string;
  readonly schema: z.ZodType;
}

const words = (key: string): string => key.replaceAll('.', '_').replaceAll(/([a-z])([A-Z])/g, '$1_$2');

function settingsIn(group: z.ZodObject, prefix: string): readonly Setting[] {
  return Object.entries(group.shape).flatMap(([name, schema]): readonly Setting[] => {
    const key = `${prefix}${name}`;
    if (schema instanceof z.ZodObject) return settingsIn(schema, `${key}.`);
    const about = schema instanceof z.ZodType ? notes.get(schema) : undefined;
    if (about === undefined || !(schema instanceof z.ZodType)) return [];
    const variable = `ROUTEROS_MCP_${words(key).toUpperCase()}`;
    const flag = `--${words(key).toLowerCase().replaceAll('_', '-')}`;
    return [Object.freeze({ ...about, key, variable, flag, schema })];
  });
}

/** Every setting, in the order of the schema. */
export const SETTINGS: readonly Setting[] = Object.freeze(settingsIn(configSchema, ''));

/** Flat values under dotted keys, in the shape of the schema. */
export function nest(
  values: ReadonlyMap<string, unknown>,
  group: z.ZodObject = configSchema,
  prefix = '',
): Readonly<Record<string, unknown>> {
  const members = Object.entries(group.shape).map(([name, schema]) => {
    const key = `${prefix}${name}`;
    return [name, schema instanceof z.ZodObject ? nest(values, schema, `${key}.`) : values.get(key)] as const;
  });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}
