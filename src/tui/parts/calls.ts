import { oneLine, type WriteCall } from '../../lib/index.ts';

/** Nothing of a value is left out: what a person approves is what is sent. */
const LONGEST = 65_535;

const quoted = (value: string): string => {
  const text = oneLine(value, LONGEST);
  return /^[\w.,:/!*#-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
};

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
