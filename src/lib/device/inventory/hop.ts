/** A jump host in one word. */
export interface HopParts {
  readonly user?: string | undefined;
  readonly host: string;
  readonly port: number;
}

const HOP = /^(?:ssh:\/\/)?(?:([^\s@:/\\]{1,64})@)?(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9][A-Za-z0-9._-]{0,252}))(?::(\d{1,5}))?$/;

/**
 * Reads a jump host, `[user@]host[:port]` with brackets around IPv6, and writes it as `user@host:port`.
 * @returns undefined for a text that is none; one with a password is none
 * @example readHop('ops@bastion') // 'ops@bastion:22'
 */
export function readHop(text: string): string | undefined {
  const [found, user, address, name, digits = '22'] = HOP.exec(text.slice(0, 400)) ?? [];
  const host = address ?? name;
  return found === text && host !== undefined ? hopText({ user, host, port: Number(digits) }) : undefined;
}

/** A jump host as `user@host:port`; undefined where its parts are none. */
export function hopText({ user, host, port }: HopParts): string | undefined {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  const place = host.includes(':') ? `[${host}]` : host;
  return `${user === undefined ? '' : `${user}@`}${place}:${port}`;
}
