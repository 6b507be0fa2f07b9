import { z } from 'zod';
import { fieldOf, type Kind } from '../field.ts';
import { addressKind, hostKind, networkKind, prefixKind, queueEndKind } from './address.ts';
import { type Words, wordOfKind } from './choice.ts';
import { listKind } from './list-of.ts';
import { plainText } from './text.ts';

/** Lists: a sequence has an order that means something, a set has none. */

const VLAN = { min: 1, max: 4094 };

/** One VLAN number, or a rising range of them. */
function readVlans(text: string): number | string | undefined {
  const [, from, to] = /^(\d+|0x[0-9a-fA-F]+)(?:-(\d+))?$/.exec(text) ?? [];
  const [low, high] = [Number(from), Number(to ?? from)];
  if (!(low >= VLAN.min && high <= VLAN.max && low <= high)) return undefined;
  return low === high ? low : `${low}-${high}`;
}

const VLANS = `a VLAN number from ${VLAN.min} to ${VLAN.max}, or a range a-b`;
const vlansKind: Kind<number | string> = {
  shape: { name: 'integer', ...VLAN, words: [] },
  schema: z.union([z.number(), z.string()]).refine((member) => readVlans(String(member)) === member, VLANS),
  example: '10,20-29',
  allowed: VLANS,
  decode: readVlans,
  encode: String,
};

/** Servers in the order in which they are asked. */
export const hostSequence = fieldOf(listKind(hostKind, true));
export const addressSequence = fieldOf(listKind(addressKind, true));
export const addressSet = fieldOf(listKind(addressKind, false));
/** Ranges in the order in which they are used. */
export const networkSequence = fieldOf(listKind(networkKind, true));
/** Addresses, networks and ranges in any order; host bits mean nothing. */
export const networkSet = fieldOf(listKind(networkKind, false));
/** Prefixes in any order; a bare address gains its length. */
export const prefixSet = fieldOf(listKind(prefixKind, false));
/** The ends of a queue. */
export const queueEnds = fieldOf(listKind(queueEndKind, false));
/** Names in an order that means something (templates, address families). */
export const textSequence = fieldOf(listKind(plainText, true));
export const textSet = fieldOf(listKind(plainText, false));
/** Any number of the given words. */
export const wordSet = (...values: Words) => fieldOf(listKind(wordOfKind(values), false));
/** VLAN numbers and ranges. */
export const vlanIds = fieldOf(listKind(vlansKind, false));
