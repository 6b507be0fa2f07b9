import type { CompiledQuery } from 'kysely';

/** One statement of a write. It must change exactly one row; where it does not, its condition did not hold. */
export interface Step {
  compile(): CompiledQuery<unknown>;
  /** It has no condition: any number of rows will do, none among them. */
  readonly rows?: 'any';
}
