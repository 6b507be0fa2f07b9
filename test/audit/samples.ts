import type { LedgerEntry } from '../../src/lib/audit/seal.ts';

export const anEntry = (changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  actor: 'user:ann',
  origin: 'cli',
  operation: 'device.update',
  result: 'ok',
  requestId: 'req_1',
  details: {},
  ...changes,
});
