import { randomBytes, randomUUID } from 'node:crypto';

/** A device's id: ours, for ever, whatever happens to its name, address or hardware. */
export const newDeviceId = (): string => randomUUID();

/** Short enough to type, long enough never to meet its twin: `pln_` and 16 lower-case base-32 characters (80 bits). */
export const newPlanId = (): string => `pln_${base32(10)}`;
export const newRunId = (): string => `run_${base32(10)}`;
export const newRequestId = (): string => `req_${base32(10)}`;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(bytes: number): string {
  let bits = 0n;
  for (const byte of randomBytes(bytes)) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let left = (bytes * 8) / 5; left > 0; left -= 1, bits >>= 5n) text += ALPHABET[Number(bits & 31n)];
  return text;
}
