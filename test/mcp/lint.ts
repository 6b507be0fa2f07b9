/** What every client and model API reads alike; anything else makes some of them drop a tool, or the whole list. */

const INPUT_KEYS = ['type', 'description', 'enum', 'items', 'minimum', 'maximum'];
const OUTPUT_KEYS = ['type', 'description', 'enum', 'items'];
const SCALARS = ['string', 'integer', 'number', 'boolean'];

type Json = Readonly<Record<string, unknown>>;

/** Problems of an input schema, as sentences; none is good. */
export function inputProblems(schema: Json): readonly string[] {
  const { type, properties, required, additionalProperties, ...others } = schema;
  const problems = Object.keys(others).map((key) => `root has ${key}`);
  if (type !== 'object') problems.push('root is no object');
  if (additionalProperties !== false) problems.push('unknown arguments are not refused');
  for (const name of (required ?? []) as readonly string[])
    if (!(name in (properties as Json))) problems.push(`${name} is required and unknown`);
  for (const [name, member] of Object.entries(properties as Record<string, Json>)) {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) problems.push(`${name} is not snake_case`);
    problems.push(...memberProblems(name, member, INPUT_KEYS, true));
  }
  return problems;
}

export function outputProblems(schema: Json): readonly string[] {
  const { type, properties, required, ...others } = schema;
  const problems = Object.keys(others).map((key) => `root has ${key}`);
  if (type !== 'object') problems.push('root is no object');
  // Older clients check refusals against it too: they have `ok` and `error` and nothing else.
  if (JSON.stringify(required) !== '["ok"]') problems.push('more than ok is required');
  for (const [name, member] of Object.entries(properties as Record<string, Json>))
    problems.push(...memberProblems(name, member, OUTPUT_KEYS, false));
  return problems;
}

function memberProblems(name: string, member: Json, keys: readonly string[], scalarsOnly: boolean): readonly string[] {
  const problems = Object.keys(member)
    .filter((key) => !keys.includes(key))
    .map((key) => `${name} has ${key}`);
  const allowed = scalarsOnly ? [...SCALARS, 'array'] : [...SCALARS, 'array', 'object', undefined];
  if (!allowed.includes(member['type'] as string)) problems.push(`${name} has the type ${JSON.stringify(member['type'])}`);
  if (member['enum'] && !(member['enum'] as readonly unknown[]).every((word) => typeof word === 'string'))
    problems.push(`${name} has an enum of no texts`);
  if (member['type'] === 'array') {
    const items = member['items'] as Json;
    const inner = scalarsOnly ? SCALARS : [...SCALARS, 'object'];
    if (!inner.includes(items['type'] as string)) problems.push(`${name} is a list of ${JSON.stringify(items['type'])}`);
  }
  if (scalarsOnly && typeof member['description'] !== 'string') problems.push(`${name} is not described`);
  return problems;
}
