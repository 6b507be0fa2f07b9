/**
 * How an argument is read: `value` as a script value, `raw` as text for a menu, `bool` as yes or no, `flag` without a value, `code`
 * as commands in braces, `text` as the text between braces, `array` as a list in braces, `names` as names of variables.
 */
export type Slot = 'value' | 'raw' | 'bool' | 'flag' | 'code' | 'text' | 'array' | 'names';

export interface Signature {
  /** Names of the arguments that may come without one, in order. */
  readonly positional: readonly string[];
  /** Takes `where`. */
  readonly where?: true;
  /** Takes conditions without `where` as well. */
  readonly conditions?: true;
  slot(name: string): Slot | undefined;
}

interface GlobalCommand {
  readonly positional: readonly string[];
  readonly slots: Readonly<Record<string, Slot>>;
}

/** `value:array do=code`: names before the bar may come without their name. */
function command(text: string): GlobalCommand {
  const [front = '', back = ''] = text.split('|');
  const words = (part: string): [string, Slot][] =>
    part
      .split(' ')
      .filter(Boolean)
      .map((word) => {
        const [name = '', slot = 'value'] = word.split(':');
        return [name, slot as Slot];
      });
  return { positional: words(front).map(([name]) => name), slots: Object.fromEntries([...words(front), ...words(back)]) };
}

/** The commands that work in every menu. */
export const GLOBAL_COMMANDS: Readonly<Record<string, GlobalCommand>> = Object.freeze({
  put: command('message:array'),
  if: command('condition | do:code else:code'),
  do: command('command:code | while on-error:code'),
  while: command('condition | do:code'),
  for: command('counter:names | from:array to:array step:array do:code'),
  foreach: command('counter:names | in:array do:code'),
  onerror: command('error:names | in:code do:code'),
  local: command('name:names value:array | do:code'),
  global: command('name:names value:array | do:code'),
  set: command('name:names value:array | do:code'),
  return: command('value:array'),
  error: command('message:array'),
  delay: command('delay-time'),
  time: command('command:code'),
  execute: command('script:text | as-string:flag file'),
  import: command('file-name | verbose:flag from-line'),
  parse: command('value:array'),
  len: command('value:array'),
  typeof: command('value:array'),
  tostr: command('value:array'),
  tonum: command('value:array'),
  tobool: command('value:array'),
  toarray: command('value:array | delimiter'),
  totime: command('value:array'),
  toip: command('value:array'),
  toid: command('value:array'),
  pick: command('counter:array begin:array end:array'),
  find: command('in:array key:array from:array'),
  serialize: command('value:array | to options delimiter'),
  deserialize: command('value:array | from options delimiter'),
  timestamp: command(''),
  nothing: command(''),
  environment: command(''),
  resolve: command('domain-name | server server-port type'),
  undo: command(''),
  redo: command(''),
  // Known to every console, and not imitated: they read well and refuse when they run.
  beep: command('| frequency length as-value:flag'),
  convert: command('value:array | from to transform'),
  grep: command('script:text | pattern'),
  retry: command('command:code | delay max on-error:code'),
  rndnum: command('from:array to:array'),
  rndstr: command('from:array length:array'),
  range: command('from:array to:array'),
  jobname: command(''),
  lock: command('name'),
  tonsec: command('value:array'),
  toip6: command('value:array'),
  tocrlf: command('input'),
  tolf: command('input'),
  password: command('| old-password new-password confirm-new-password'),
  quit: command(''),
});
