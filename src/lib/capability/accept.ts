import { cleanText } from '../core/clean.ts';
import { InputError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import type { Capability } from './define.ts';
import { type Field, type Fields, kebab, snake } from './field.ts';

/** The declared name for what a caller wrote: `allowRemoteRequests`, `allow-remote-requests` or `allow_remote_requests`. */
export function fieldNamed(fields: Fields, written: string): string | undefined {
  if (Object.hasOwn(fields, written)) return written;
  return Object.keys(fields).find((name) => kebab(name) === written || snake(name) === written);
}

/** As `fieldNamed`, for input: an unknown name is answered with the valid ones. */
export function requireField(owner: { readonly id: string; readonly fields: Fields }, written: string): { name: string; field: Field } {
  const name = fieldNamed(owner.fields, written);
  const field = name === undefined ? undefined : owner.fields[name];
  if (name !== undefined && field) return { name, field };
  throw new InputError(`${owner.id} has no field of that name.`, {
    code: 'UNKNOWN_FIELD',
    hint: `Use one of: ${Object.keys(owner.fields).map(kebab).join(', ')}.`,
    details: { capability: owner.id, field: written.slice(0, 64), allowed: Object.keys(owner.fields).map(kebab) },
  });
}

/**
 * Values as a caller wrote them, checked and typed. Text is read as RouterOS writes it; JSON values must have the field's type.
 * The value of a secret field is taken as a `Secret` only, and stays one.
 * @throws InputError naming the field, what is allowed and an example; nothing was sent anywhere
 */
export function acceptValues(capability: Capability, written: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const accepted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(written)) {
    const { name, field } = requireField(capability, key);
    if (field.traits.readOnly) {
      throw new InputError(`${kebab(name)} is read only: RouterOS sets it itself.`, {
        code: 'READ_ONLY',
        hint: 'Leave it out.',
        details: { capability: capability.id, field: kebab(name) },
      });
    }
    if (name in accepted) throw new InputError(`${kebab(name)} is given twice.`, { hint: 'Give each field once.' });
    accepted[name] = field.traits.secret ? acceptSecret(capability.id, name, field, value) : acceptValue(capability.id, name, field, value);
  }
  return accepted;
}

/** One value, checked and typed. */
export function acceptValue(owner: string, name: string, field: Field, value: unknown): unknown {
  const typed = typeof value === 'string' ? readText(field, value) : value;
  const checked = typed === undefined ? undefined : field.kind.schema.safeParse(typed);
  if (checked?.success && !hides(checked.data)) return checked.data;
  throw new InputError(`${kebab(name)} does not take this value: it takes ${field.kind.allowed}.`, {
    hint: `For example ${kebab(name)}=${field.kind.example}`,
    details: { capability: owner, field: kebab(name), allowed: field.kind.allowed, example: field.kind.example },
  });
}

/** What RouterOS shows in place of a secret, and what we do: somebody read it and sends it back. */
const MASKS: readonly string[] = ['*****', '(secret)', '[secret]'];

/** A secret, checked without a word of it: it came through no argument, no file and no model that keeps what it was told. */
function acceptSecret(owner: string, name: string, field: Field, value: unknown): Secret {
  const details = { capability: owner, field: kebab(name) };
  if (!(value instanceof Secret)) {
    throw new InputError(`${kebab(name)} is secret: it is not taken as plain text.`, {
      hint: `A person types it unseen at a terminal: routeros-mcp plan set or plan add, with --secret ${kebab(name)}.`,
      details,
    });
  }
  const text = value.reveal();
  if (MASKS.includes(text)) {
    throw new InputError(`${kebab(name)} is what stands in place of a secret, not the secret.`, {
      hint: 'Leave it out to keep it.',
      details,
    });
  }
  const typed = text === '' ? undefined : readText(field, text);
  const checked = typed === undefined ? undefined : field.kind.schema.safeParse(typed);
  if (checked?.success && !hides(checked.data) && text.isWellFormed()) return new Secret(field.kind.encode(checked.data));
  throw new InputError(`${kebab(name)} does not take this value: it takes ${field.kind.allowed}, and is not empty.`, {
    hint: 'Give it again, without line ends and control characters.',
    details,
  });
}

/** From RouterOS a present but empty switch is on; from a person it says nothing. */
const readText = (field: Field, text: string): unknown =>
  text === '' && field.kind.shape.name === 'flag' ? undefined : field.kind.decode(text);

/** Text that could move a terminal or hide from a reader is refused on the way in as it is cleaned on the way out. */
function hides(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hides);
  return typeof value === 'string' && (value.includes('\r') || cleanText(value) !== value);
}
