import { sql } from 'kysely';
import type { ApproverKey } from '../plan/approver-key.ts';
import { approverOf, frozen } from './codec.ts';
import type { Driver } from './driver.ts';
import { build } from './schema.ts';
import type { PlanCountFilter } from './store.ts';

export const readApproverKeys = (driver: Driver): readonly ApproverKey[] =>
  frozen(driver.all(build.selectFrom('approvers').selectAll().orderBy('position').compile()).map(approverOf));

const authorId = sql<string>`json_extract(body, '$.author.id')`;
const authorFor = sql<string | null>`json_extract(body, '$.author.onBehalfOf')`;

/** Counted by the database: the plans of a flood are not read to find out that it is one. */
export function countPlans(driver: Driver, { author, states }: PlanCountFilter): number {
  const open = build.selectFrom('targets').select('plan_id').where('state', 'in', states);
  const plans = build.selectFrom('plans').select(sql<number>`count(*)`.as('count')).where('id', 'in', open);
  // A client calls itself as it likes: what counts is for whom it asks.
  const query =
    author.onBehalfOf === undefined
      ? plans.where(authorId, '=', author.id).where(authorFor, 'is', null)
      : plans.where(authorFor, '=', author.onBehalfOf);
  return driver.all(query.compile())[0]?.count ?? 0;
}
