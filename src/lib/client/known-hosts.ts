import { fingerprintOfKey } from './host-key.ts';

/** One line of a `known_hosts` file. */
export interface KnownHost {
  /** Patterns as written (`router.example.net`, `[192.0.2.1]:2222`, `*.lab`, `!bad.lab`); empty where the name is hashed. */
  readonly patterns: readonly string[];
  /** `|1|salt|hash`: HMAC-SHA1 of the name under the salt. */
  readonly hashed?: { readonly salt: Uint8Array<ArrayBuffer>; readonly hash: Uint8Array<ArrayBuffer> };
  /** `ssh-ed25519`, `ssh-rsa` ... */
  readonly type: string;
  readonly key: Uint8Array<ArrayBuffer>;
  /** The key must not be trusted any more. */
  readonly revoked: boolean;
}

const TYPE = /^(?:ssh|ecdsa|sk)-[\w@.-]{1,80}$/;

/**
 * Reads a `known_hosts` file of OpenSSH: plain and hashed names, several names, ports, `@revoked`. Lines of certificate authorities
 * are left out, since keys are pinned one by one here.
 * @returns the hosts, and how many lines are none
 */
export function readKnownHosts(text: string): { readonly hosts: readonly KnownHost[]; readonly unread: number } {
  const hosts: KnownHost[] = [];
  let unread = 0;
  for (const line of text.split(/\r?\n/)) {
    const words = line.trim().split(/\s+/);
    if (words[0] === '' || words[0]?.startsWith('#')) continue;
    const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
    const [names = '', type = '', base64 = ''] = words;
    const key = bytesOf(base64);
    if (marker === '@cert-authority') continue;
    if (!TYPE.test(type) || key === undefined || (marker !== undefined && marker !== '@revoked')) {
      unread += 1;
      continue;
    }
    const hashed = readHashed(names);
    if (names.startsWith('|') && !hashed) unread += 1;
    else hosts.push({ patterns: hashed ? [] : names.split(','), ...(hashed && { hashed }), type, key, revoked: marker !== undefined });
  }
  return { hosts, unread };
}

function readHashed(names: string): KnownHost['hashed'] {
  const [, one = '', two = ''] = /^\|1\|([^|]+)\|([^|]+)$/.exec(names) ?? [];
  const [salt, hash] = [bytesOf(one), bytesOf(two)];
  return salt && hash && hash.length === 20 ? { salt, hash } : undefined;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/**
 * The fingerprints (`SHA256:...`) that a `known_hosts` file holds for a host: what a person already accepted elsewhere, to be offered
 * at enrolment. A key that is revoked anywhere for this host is not among them.
 */
export async function knownKeys(hosts: readonly KnownHost[], host: string, port: number): Promise<readonly string[]> {
  const name = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
  const good = new Set<string>();
  const bad = new Set<string>();
  for (const known of hosts) {
    if (!(await isNamed(known, name))) continue;
    (known.revoked ? bad : good).add(await fingerprintOfKey(known.key));
  }
  return [...good].filter((fingerprint) => !bad.has(fingerprint));
}

async function isNamed({ patterns, hashed }: KnownHost, name: string): Promise<boolean> {
  if (hashed) return sameBytes(await hmacSha1(hashed.salt, name), hashed.hash);
  return matchesAny(patterns, name);
}

async function hmacSha1(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(text)));
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** At least one pattern fits, and none with `!` does: the rule of OpenSSH for names of hosts. */
export function matchesAny(patterns: readonly string[], name: string): boolean {
  if (patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1), name))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && fits(pattern, name));
}

/** `*` is any number of characters, `?` is one. Walks back to the last star only, so that no pattern takes for ever. */
function fits(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = name.toLowerCase();
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < given.length) {
    if (wanted[at] === '*') {
      star = at;
      at += 1;
      resume = index;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[index])) {
      at += 1;
      index += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  return /^\**$/.test(wanted.slice(at));
}
