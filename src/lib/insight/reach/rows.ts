import type { Decoded } from '../../capability/codec.ts';
import { oneLine } from '../../core/clean.ts';

/** Reading decoded rows whose capability is not known to the type system. */

export const textOf = (row: Decoded, name: string): string => {
  const value = row.item[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

export const isSet = (row: Decoded, name: string): boolean => row.item[name] === true;
export const isOn = (row: Decoded): boolean => !isSet(row, 'disabled');

export const listOf = (row: Decoded, name: string): readonly string[] => {
  const value = row.item[name];
  return Array.isArray(value) ? value.map(String) : [];
};

const LONGEST = 100;

/** A row as a person calls it: router text, data. */
export function labelOf(row: Decoded): string {
  const said = textOf(row, 'comment') || textOf(row, 'name');
  const what = ['chain', 'action', 'list', 'address', 'dstAddress', 'interface'].map((field) => textOf(row, field)).filter(Boolean);
  return oneLine(said || [...what, row.id].join(' '), LONGEST);
}
