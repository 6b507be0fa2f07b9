import type { RouterProfile } from '../fixtures.ts';
import { noiseText } from '../noise.ts';

/** How the texts of a recording read on one of its copies, so that no two routers are twins. */
export interface CopyTexts {
  text(recorded: string): string;
}

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ0123456789';
/** The three documentation networks in turn, so that the outside addresses stay apart up to some 700 copies. */
const OUTSIDE = ['203.0.113', '198.51.100', '192.0.2'] as const;

function outside(copy: number, first: number, host: number): string {
  const network = OUTSIDE[(first + Math.floor(copy / 240)) % OUTSIDE.length] ?? OUTSIDE[0];
  return `${network}.${host + (copy % 240)}`;
}

const hexPair = (value: number): string => (value & 0xff).toString(16).toUpperCase().padStart(2, '0');

/**
 * Fills the placeholders of a profile. Copies with the same number stand at the same site, so they share `{site}` (a number from 10,
 * for one byte of private networks), `{n}` and `{zero}` (the copy counted from 1 and from 0), and know each other's outside
 * addresses: `{wan}` at headquarters, `{wan2}` at the branch. `{name}`, `{serial}`, `{software}` and `{system}` are each one's own;
 * `{mac}`, `{mac2}` and `{mac0}` are two bytes of hardware addresses.
 */
export function copyTexts(profile: RouterProfile, name: string, copy: number, seed: number): CopyTexts {
  const macs = [hexPair(0x10 + (copy >> 8)), hexPair(0x20 + copy)];
  const values: Readonly<Record<string, string>> = {
    name,
    n: String(copy + 1),
    zero: String(copy % 250),
    site: String(10 + (copy % 240)),
    wan: outside(copy, 0, 10),
    wan2: outside(copy, 1, 7),
    mac: macs.join(':'),
    mac2: `${hexPair(0x30 + (copy >> 8))}:${hexPair(copy)}`,
    mac0: macs.join(''),
    serial: `H${noiseText(LETTERS, 10, seed, 'serial')}`,
    software: `${noiseText(LETTERS, 4, seed, 'software')}-${noiseText(LETTERS, 4, seed, 'software', 2)}`,
    system: noiseText(`${LETTERS}abcdefghjkmnpqrstuvwxyz`, 11, seed, 'system'),
  };
  const rules = Object.entries(profile.vary).map(
    ([text, template]) => [text, template.replace(/\{(\w+)\}/g, (all, key: string) => values[key] ?? all)] as const,
  );
  return Object.freeze({
    text: (recorded: string) => rules.reduce((text, [from, to]) => (text.includes(from) ? text.replaceAll(from, to) : text), recorded),
  });
}
