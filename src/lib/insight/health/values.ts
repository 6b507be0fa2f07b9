/** What is looked at when data comes back out of a snapshot, and how decoded values are told apart. */

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
export const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

export const numberOf = (value: unknown): number | undefined => (isNumber(value) ? value : undefined);
export const textOf = (value: unknown): string | undefined => (isText(value) ? value : undefined);

/** In order, each once: a snapshot of the same router is the same text. */
export const sorted = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].sort();
