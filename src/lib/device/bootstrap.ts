import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { compareVersions, parseVersion } from '../core/version.ts';
import { addressArgument, CERTIFICATE_NAME, certificateSteps, plainSteps, serviceSteps, sshSteps } from './bootstrap-doors.ts';
import { EXTRAS, type Extra, type Policy, policiesFor } from './bootstrap-policies.ts';
import type { BootstrapCertificate, BootstrapStep } from './bootstrap-step.ts';
import { quoted } from './quoted.ts';

export { CERTIFICATE_NAME } from './bootstrap-doors.ts';
export type { BootstrapStep } from './bootstrap-step.ts';

export interface BootstrapOptions {
  /** What the account may do: look, or look and change. */
  readonly access: 'read' | 'write';
  /** Name of the account to make. */
  readonly username: string;
  /** Addresses or networks the account and the doors opened for it take: `192.0.2.10`, `192.0.2.0/24`. Default: any. */
  readonly from?: readonly string[];
  /** HTTPS, with a certificate; without it REST is plain HTTP, and whoever is on the way reads the password. */
  readonly tls: boolean;
  /** The account may come in over SSH too: exports, and reads while REST is out of order. */
  readonly ssh: boolean;
  /** Version of RouterOS, `7.20.6`. Default: what holds for all from 7.12 on. */
  readonly version?: string;
  /** Makes a certificate, or takes one that the router has. Default: makes one. */
  readonly certificate?: BootstrapCertificate;
  /** What the router is reached by, for the certificate: `192.0.2.1` or `edge-1.example.net`. */
  readonly address?: string;
  /** May put an undo on the router that works while we are cut off. It takes the right to manage users. Default: if it may write. */
  readonly guard?: boolean;
  /** What else the account is for. */
  readonly also?: readonly Extra[];
}

export interface Bootstrap {
  readonly steps: readonly BootstrapStep[];
  /** All of it as one text: what is not `run` is commented out. */
  readonly script: string;
  readonly group: string;
  readonly policies: readonly Policy[];
  /** What the person should know before. */
  readonly notes: readonly string[];
}

const USERNAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,62}$/;
const NETWORK = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,62}[A-Za-z0-9])?$/;
const OLDEST = '7.12';

/**
 * The commands that prepare a router for us: a group with no more rights than are needed, an account in it, a certificate and the
 * doors. Nothing is sent: a person reads and runs them. No password is in them, and no door that may be in use is shut.
 * @throws InputError a name, address or version cannot be used
 * @example
 * bootstrap({ access: 'read', username: 'fleet', from: ['192.0.2.10'], tls: true, ssh: false }).steps[0].command
 * // '/user/group/add name="fleet-rights" policy=read,test,api,rest-api comment="routeros-mcp: read"'
 */
export function bootstrap(options: BootstrapOptions): Bootstrap {
  check(options);
  const { access, username, from = [], tls, certificate = 'self-signed', address } = options;
  const group = `${username}-rights`;
  const policies = policiesFor({ ...options, guard: hasGuard(options), also: options.also ?? [] });
  const door = { from, version: options.version, address, certificate };
  const rights: BootstrapStep = {
    kind: 'run',
    command: `/user/group/add name=${quoted(group)} policy=${policies.map(({ policy }) => policy).join(',')} comment=${quoted(`routeros-mcp: ${access}`)}`,
    why: `A group with these rights and no other: ${policies.map(({ policy, why }) => `${policy} (${why})`).join(', ')}.`,
  };
  const all: readonly BootstrapStep[] = [
    rights,
    account(username, group, from),
    ...(options.ssh ? sshSteps(door) : []),
    ...(tls ? [...certificateSteps(door), ...serviceSteps(door)] : plainSteps(door)),
    password(username),
    ...(tls ? [WWW_OFF] : []),
  ];
  const steps = all.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const notes = notesFor(options);
  return { steps, script: scriptOf(options, steps, notes), group, policies, notes };
}

const ORDER = ['run', 'person', 'optional'];

const hasGuard = ({ access, guard = access === 'write' }: BootstrapOptions): boolean => guard;

function check({ access, username, from = [], version, address, certificate, guard, also = [] }: BootstrapOptions): void {
  const refuse = (message: string, hint: string): never => {
    throw new InputError(message, { hint });
  };
  if (!USERNAME.test(username)) {
    refuse(
      'The name of the account cannot be used.',
      'It is 1 to 63 letters, digits, dots, dashes, underscores or @, and starts with a letter or digit: fleet',
    );
  }
  if (username === 'admin') refuse('The account admin is somebody else.', 'Give ours a name of its own: fleet');
  if (from.length > 50 || from.some((one) => !NETWORK.safeParse(one).success)) {
    refuse('A source address is none.', 'At most 50 addresses or networks: 192.0.2.10 or 2001:db8::/32');
  }
  const read = version === undefined ? OLDEST : parseVersion(version).version;
  if (read === '') refuse('The version of RouterOS cannot be read.', 'For example 7.20.6');
  if (compareVersions(read, OLDEST) < 0) refuse(`RouterOS before ${OLDEST} is not supported.`, 'Upgrade the router first.');
  if (address !== undefined && !HOST.test(address) && !z.ipv6().safeParse(address).success) {
    refuse(
      'The address for the certificate is none.',
      'Give what the router is reached by, without a port, at most 64 characters: 192.0.2.1 or edge-1.example.net',
    );
  }
  if (typeof certificate === 'object' && certificate.name === '') refuse('The certificate has no name.', 'Give its name on the router.');
  if (guard === true && access === 'read')
    refuse('An account that only reads needs no guard.', 'Leave the guard out, or ask for access to write.');
  if (also.some((one) => !Object.hasOwn(EXTRAS, one)))
    refuse('The account cannot be for that.', `It can also be for ${Object.keys(EXTRAS).join(', ')}.`);
}

