import { z } from 'zod';
import { deviceName, ENVIRONMENTS } from '../device/device.ts';
import type { Change, Guard, Plan, Step, Target } from './types.ts';

/** Text of a router, or of a person: cleaned where it is shown, and never longer than what a field can hold. */
const text = z.string().max(65_535);
/** A sentence of ours. */
const sentence = z.string().max(2_000);
const count = z.int().min(0);
const time = z.int().min(0).describe('milliseconds since 1970');
const menu = z.string().regex(/^(?:\/[a-z0-9-]+)+$/);
const capability = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const id = text.describe('an id of the router, #n for the n-th row the plan creates, or empty for a singleton');
const place = text.nullable();
const row = z.record(z.string().max(200), text).describe('fields under their RouterOS names');
const digest = z.string().regex(/^[0-9a-f]{64}$/);
export const planId = z.string().regex(/^pln_[0-9a-z]{16}$/);

const change: z.ZodType<Change> = z.strictObject({
  capability,
  menu,
  verb: z.enum(['add', 'set', 'remove', 'move']),
  row: id,
  label: text,
  before: row.nullable(),
  after: row.nullable(),
  place: z.strictObject({ from: place.exactOptional(), to: place.exactOptional() }).exactOptional(),
  secret: z.array(text).max(0).describe('a plan with secrets has no file'),
});

const call: z.ZodType<Step['call']> = z.discriminatedUnion('verb', [
  z.strictObject({
    verb: z.literal('add'),
    menu,
    values: row,
    placeBefore: text.exactOptional(),
    by: z.strictObject({ menu, command: capability }).exactOptional(),
  }),
  z.strictObject({ verb: z.literal('set'), menu, id: text.exactOptional(), values: row }),
  z.strictObject({ verb: z.literal('unset'), menu, id: text, field: text }),
  z.strictObject({ verb: z.literal('remove'), menu, id: text }),
  z.strictObject({ verb: z.literal('move'), menu, id: text, before: text.exactOptional() }),
  z.strictObject({ verb: z.literal('command'), menu, command: capability, values: row }),
]);

const section = z.strictObject({
  capability,
  menu,
  rows: z.array(z.strictObject({ id, content: row.nullable(), before: place, after: place })),
  keys: z.array(z.strictObject({ key: text, ids: z.array(text) })),
  critical: z.literal(true).exactOptional(),
});

const guard: z.ZodType<Guard> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('armed'),
    token: z.string().regex(/^[0-9a-f]{10}$/),
    triggers: z.array(z.enum(['job', 'scheduler', 'startup'])),
    seconds: z.int().min(1).max(86_400),
    warnings: z.array(sentence),
  }),
  z.strictObject({ kind: z.literal('none'), why: sentence }),
]);

const reach = z.strictObject({
  transport: z.enum(['rest', 'ssh']),
  verdict: z.enum(['yes', 'no', 'unknown']),
  why: sentence,
  rule: text.exactOptional(),
});

const target: z.ZodType<Target> = z.strictObject({
  deviceId: z.string().min(1).max(64),
  deviceName,
  environment: z.enum(ENVIRONMENTS),
  hardwareId: z.string().min(1).max(200),
  version: z.string().max(64),
  base: z.strictObject({ sections: z.array(section), fingerprint: digest }),
  changes: z.array(change).min(1),
  steps: z.array(z.strictObject({ change: count, call })),
  undo: z.array(z.array(call)),
  lost: z.array(z.strictObject({ change: count, why: sentence })),
  guard,
  reach: z.array(reach),
  checks: z.array(sentence),
});

const rollout = z.strictObject({
  waves: z.array(z.array(z.string()).min(1)).min(1),
  parallel: z.int().min(1).max(25),
  pauseSeconds: z.int().min(0).max(3_600),
  budget: count,
  onStop: z.enum(['keep', 'roll-back-wave', 'roll-back-all']),
});

export const plan: z.ZodType<Plan> = z.strictObject({
  format: z.literal(1),
  id: planId,
  author: z.strictObject({ id: text, onBehalfOf: text.exactOptional(), origin: text }),
  recipe: text.exactOptional(),
  summary: text,
  risk: z.enum(['low', 'medium', 'high']),
  reasons: z.array(sentence),
  blastRadius: z.strictObject({ devices: count, changes: count, menus: z.array(menu) }),
  targets: z.array(target).min(1),
  checks: z.array(sentence),
  soakSeconds: z.int().min(0).max(3_600),
  rollout: rollout.exactOptional(),
  createdAt: time,
  expiresAt: time,
  executeWithin: count,
  hash: digest.describe('SHA-256 over the canonical JSON of all other members'),
});
