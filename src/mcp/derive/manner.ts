import { InputError, type PlanManyRequest } from '../../lib/index.ts';
import { type ArgsOf, integerParam, textParam, textsParam, wordParam } from '../schema.ts';

/** How a plan is checked, and carried out over several routers. */
export const mannerParams = {
  waves: textParam({
    about: 'Routers per wave; default 1,5,25.',
    example: '"1,5,25"',
    allowed: 'sizes such as 1,5,25, or serial',
    max: 200,
  }),
  budget: integerParam({ about: 'Failed routers that are borne.', min: 0, max: 1_000, example: 0 }),
  on_stop: wordParam(['keep', 'roll-back-wave', 'roll-back-all'], 'Then, with those done.'),
  checks: textsParam({ about: 'What must hold after.', example: 'ping 192.0.2.1', max: 20 }),
  soak_seconds: integerParam({ about: 'Watched before it is confirmed.', min: 0, max: 3_600, example: 60 }),
};

export type Manner = Pick<PlanManyRequest, 'rollout' | 'checks' | 'soakSeconds'>;

/** @throws InputError for waves that are no sizes */
export function mannerOf({ waves, budget, on_stop, checks, soak_seconds }: ArgsOf<typeof mannerParams>): Manner {
  const sizes = wavesOf(waves);
  const rollout = {
    ...(sizes !== undefined && { waves: sizes }),
    ...(budget !== undefined && { budget }),
    ...(on_stop !== undefined && { onStop: on_stop }),
  };
  return {
    ...(Object.keys(rollout).length > 0 && { rollout }),
    ...(checks && checks.length > 0 && { checks }),
    ...(soak_seconds !== undefined && { soakSeconds: soak_seconds }),
  };
}

function wavesOf(text: string | undefined): readonly number[] | 'serial' | undefined {
  if (text === undefined) return undefined;
  if (text.trim() === 'serial') return 'serial';
  const sizes = text.split(',').map((size) => size.trim());
  if (sizes.every((size) => /^[1-9]\d{0,3}$/.test(size))) return sizes.map(Number);
  throw new InputError('waves does not take this value: it takes sizes such as 1,5,25, or serial.', {
    hint: 'For example waves: "1,5,25"',
    details: { field: 'waves' },
  });
}
