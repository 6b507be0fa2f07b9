import { FleetError } from '../../src/lib/core/errors.ts';

/** What a promise was refused with. */
export async function refusal(work: Promise<unknown>): Promise<FleetError> {
  const thrown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (thrown instanceof FleetError) return thrown;
  throw new Error(`expected a refusal, got ${String(thrown)}`, { cause: thrown });
}
