import type { KindShape } from '../../src/lib/capability/field.ts';
import { durationText, ipv6Canonical } from './arbitrary.ts';

/** What RouterOS keeps for a text it is sent; undefined where it refuses. An empty text is none of a typed field. */
export function storedText(shape: KindShape, text: string): string | undefined {
  if (shape.name === 'text') return text.length < (shape.min ?? 0) ? undefined : text;
  if (shape.name === 'list') return listText(shape, text);
  if (text === '' || text === '!') return undefined;
  switch (shape.name) {
    case 'flag':
      return { yes: 'true', true: 'true', no: 'false', false: 'false' }[text];
    case 'enum':
      return shape.several ? inOrder(shape.values, text) : shape.values.includes(text) ? text : undefined;
    case 'negatable': {
      const inner = storedText(shape.of, text.replace(/^!/, ''));
      return inner === undefined ? undefined : `${text.startsWith('!') ? '!' : ''}${inner}`;
    }
    case 'integer':
      return /^0x/.test(text) ? String(Number.parseInt(text, 16)) : text;
    case 'duration':
      return text.includes(':') ? durationText(micros(text)) : text;
    case 'mac':
      return text.toUpperCase();
    case 'address':
    case 'host':
    case 'prefix':
    case 'network':
      return addressText(shape.name, text);
    default:
      return text;
  }
}

/** A sequence stays in order; a set is kept in an order of the router's own. */
function listText({ of, sequence }: Extract<KindShape, { readonly name: 'list' }>, text: string): string | undefined {
  if (text === '') return '';
  const parts = text.split(',').map((part) => storedText(of, part));
  if (!parts.every((part) => part !== undefined)) return undefined;
  return (sequence ? parts : [...parts].sort().reverse()).join(',');
}

/** The members of a set in the router's own order, whatever order they came in. */
function inOrder(values: readonly string[], text: string): string | undefined {
  const members = text.split(',');
  return members.every((member) => values.includes(member)) ? values.filter((value) => members.includes(value)).join(',') : undefined;
}

function addressText(name: string, text: string): string {
  const [at = '', ...rest] = text.split('/');
  const stored = [at.includes(':') ? ipv6Canonical(at) : at, ...rest].join('/');
  if (name === 'network') return stored.replace(/\/32$/, '');
  return name === 'prefix' && rest.length === 0 ? `${stored}/${stored.includes(':') ? 128 : 32}` : stored;
}

function micros(clock: string): bigint {
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] =
    /^(?:(\d+)d)?(\d+):(\d+):(\d+)(?:\.(\d+))?$/.exec(clock) ?? [];
  const whole = BigInt(days) * 86_400n + BigInt(hours) * 3_600n + BigInt(minutes) * 60n + BigInt(seconds);
  return whole * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

/** How a stored text reads: switches come in three spellings, numbers in two, and what a new row has may be missing altogether. */
export function shownText(wire: string, shape: KindShape, stored: string, standing?: string): string | undefined {
  const style = wire.length % 3;
  if (shape.name === 'integer' && style === 2 && /^\d+$/.test(stored)) return `0x${Number(stored).toString(16)}`;
  if (shape.name !== 'flag') return stored;
  if (style === 2 && stored === (standing ?? 'false')) return undefined;
  return (stored === 'true' ? ['true', 'yes', ''] : ['false', 'no', 'no'])[style];
}
