import { InputError } from '../core/errors.ts';
import { quoteText } from './text/quote.ts';
import type { Row } from './types.ts';

/**
 * All that is ever sent to a router's console, as data. Each kind has one fixed template; what varies is a menu of plain words,
 * names of fields, and quoted texts. None of them changes anything on the router.
 */
export type Command =
  | { readonly kind: 'read'; readonly form: ReadForm; readonly menu: string; readonly where?: Row }
  | {
      readonly kind: 'export';
      /** One menu and what is below it; everything by default. */
      readonly menu?: string;
      readonly style: ExportStyle;
      /** Secrets are left out unless this says otherwise; it needs the right `sensitive` on the router. */
      readonly sensitive: 'hide' | 'show';
    };

/** `json` for 7.13 and later, `text` for lists before that, `as-value` for singletons before that; `-one` for singletons. */
export type ReadForm = 'json' | 'json-one' | 'text' | 'as-value-one';

/** `compact` is what differs from the defaults; `terse` the same with one whole command per line; `verbose` everything. */
export type ExportStyle = 'compact' | 'terse' | 'verbose';

/** What a command is called in our own sentences. */
export const whatOf = (command: Command): string => (command.kind === 'read' ? `read ${command.menu}` : `export ${command.menu ?? '/'}`);

/**
 * One console line for a command, with an end marker: only an answer that ends with the marker came to its end, since RouterOS
 * answers status 0 to a command that failed (measured, and in the manual).
 * @param marker random for each command, so that nothing a router stores can pretend to be it
 * @throws InputError a menu, a field or a text that no console line can carry
 */
export function consoleLine(command: Command, marker: string): string {
  if (!/^MK-END-[0-9a-z]{16,64}$/.test(marker)) throw new InputError('The end marker is not one.');
  return `${template(command)}; :put ${quoteText(marker)}`;
}

function template(command: Command): string {
  if (command.kind === 'export') {
    const menu = command.menu === undefined || command.menu === '/' ? '' : plainMenu(command.menu);
    const style = command.style === 'compact' ? '' : ` ${command.style}`;
    return `${menu}/export${style} ${command.sensitive === 'show' ? 'show-sensitive' : 'hide-sensitive'}`;
  }
  const menu = plainMenu(command.menu);
  const where = whereOf(command.where ?? {});
  switch (command.form) {
    case 'json':
      return `:put [:serialize to=json value=[${menu}/print detail as-value${where}]]`;
    case 'json-one':
      return `:put [:serialize to=json value=[${menu}/print as-value]]`;
    case 'text':
      return `${menu}/print detail show-ids without-paging${where}`;
    case 'as-value-one':
      return `:put [${menu}/print as-value]`;
  }
}

/** `/ip/firewall/filter`: words of letters, digits and dashes, and nothing that could be a command of its own. */
function plainMenu(menu: string): string {
  if (/^(?:\/[a-z0-9][a-z0-9-]{0,40}){1,8}$/i.test(menu)) return menu;
  throw new InputError('This is no menu of RouterOS.', { hint: 'For example /ip/firewall/filter', details: { menu: menu.slice(0, 120) } });
}

function whereOf(where: Row): string {
  const conditions = Object.entries(where).map(([name, value]) => `${plainField(name)}=${literalOf(value)}`);
  return conditions.length === 0 ? '' : ` where ${conditions.join(' ')}`;
}

function plainField(name: string): string {
  if (/^\.id$|^[a-z][a-z0-9.-]{0,60}$/.test(name)) return name;
  throw new InputError('This is no field of RouterOS.', { hint: 'For example disabled', details: { field: name.slice(0, 120) } });
}

/** Booleans, whole numbers and ids are words of the console with a type of their own: in quotes they would equal nothing. */
function literalOf(value: string): string {
  if (value === 'true' || value === 'yes') return 'yes';
  if (value === 'false' || value === 'no') return 'no';
  return /^(?:0|[1-9]\d{0,17}|\*[0-9A-F]{1,8})$/.test(value) ? value : quoteText(value);
}
