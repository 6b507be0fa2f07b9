import { z } from 'zod';
import { oneLine } from '../core/clean.ts';

/** The rules of the policy table as they stand in a file: what a rule means is said in `plan/policy/rule.ts`. */

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;
const MOST_RULES = 200;

/** One value or a list of them; never an empty list, which would match nothing and look as if it did. */
const oneOrMore = <Member extends z.ZodType>(member: Member) =>
  z.preprocess((value) => (Array.isArray(value) || value === undefined ? value : [value]), z.array(member).min(1));

const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

const when = z.strictObject({
  environment: oneOrMore(z.enum(['lab', 'staging', 'prod'])).exactOptional(),
  risk: oneOrMore(z.enum(['low', 'medium', 'high'])).exactOptional(),
  recipe: oneOrMore(word).exactOptional(),
  topics: oneOrMore(word).exactOptional(),
  onlyTopics: oneOrMore(word).exactOptional(),
  lost: z.boolean().exactOptional(),
  guard: z.enum(['armed', 'none']).exactOptional(),
  reach: oneOrMore(z.enum(['yes', 'no', 'unknown'])).exactOptional(),
  devicesMoreThan: z.int().min(0).max(100_000).exactOptional(),
});

const needs = z
  .strictObject({
    approver: z.enum(['rule', 'person']).exactOptional(),
    terminal: z.boolean().exactOptional(),
    typedName: z.boolean().exactOptional(),
    twoPersons: z.boolean().exactOptional(),
    approverKey: z.boolean().exactOptional(),
  })
  .refine((asked) => Object.keys(asked).length > 0, 'asks nothing');

const rule = z.strictObject({
  name: z.string().regex(NAME),
  when: when.default({}),
  needs: needs.exactOptional(),
  refuse: z.string().trim().min(1).max(200).exactOptional(),
});

export const policyRules = z
  .array(rule.refine((one) => (one.needs === undefined) !== (one.refuse === undefined)))
  .max(MOST_RULES)
  .refine((rules) => new Set(rules.map(({ name }) => name)).size === rules.length);

/** What is wrong with a table that does not fit, by the name of its rule: `rule night-freeze: when.risk must be ...`. */
export function ruleProblem(value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const seen = new Set<string>();
  for (const [at, one] of value.entries()) {
    const name = nameOf(one);
    const who = name === undefined ? `rule ${at + 1}` : `rule ${oneLine(name, 40)}`;
    if (name !== undefined && seen.has(name)) return `${who} stands there twice`;
    if (name !== undefined) seen.add(name);
    const checked = rule.safeParse(one);
    if (checked.success) {
      if ((checked.data.needs === undefined) !== (checked.data.refuse === undefined)) continue;
      return `${who} says ${checked.data.needs ? 'both needs and refuse' : 'neither needs nor refuse'}: it takes one of them`;
    }
    const [issue] = checked.error.issues;
    // Which of several values it is, the sentence does not say.
    const place = issue?.path.filter((part) => typeof part === 'string').join('.') ?? '';
    if (issue?.code === 'unrecognized_keys')
      return `${who} has ${oneLine(issue.keys.join(', '), 80)}${inside(place)}, which is no part of a rule`;
    return `${who}: ${place === '' ? 'it is no rule' : `${oneLine(place, 60)} ${EXPECTED[place] ?? 'has a value that cannot be used'}`}`;
  }
  return value.length > MOST_RULES ? `there are more than ${MOST_RULES} rules` : undefined;
}

const inside = (place: string): string => (place === '' ? '' : ` in ${oneLine(place, 40)}`);

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' ? value.name : undefined;

const EXPECTED: Readonly<Record<string, string>> = {
  name: 'must be lower-case letters, digits and hyphens, 40 at most',
  'when.environment': 'must be lab, staging or prod, one or a list',
  'when.risk': 'must be low, medium or high, one or a list',
  'when.recipe': 'must be the id of a recipe, one or a list',
  'when.topics': 'must be topics of the catalog, one or a list',
  'when.onlyTopics': 'must be topics of the catalog, one or a list',
  'when.lost': 'must be true or false',
  'when.guard': 'must be armed or none',
  'when.reach': 'must be yes, no or unknown, one or a list',
  'when.devicesMoreThan': 'must be a whole number from 0 to 100000',
  needs: 'must ask something',
  'needs.approver': 'must be rule or person',
  'needs.terminal': 'must be true or false',
  'needs.typedName': 'must be true or false',
  'needs.twoPersons': 'must be true or false',
  'needs.approverKey': 'must be true or false',
  refuse: 'must be a reason of 1 to 200 characters',
};
