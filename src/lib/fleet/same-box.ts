import type { Reader } from '../client/types.ts';
import { RouterError } from '../core/errors.ts';
import { readFacts, readHardwareId } from '../insight/facts.ts';
import { stale } from '../plan/outcome.ts';
import type { Outcome, Target } from '../plan/types.ts';

/** The same box, on the same version? Another one under this address is stale, whatever its rows say. @param now milliseconds since 1970 */
export async function otherBox(reader: Reader, { hardwareId, version }: Target, now: number): Promise<Outcome | undefined> {
  const facts = await readFacts(reader, now);
  if (facts.hardwareId === hardwareId && facts.version === version) return undefined;
  return { ...stale([], [], now), summary: 'Another box, or another version, answers at this address now; nothing was sent.' };
}

/** Only who says another name is another one: a router that will not tell is undone all the same. */
export async function isSameBox(reader: Reader, { hardwareId }: Target): Promise<boolean> {
  try {
    return (await readHardwareId(reader)) === hardwareId;
  } catch (thrown) {
    if (thrown instanceof RouterError) return true;
    throw thrown;
  }
}
