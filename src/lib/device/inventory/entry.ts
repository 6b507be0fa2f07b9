import { cleanText } from '../../core/clean.ts';
import { deviceAddress, hostOf } from '../address.ts';
import { ALLOWANCES, type Allowance, deviceName, ENVIRONMENTS, type Environment } from '../device.ts';
import { written } from './columns.ts';
import { readHop } from './hop.ts';
import { type Field, type InventoryEntry, type InventoryProblem, LIMITS, type RawEntry } from './types.ts';

/** A value in its form, or what is wrong with it. No sentence repeats a value. */
type Checked<Value> = { readonly value: Value } | { readonly problem: string; readonly hint: string };

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LIMITS.cell && cleanText(value) === value && !/[\n\t]/.test(value);

const good = <Value>(value: Value): Checked<Value> => ({ value });
const bad = (problem: string, hint: string): Checked<never> => ({ problem, hint });

function checkName(value: unknown): Checked<string> {
  const read = deviceName.safeParse(value);
  if (read.success) return good(read.data);
  return bad(
    'The name cannot be a name of a device.',
    'It is 1 to 63 letters, digits, dots, dashes or underscores, and starts with a letter or digit: edge-1',
  );
}

function checkAddress(value: unknown): Checked<string> {
  const hint =
    'Write an address, a host name or a URL of http or https, without a login or a path: 192.0.2.1 or https://edge-1.example.net:8443';
  const text = isText(value) ? value.trim() : '';
  const bare = !text.includes('://');
  // To a URL, a number by itself is an IPv4 address: here it is a value in the wrong column.
  if (/^\d*$/.test(text)) return bad('The address cannot be understood.', hint);
  // A bare IPv6 address has colons of its own.
  const host = bare && (text.match(/:/g)?.length ?? 0) > 1 && !text.startsWith('[') ? `[${text}]` : text;
  try {
    return good(deviceAddress(bare ? `https://${host}` : host));
  } catch {
    return bad('The address cannot be understood.', hint);
  }
}

function checkUsername(value: unknown): Checked<string> {
  const fits = isText(value) && /^[^\s:/\\]{1,64}$/.test(value);
  return fits ? good(value) : bad('The user name cannot be one.', 'It is 1 to 64 characters without spaces, colons or slashes: fleet');
}

function checkEnvironment(value: unknown): Checked<Environment> {
  const found = ENVIRONMENTS.find((one) => isText(value) && one === value.toLowerCase());
  return found ? good(found) : bad('The environment is not known.', `It is one of ${ENVIRONMENTS.join(', ')}: prod`);
}

/** Words of a list, or of a text with separators. */
function wordsOf(value: unknown, separators = /[\s,;|]+/): readonly string[] | undefined {
  const words = Array.isArray(value) ? value : isText(value) ? value.split(separators) : undefined;
  if (!words || words.length > LIMITS.columns || !words.every(isText)) return undefined;
  return words.map((word) => word.trim()).filter(Boolean);
}

function checkAllow(value: unknown): Checked<readonly Allowance[]> {
  const words = wordsOf(value)?.map((word) =>
    word
      .toLowerCase()
      .replaceAll('_', '-')
      .replace(/^allow-/, ''),
  );
  const found = ALLOWANCES.filter((one) => words?.includes(one));
  if (words && new Set(words).size === found.length) return good(found);
  return bad(
    'What is allowed is not known.',
    `It is any of ${ALLOWANCES.join(', ')}, with spaces between: advanced-writes firewall-writes`,
  );
}

function checkFingerprint(value: unknown): Checked<string> {
  const plain = isText(value)
    ? value
        .replace(/^sha-?256[:=\s]/i, '')
        .replace(/[:\s]/g, '')
        .toLowerCase()
    : '';
  if (/^[0-9a-f]{64}$/.test(plain)) return good(plain);
  return bad(
    'The fingerprint of the certificate is none of SHA-256.',
    'It is 64 hex digits, with or without colons, as `device add` shows it.',
  );
}

function checkPort(value: unknown): Checked<number> {
  const port = typeof value === 'number' ? value : isText(value) && /^\d{1,5}$/.test(value) ? Number(value) : 0;
  return Number.isInteger(port) && port > 0 && port < 65_536
    ? good(port)
    : bad('The SSH port is no port.', 'It is a number from 1 to 65535: 22');
}

function checkHostKeys(value: unknown): Checked<readonly string[]> {
  const keys = wordsOf(value);
  if (keys && keys.length > 0 && keys.every((key) => /^SHA256:[A-Za-z0-9+/]{43}=?$/.test(key))) {
    return good(keys.map((key) => key.replace(/=$/, '')));
  }
  return bad('A host key is no fingerprint.', 'It is SHA256: and 43 characters, as ssh-keygen -lf prints it; several with spaces between.');
}

function checkVia(value: unknown): Checked<readonly string[]> {
  const hops = wordsOf(value)?.map(readHop);
  if (hops && hops.length <= LIMITS.hops && hops.every((hop) => hop !== undefined)) return good(hops);
  return bad(
    'The jump hosts cannot be understood.',
    `At most ${LIMITS.hops}, the first dialled first, without passwords: ops@bastion.example.net:22`,
  );
}

const REFERENCE = `Leave it out and be asked, give it on stdin or as a file descriptor, or name an environment variable: a column password_env with EDGE1_PW, "password": { "env": "EDGE1_PW" }, or \${EDGE1_PW}.`;

