import { InputError } from '../core/errors.ts';

/** As many as a caller gets who does not say. */
const USUAL = 100;

/** @throws InputError for what is no number of things, or more than `most` */
export function limitOf(limit: number | undefined, most: number): number {
  const wanted = limit ?? USUAL;
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= most) return wanted;
  throw new InputError(`limit is a whole number ${most < Number.MAX_SAFE_INTEGER ? `from 1 to ${most}` : 'of 1 or more'}.`, {
    hint: 'For example limit=100',
  });
}

/** The same, where asking for more is no mistake: there is just no more to be had. */
export const limitUpTo = (limit: number | undefined, most: number): number => Math.min(limitOf(limit, Number.MAX_SAFE_INTEGER), most);
