/** One part of the answer of a view, as it is drawn: values below each other, or a table. */
export type Section =
  /** The values that stand at the top have no name. */
  | { readonly kind: 'values'; readonly name: string; readonly values: readonly (readonly [name: string, value: unknown])[] }
  | { readonly kind: 'rows'; readonly name: string; readonly names: readonly string[]; readonly rows: readonly Row[] };

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is readonly Row[] => Array.isArray(value) && value.length > 0 && value.every(isRow);

/** The answer of a view in parts: first what is a plain value, then what has values or rows of its own, in its order. */
export function sectionsOf(data: Row): readonly Section[] {
  const entries = Object.entries(data);
  const plain = entries.filter(([, value]) => !isRow(value) && !isRows(value));
  const parts = entries.flatMap(([name, value]): readonly Section[] => {
    if (isRow(value)) return nested(name, value);
    if (!isRows(value)) return [];
    return [{ kind: 'rows', name, names: [...new Set(value.flatMap((row) => Object.keys(row)))], rows: value }];
  });
  return [...(plain.length > 0 ? [{ kind: 'values', name: '', values: plain } as const] : []), ...parts];
}

/** What is inside a part is named after it. */
const nested = (name: string, value: Row): readonly Section[] =>
  sectionsOf(value).map((section) => ({ ...section, name: section.name === '' ? name : `${name} ${section.name}` }));
