import { z } from 'zod';
import { canonical } from '../core/canonical.ts';
import { oneLine } from '../core/clean.ts';
import { InputError } from '../core/errors.ts';
import { plan as planSchema } from './file-schema.ts';
import { isIntact } from './plan.ts';
import type { Plan } from './types.ts';

/** The form of the files that this program writes, and the newest it reads. */
const FORMAT = 1;
/** Characters. A plan for hundreds of routers is some megabytes. */
export const PLAN_FILE_LARGEST = 32 * 1024 * 1024;
const NOTE = 'A plan as it was made. It carries no approval and no secret; whoever applies it reads the routers again.';
const AGAIN = 'Write it again with --out where the plan was made.';

/** A sealed plan as a document for Git and CI. */
export interface PlanFile {
  readonly format: 1;
  readonly note: string;
  readonly plan: Plan;
}

const document: z.ZodType<PlanFile> = z.strictObject({ format: z.literal(FORMAT), note: z.string().max(1_000), plan: planSchema });

/** What a plan file is, for other programs: JSON Schema 2020-12. */
export const planFileSchema = (): Readonly<Record<string, unknown>> => z.toJSONSchema(document);

/**
 * The text of a plan file: members in a fixed order, so that the same plan is always the same bytes.
 * @throws InputError the plan sets secrets: what is kept of them here can be opened nowhere else
 */
export function planFileText(plan: Plan): string {
  if (plan.targets.some(({ changes }) => changes.some(({ secret, sealed }) => secret.length > 0 || sealed !== undefined)))
    throw new InputError('A plan that sets secrets cannot be written to a file: its secrets do not travel.', {
      hint: `It is stored as ${plan.id}; apply it from there, or plan it where it is to be applied.`,
      details: { planId: plan.id },
    });
  const file: PlanFile = { format: FORMAT, note: NOTE, plan };
  return `${JSON.stringify(JSON.parse(canonical(file)), null, 2)}\n`;
}

/**
 * Reads the text of a plan file.
 * @throws InputError it is too large, no JSON, no plan file, of a newer format, or was altered
 */
export function readPlanFile(text: string): Plan {
  if (text.length > PLAN_FILE_LARGEST) throw planFileTooLarge();
  return acceptPlanFile(parsed(text));
}

/** @throws InputError as `readPlanFile`, for a document that was parsed already */
export function acceptPlanFile(value: unknown): Plan {
  if (typeof value !== 'object' || value === null || !('format' in value) || !('plan' in value)) throw noPlanFile();
  requireKnown(value.format);
  const { plan: inner } = value;
  if (typeof inner === 'object' && inner !== null && 'format' in inner) requireKnown(inner.format);
  const found = document.safeParse(value);
  if (!found.success) {
    const at = found.error.issues[0]?.path.map((part) => oneLine(String(part), 40)).join('.') ?? '';
    throw new InputError('The plan file is not as plan files are: it was edited, or another program wrote it.', {
      hint: AGAIN,
      details: { at },
    });
  }
  const { plan } = found.data;
  if (!isIntact(plan)) throw new InputError('The plan file was altered: it does not match its own hash.', { hint: AGAIN });
  return plan;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError('The plan file is not JSON, or a part of it is missing.', { hint: AGAIN });
  }
}

function requireKnown(format: unknown): void {
  if (format === FORMAT) return;
  if (typeof format !== 'number' || !Number.isSafeInteger(format) || format < FORMAT) throw noPlanFile();
  throw new InputError(`The plan file has format ${format}, and this program reads up to ${FORMAT}.`, {
    hint: 'Use the version of routeros-mcp that wrote it, or a newer one.',
    details: { format, newest: FORMAT },
  });
}

const noPlanFile = (): InputError => new InputError('This is no plan file.', { hint: 'routeros-mcp plan set ... --out FILE writes one.' });

export const planFileTooLarge = (): InputError =>
  new InputError(`The plan file is larger than ${PLAN_FILE_LARGEST / 1024 / 1024} MiB.`, { hint: 'Plan fewer routers at a time.' });
