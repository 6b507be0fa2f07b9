import type { Effort } from './row.ts';
import type { Pair } from './statistics.ts';

/**
 * Measures both in turn, pair by pair, and who goes first changes with every pair: what one leaves behind (warm caches, ports that
 * wait, a busy collector) is felt by both alike.
 */
export async function alternate({ pairs }: Effort, ours: () => Promise<number>, bare: () => Promise<number>): Promise<readonly Pair[]> {
  const measured: Pair[] = [];
  for (let index = 0; index < pairs; index += 1) {
    if (index % 2 === 0) measured.push({ ours: await ours(), bare: await bare() });
    else {
      const second = await bare();
      measured.push({ ours: await ours(), bare: second });
    }
  }
  return measured;
}
