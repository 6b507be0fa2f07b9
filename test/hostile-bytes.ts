/** Random input that is the same each time: a failure can be seen again. */

export type Random = (below: number) => number;

/** Whole numbers from 0, always the same ones for a seed. */
export function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const KNOBS = Buffer.from('\\"\'[]{}()=;:,.#$!*?% \t\r\n\u001b\u0000azAZ09_-|@/');

/** One of the seeds with some of its bytes changed, taken out, doubled, or replaced by ones that mean something to a parser. */
export function mutated(random: Random, seeds: readonly Buffer[]): Buffer {
  let bytes: Buffer = Buffer.from(seeds[random(seeds.length)] ?? '');
  for (let left = 1 + random(6); left > 0; left -= 1) {
    const at = random(bytes.length + 1);
    const kind = random(6);
    const knob = Buffer.from([KNOBS[random(KNOBS.length)] ?? 0]);
    if (kind === 0) bytes = Buffer.concat([bytes.subarray(0, at), knob, bytes.subarray(at)]);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(8))]);
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(random(at + 1))]);
    else if (kind === 3) bytes = bytes.subarray(0, at);
    else if (at < bytes.length) bytes[at] = kind === 4 ? random(256) : (knob[0] ?? 0);
  }
  return bytes;
}
