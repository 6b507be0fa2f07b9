import { InputError } from '../core/errors.ts';

/** The host part of a device address, without the brackets of IPv6. */
export const hostOf = (address: string): string => new URL(address).hostname.replace(/^\[|\]$/g, '');

/** Is the address on this very machine? Only there is plain HTTP taken without asking. */
export function isLoopback(address: string): boolean {
  const host = hostOf(address);
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** `http(s)://host[:port]` and nothing else; credentials and paths in it would end up in logs. */
export function deviceAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url && url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  if (!url || !plain || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError('The address must be http://host[:port] or https://host[:port].', { hint: 'For example https://192.0.2.1' });
  }
  return url.origin;
}