/**
 * Made disabled, under a password nobody has seen: whatever happens before a person sets one, nobody comes in. `password=""` would
 * be an open door as soon as somebody ticks the account in WinBox.
 */
function account(username: string, group: string, from: readonly string[]): BootstrapStep {
  return {
    kind: 'run',
    command: `/user/add name=${quoted(username)} group=${quoted(group)}${addressArgument(from)} disabled=yes password=[:rndstr length=40] comment="routeros-mcp"`,
    why: `The account${from.length > 0 ? ', for logins from these addresses only' : ''}; disabled, with a password nobody knows, until you set one.`,
  };
}

/** The console keeps the lines that were typed, so the password must not be in one: RouterOS asks for it, and both change at once. */
function password(username: string): BootstrapStep {
  const find = `[find where name=${quoted(username)}]`;
  const ask = `[/terminal/ask prompt=${quoted(`Password for ${username}:`)}]`;
  return {
    kind: 'person',
    command: `{ :local secret ${ask}; :if ([:len $secret] < 12) do={ :error "at least 12 characters" }; /user/set ${find} password=$secret disabled=no }`,
    why: 'Asks for the password and lets the account in. It may show while you type; it is in no line that the console keeps. Or use WinBox: System, Users.',
  };
}

const WWW_OFF: BootstrapStep = {
  kind: 'optional',
  command: '/ip/service/set www disabled=yes',
  why: 'Ends plain HTTP, WebFig over it included. Only after HTTPS has been seen to work, and never from WebFig over HTTP.',
};

function notesFor({ access, from = [], tls, ssh, certificate = 'self-signed', address, ...options }: BootstrapOptions): readonly string[] {
  const notes = {
    'Run this as a user with all rights; nobody can give a right that they have not got.': true,
    'Without source addresses the account may log in from anywhere: give those of the machine that runs routeros-mcp.': from.length === 0,
    'HTTPS is limited to the source addresses: if you use WebFig over HTTPS now, yours has to be among them.': tls && from.length > 0,
    'Another certificate on www-ssl is another one for everybody who uses it, and a changed one for whoever pinned it.': tls,
    [`A router on which an earlier account was made has the certificate ${CERTIFICATE_NAME}: take that one instead of making another.`]:
      tls && certificate === 'self-signed',
    'Look at /system/clock first: a certificate made while the clock stands at 1970 has run out before it is used.':
      tls && certificate === 'self-signed',
    'Without the address the certificate names the router by its identity only: it can be pinned, not checked by name.':
      tls && certificate === 'self-signed' && address === undefined,
    'Do not install the authority of the router in a browser: whoever has the router could then vouch for any site.':
      tls && certificate === 'self-signed',
    'Plain HTTP shows the password to everybody on the way: for a laboratory only.': !tls,
    'Who has an SSH key on the router can no longer log in over SSH with a password, unless /ip/ssh allows it.': ssh,
    'The right policy, for the guard, is as good as all rights; without the guard, changes of high risk are refused.': hasGuard({
      access,
      from,
      tls,
      ssh,
      ...options,
    }),
  };
  return Object.entries(notes).flatMap(([note, holds]) => (holds ? [note] : []));
}

function scriptOf({ username, access }: BootstrapOptions, steps: readonly BootstrapStep[], notes: readonly string[]): string {
  const part = (kind: BootstrapStep['kind'], title: string, before: string): readonly string[] => {
    const chosen = steps.filter((step) => step.kind === kind);
    return chosen.length === 0 ? [] : ['', `# ${title}`, ...chosen.flatMap(({ command, why }) => [`# ${why}`, `${before}${command}`])];
  };
  return [
    `# routeros-mcp: the account ${username}, to ${access === 'read' ? 'read' : 'read and write'}`,
    ...notes.map((note) => `# - ${note}`),
    ...part(
      'run',
      'Paste these line by line, or upload this file and /import it. A line that fails changes nothing: mend it and go on from there.',
      '',
    ),
    ...part('person', 'Then type this yourself, without the # in front.', '# '),
    ...part('optional', 'If you want to; nothing depends on these.', '# '),
    '',
  ].join('\n');
}