/** Capitals only: a password in the wrong column should not pass for a name, and be printed as one later. */
function checkVariable(value: unknown): Checked<{ readonly env: string }> {
  const fits = typeof value === 'string' && /^[A-Z_][A-Z0-9_]{0,63}$/.test(value);
  return fits
    ? good({ env: value })
    : bad('The name of the environment variable cannot be one.', 'It is capitals, digits and underscores: EDGE1_PW');
}

function checkPassword(value: unknown): Checked<{ readonly env: string }> {
  if (typeof value === 'object' && value !== null && 'env' in value && Object.keys(value).length === 1) return checkVariable(value.env);
  const [, name] = typeof value === 'string' ? (/^\$\{([A-Z_][A-Z0-9_]{0,63})\}$/.exec(value) ?? []) : [];
  return name === undefined ? bad('A password in clear is not taken from a list.', REFERENCE) : good({ env: name });
}

/** `site=riga role=edge` in one cell. */
const pairsOf = (text: unknown): readonly (readonly [string, unknown])[] =>
  (wordsOf(text, /[\s,;|]+/) ?? ['']).map((word) => {
    const at = word.indexOf('=');
    return [at < 0 ? '' : word.slice(0, at), word.slice(at + 1)] as const;
  });

function checkTags(raw: RawEntry): Checked<Readonly<Record<string, string>>> {
  const written = raw.values.has('tags') ? pairsOf(raw.values.get('tags')) : [];
  const tags = [...raw.tags, ...written].map(([name, value]) => [name, typeof value === 'object' ? undefined : String(value)] as const);
  const wrong = tags.some(
    ([name, value]) => !/^[A-Za-z][\w.-]{0,31}$/.test(name) || value === undefined || value.length > 128 || !isText(value),
  );
  if (!wrong && tags.length <= 50) return good(Object.fromEntries(tags.flatMap(([name, value]) => (value ? [[name, value]] : []))));
  return bad(
    'The tags cannot be understood.',
    'At most 50, each name=value: a name of letters, digits, dots, dashes or underscores, a value of at most 128 characters: site=riga',
  );
}

/** Takes fields of an entry one by one, and keeps what is wrong. */
interface Taker {
  readonly problems: InventoryProblem[];
  report(field: string, problem: string, hint: string): void;
  /** The checked value of a field that is there. */
  take<Value>(field: Field, check: (value: unknown) => Checked<Value>, value?: unknown): Value | undefined;
}

function takerOf(raw: RawEntry, name: string | undefined): Taker {
  const problems: InventoryProblem[] = [];
  const report: Taker['report'] = (field, problem, hint) => {
    problems.push({ line: raw.line, ...(name !== undefined && { entry: name }), field, problem, hint });
  };
  return {
    problems,
    report,
    take: (field, check, value = raw.values.get(field)) => {
      if (value === undefined || value === null || value === '') return undefined;
      const checked = check(value);
      if ('value' in checked) return checked.value;
      report(written(field), checked.problem, checked.hint);
      return undefined;
    },
  };
}

/** Without a name of its own, a router is called what its address is called. */
function namedByAddress(address: string | undefined): string | undefined {
  const read = deviceName.safeParse(address === undefined ? undefined : hostOf(address));
  return read.success ? read.data : undefined;
}

/** What may be missing, as members of an entry. */
function optionsOf({ take }: Taker): Omit<InventoryEntry, 'name' | 'address' | 'tags' | 'line'> {
  const username = take('username', checkUsername);
  const environment = take('environment', checkEnvironment);
  const fingerprint = take('fingerprint', checkFingerprint);
  const sshPort = take('sshPort', checkPort);
  const hostKeys = take('hostKeys', checkHostKeys);
  const via = take('via', checkVia);
  const password = take('password', checkPassword) ?? take('passwordEnv', checkVariable);
  return {
    allow: take('allow', checkAllow) ?? [],
    ...(username !== undefined && { username }),
    ...(environment !== undefined && { environment }),
    ...(fingerprint !== undefined && { fingerprint }),
    ...(sshPort !== undefined && { sshPort }),
    ...(hostKeys !== undefined && { hostKeys }),
    ...(via !== undefined && { via }),
    ...(password !== undefined && { password }),
  };
}

/**
 * Checks what a list says of one router.
 * @returns the entry, or everything that is wrong with it
 */
export function checkEntry(raw: RawEntry): { readonly entry: InventoryEntry } | { readonly problems: readonly InventoryProblem[] } {
  const read = deviceName.safeParse(raw.values.get('name'));
  const taker = takerOf(raw, read.success ? read.data : undefined);
  const { report, take, problems } = taker;
  for (const secret of raw.secrets) report(secret, `${secret} holds a secret in clear, which is not taken from a list.`, REFERENCE);
  if (raw.values.has('password') && raw.values.has('passwordEnv')) report('password', 'The password is named twice.', 'Keep password_env.');
  if (!raw.values.has('address')) report('address', 'The address is missing.', 'For example 192.0.2.1 or https://edge-1.example.net');
  const address = take('address', checkAddress);
  const name = raw.values.has('name') ? take('name', checkName) : namedByAddress(address);
  if (name === undefined && !raw.values.has('name') && address !== undefined) report('name', 'The name is missing.', 'For example edge-1');
  const options = optionsOf(taker);
  const tags = take('tags', () => checkTags(raw), raw.tags);
  if (problems.length > 0 || name === undefined || address === undefined) return { problems };
  return { entry: { name, address, ...options, tags: tags ?? {}, line: raw.line } };
}
