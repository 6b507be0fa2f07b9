/** Local date and time as RouterOS 7.10 and later prints it, from milliseconds since 1970 and an offset like `+01:00`. */

export const STAMP = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** `+01:00` in milliseconds. */
export function offsetMs(offset: string): number {
  const parts = /^([+-])(\d{2}):(\d{2})$/.exec(offset);
  if (!parts) return 0;
  const [, sign, hours, minutes] = parts;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** `2026-03-14 09:26:53` */
export const stamp = (now: number, offset: string): string => new Date(now + offsetMs(offset)).toISOString().slice(0, 19).replace('T', ' ');

/** The instant a stamp names. */
export const fromStamp = (text: string, offset: string): number => Date.parse(`${text.replace(' ', 'T')}Z`) - offsetMs(offset);
