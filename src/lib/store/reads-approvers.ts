import { sql } from 'kysely';
import type { ApproverKey } from '../plan/approver-key.ts';
import type { TargetState } from '../plan/types.ts';
import { approverOf, frozen } from './codec.ts';
import type { Driver } from './driver.ts';
import { build } from './schema.ts';

export const readApproverKeys = (driver: Driver): readonly ApproverKey[] =>
  frozen(driver.all(build.selectFrom('approvers').selectAll().orderBy('position').compile()).map(approverOf));

const authorId = sql<string>`json_extract(body, '$.author.id')`;

/** Counted by the database: the plans of a flood are not read to find out that it is one. */
export function countPlans(
  driver: Driver,
  { author, states }: { readonly author: string; readonly states: readonly TargetState[] },
): number {
  const open = build.selectFrom('targets').select('plan_id').where('state', 'in', states);
  const query = build.selectFrom('plans').select(sql<number>`count(*)`.as('count')).where('id', 'in', open).where(authorId, '=', author);
  return driver.all(query.compile())[0]?.count ?? 0;
}
