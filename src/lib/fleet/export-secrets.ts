import { wireName } from '../capability/codec.ts';
import type { Catalog } from '../capability/lookup.ts';

/** A statement, over however many lines RouterOS broke it. */
const STATEMENT = /(?:[^\n\\]|\\[^\n]|\\\n|\\$)*(?:\n|$)/g;
/** The menu at the head of a statement or of a section. */
const HEAD = /^\/([a-z0-9 -]+?)(?=\s+(?:add|set|remove|move|reset)\b|\s*[\n\\]|\s*$)/;
/** A quoted value, or the characters up to the next blank; a break inside either belongs to it. */
const VALUE = '(?:\\\\\\n\\s*)?(?:"(?:[^"\\\\]|\\\\[\\s\\S])*"|(?:[^\\s\\\\]|\\\\\\n\\s*|\\\\[^\\n])+)';

/**
 * An export without the secrets that RouterOS leaves in it (SNMP communities, for one, are none to RouterOS): fields that the catalog
 * calls secret, by menu. What RouterOS itself takes for a secret it has hidden already.
 */
export function withoutSecretFields(catalog: Pick<Catalog, 'capabilities'>, text: string, version: string): string {
  const patterns = new Map<string, RegExp>();
  for (const { menu, fields } of catalog.capabilities) {
    const wires = Object.entries(fields).flatMap(([name, field]) =>
      field.traits.secret && !field.traits.readOnly ? [wireName(name, field, version)] : [],
    );
    // Tight: the menu of one capability is the menu of no other.
    if (wires.length > 0) patterns.set(menu, new RegExp(`(^|\\s)(${wires.map(literal).join('|')})=${VALUE}`, 'g'));
  }
  let menu = '';
  return (text.match(STATEMENT) ?? [])
    .map((statement) => {
      const head = HEAD.exec(statement)?.[1];
      if (head !== undefined) menu = `/${head.trim().split(/\s+/).join('/')}`;
      const pattern = patterns.get(menu);
      return pattern ? statement.replace(pattern, '$1$2=(secret)') : statement;
    })
    .join('');
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
