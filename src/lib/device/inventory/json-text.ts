/** What JSON holds, and on which line each of its objects begins. */
export type ReadJson =
  | { readonly value: unknown; readonly lineOf: (object: object) => number | undefined }
  | { readonly line: number; readonly problem: string };

/** Deeper than any list of routers. */
const DEPTH = 32;

interface Place {
  readonly text: string;
  readonly lines: WeakMap<object, number>;
  at: number;
  line: number;
}

/** Not JSON any more; its words never repeat the text. */
class Broken extends Error {}

/**
 * Reads JSON and remembers lines, which `JSON.parse` does not; its errors also quote the text around the mistake, which may hold a
 * password. Takes any text and never throws.
 */
export function readJsonText(text: string): ReadJson {
  const place: Place = { text, lines: new WeakMap(), at: 0, line: 1 };
  try {
    const value = readValue(place, 0);
    skipSpace(place);
    if (place.at < text.length) throw new Broken('Something stands behind the end of the JSON');
    return { value, lineOf: (object) => place.lines.get(object) };
  } catch (thrown) {
    if (!(thrown instanceof Broken)) throw thrown;
    return { line: place.line, problem: thrown.message };
  }
}

function skipSpace(place: Place): void {
  const { text } = place;
  for (; ; place.at += 1) {
    const one = text[place.at];
    if (one === '\n') place.line += 1;
    else if (one !== ' ' && one !== '\t' && one !== '\r') return;
  }
}

const WORDS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function readValue(place: Place, depth: number): unknown {
  skipSpace(place);
  const one = place.text[place.at];
  if (one === '{' || one === '[') {
    if (depth >= DEPTH) throw new Broken('The JSON is nested too deeply');
    return one === '{' ? readObject(place, depth + 1) : readArray(place, depth + 1);
  }
  if (one === '"') return readString(place);
  for (const [word, value] of WORDS) {
    if (!place.text.startsWith(word, place.at)) continue;
    place.at += word.length;
    return value;
  }
  const number = match(place, NUMBER);
  if (number === undefined)
    throw new Broken(one === undefined ? 'The JSON ends too early' : 'A value of the JSON is missing or not written as JSON');
  return Number(number);
}

function match(place: Place, pattern: RegExp): string | undefined {
  pattern.lastIndex = place.at;
  const found = pattern.exec(place.text)?.[0];
  if (found !== undefined) place.at += found.length;
  return found;
}

function readString(place: Place): string {
  const { text, at } = place;
  let end = at + 1;
  // Walked by hand: a pattern for this keeps a note of every escape, and runs out of room on a text of nothing else.
  while (end < text.length && text[end] !== '"' && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  place.at = end + 1;
  try {
    return String(JSON.parse(text.slice(at, place.at)));
  } catch {
    throw new Broken('A text of the JSON is not closed, or holds a character that must be escaped');
  }
}

/** Goes past a comma and answers true, or past the end and answers false. */
function hasNext(place: Place, end: '}' | ']'): boolean {
  skipSpace(place);
  const one = place.text[place.at];
  if (one !== ',' && one !== end)
    throw new Broken(one === undefined ? 'The JSON ends too early' : `A comma or ${end} of the JSON is missing`);
  place.at += 1;
  return one === ',';
}

/** Goes past an end that comes at once. */
function isEmpty(place: Place, end: '}' | ']'): boolean {
  place.at += 1;
  skipSpace(place);
  if (place.text[place.at] !== end) return false;
  place.at += 1;
  return true;
}

function readArray(place: Place, depth: number): readonly unknown[] {
  const items: unknown[] = [];
  if (isEmpty(place, ']')) return items;
  do items.push(readValue(place, depth));
  while (hasNext(place, ']'));
  return items;
}

function readObject(place: Place, depth: number): object {
  const { line } = place;
  const members: [string, unknown][] = [];
  if (!isEmpty(place, '}')) {
    do {
      skipSpace(place);
      if (place.text[place.at] !== '"') throw new Broken('A name of the JSON is missing or not in double quotes');
      const name = readString(place);
      skipSpace(place);
      if (place.text[place.at] !== ':') throw new Broken('A colon of the JSON is missing');
      place.at += 1;
      members.push([name, readValue(place, depth)]);
    } while (hasNext(place, '}'));
  }
  // Own properties only: a member called __proto__ is no more than a member.
  const made: object = Object.fromEntries(members);
  place.lines.set(made, line);
  return made;
}
