import type { WriteCall } from '../../lib/index.ts';

const PLAIN = /^[\w.,:/!*#-]+$/;
/** All that a terminal would draw as nothing, as something else, or as one blank where there are two. */
const UNSEEN = /["\\]|(?<=^| ) | (?=$)|[^\S ]|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;
const NAMED: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', ' ': '\\_', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Nothing of a value is left out, and two values never look alike: what a person approves is what is sent. As RouterOS escapes. */
function quoted(value: string): string {
  if (PLAIN.test(value)) return value;
  const visible = value.replace(UNSEEN, (found) => NAMED[found] ?? `\\u{${found.codePointAt(0)?.toString(16).toUpperCase()}}`);
  return `"${visible}"`;
}

/** One literal request in the words of RouterOS's console. Values of the named secret fields are not shown. */
export function callText(call: WriteCall, secret: readonly string[] = []): string {
  const pairs = (values: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(values).map(([name, value]) =>
      secret.includes(name) ? `${name}=(secret)` : name.startsWith('!') ? name : `${name}=${quoted(value)}`,
    );
  const words = (): readonly string[] => {
    switch (call.verb) {
      case 'add':
        return ['add', ...pairs(call.values), ...(call.placeBefore === undefined ? [] : [`place-before=${call.placeBefore}`])];
      case 'set':
        return ['set', ...(call.id === undefined ? [] : [call.id]), ...pairs(call.values)];
      case 'unset':
        return ['unset', call.id, call.field];
      case 'remove':
        return ['remove', call.id];
      case 'command':
        return [call.command, ...pairs(call.values)];
      case 'move':
        return ['move', call.id, call.before === undefined ? 'to the end' : `destination=${call.before}`];
    }
  };
  return [call.menu, ...words()].join(' ');
}
