/** A right of a group, and what it is needed for. */
export interface Policy {
  readonly policy: string;
  readonly why: string;
}

/** What an account may be for besides reading and changing. */
export const EXTRAS = {
  secrets: { policy: 'sensitive', why: 'secrets read in clear, not as *****' },
  files: { policy: 'ftp', why: 'files, SFTP and fetch' },
  reboot: { policy: 'reboot', why: 'restart and upgrade' },
  capture: { policy: 'sniff', why: 'torch and sniffer' },
} as const satisfies Readonly<Record<string, Policy>>;
export type Extra = keyof typeof EXTRAS;

export interface Purpose {
  readonly access: 'read' | 'write';
  readonly ssh: boolean;
  readonly guard: boolean;
  readonly also: readonly Extra[];
}

/**
 * The rights an account needs, the fewest that do. REST stands on the binary API: with `rest-api` and without `api`, every request
 * is refused (`not allowed (9)`, measured on 7.23.2); older versions know both words and take both.
 * @example policiesFor({ access: 'read', ssh: false, guard: false, also: [] }).map(({ policy }) => policy) // read, test, api, rest-api
 */
export function policiesFor({ access, ssh, guard, also }: Purpose): readonly Policy[] {
  const wanted: readonly (Policy | false)[] = [
    { policy: 'read', why: 'the configuration' },
    access === 'write' && { policy: 'write', why: 'changes to it' },
    guard && { policy: 'policy', why: 'the undo on the router, a script that takes itself away' },
    { policy: 'test', why: 'ping and traceroute' },
    { policy: 'api', why: 'REST stands on it' },
    { policy: 'rest-api', why: 'REST' },
    ssh && { policy: 'ssh', why: 'exports, and reads while REST is out of order' },
    ...[...new Set(also)].map((one) => EXTRAS[one]),
  ];
  return wanted.filter((one) => one !== false);
}
