import { InputError } from '../lib/index.ts';
import type { Tool } from './tool.ts';

/**
 * Arguments as a client sent them, checked one by one.
 * @throws InputError naming the argument, what it takes and an example; or the valid names where it is unknown
 */
export function readArguments(tool: Tool, sent: unknown): Readonly<Record<string, unknown>> {
  if (sent !== undefined && !isRecord(sent))
    throw new InputError('Arguments are one object.', { hint: 'For example {"device_id": "edge-01"}' });
  const given = sent ?? {};
  const allowed = Object.keys(tool.params);
  const unknown = Object.keys(given).filter((name) => !allowed.includes(name));
  if (unknown.length > 0) {
    throw new InputError(`${tool.name} has no argument of that name.`, {
      hint: allowed.length > 0 ? `It takes: ${allowed.join(', ')}.` : 'It takes no arguments.',
      details: { unknown: unknown.slice(0, 10).map((name) => name.slice(0, 64)), allowed },
    });
  }
  const read: Record<string, unknown> = {};
  for (const [name, param] of Object.entries(tool.params)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined || value === null) {
      if (param.required) throw refuse(name, 'is needed', param.allowed, param.example);
      continue;
    }
    const fitting = param.read(value);
    if (fitting === undefined) throw refuse(name, 'does not take this value', param.allowed, param.example);
    read[name] = fitting;
  }
  return Object.freeze(read);
}

function refuse(name: string, problem: string, allowed: string, example: string): InputError {
  return new InputError(`${name} ${problem}: it takes ${allowed}.`, {
    hint: `For example ${name}: ${example}`,
    details: { field: name, allowed, example },
  });
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
