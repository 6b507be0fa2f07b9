/** The flags before a printed row, and the legend above all of them that says what they mean. */

/** `Flags: X - DISABLED, I - invalid; D - DYNAMIC`, over as many lines as it takes; `Columns:` lines go with it. */
export function readLegend(lines: readonly string[]): { readonly legend: ReadonlyMap<string, string>; readonly rest: readonly string[] } {
  const legend = new Map<string, string>();
  const rest: string[] = [];
  let inside = false;
  for (const line of lines) {
    const first = /^\s*Flags:\s*(.*)$/.exec(line);
    if (first || (inside && isLegend(line))) {
      inside = true;
      for (const part of (first?.[1] ?? line).split(/[,;]/)) learn(legend, part.trim());
    } else {
      inside = false;
      if (!/^\s*Columns:/.test(line)) rest.push(line);
    }
  }
  return { legend, rest };
}

const isLegend = (line: string): boolean => /^\s*\S - [A-Za-z][\w -]*(?:[,;]|\s*$)/.test(line);

function learn(legend: Map<string, string>, part: string): void {
  const [, letter, meaning] = /^(\S) - ([A-Za-z][\w -]*)$/.exec(part) ?? [];
  if (letter !== undefined && meaning !== undefined) legend.set(letter, meaning.trim().toLowerCase().replaceAll(/\s+/g, '-'));
}

/** Takes the flags off the start of a row, where they stand in one word (`XID`) or several (`X ID`). */
export function readFlags(
  text: string,
  legend: ReadonlyMap<string, string>,
): { readonly flags: readonly [string, string][]; readonly rest: string } {
  const flags: [string, string][] = [];
  let unknown = '';
  let rest = text;
  for (let word = /^\s*(\S{1,12})(?=\s|$)/.exec(rest); word; word = /^\s*(\S{1,12})(?=\s|$)/.exec(rest)) {
    const letters = [...(word[1] ?? '')];
    const isKnown = letters.every((letter) => legend.has(letter));
    if (!isKnown && !/^[A-Z]{1,6}$/.test(word[1] ?? '')) break;
    for (const letter of letters) {
      const meaning = legend.get(letter);
      if (meaning === undefined) unknown += letter;
      else flags.push([meaning, 'true']);
    }
    rest = rest.slice(word[0].length);
  }
  if (unknown !== '') flags.push(['.flags', unknown]);
  return { flags, rest };
}
