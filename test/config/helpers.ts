import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ConfigError } from '../../src/lib/core/errors.ts';

/** A home of its own: nothing of the person who runs the tests is read. */
export const newHome = (): string => mkdtempSync(path.join(os.tmpdir(), 'routeros-mcp-config-'));

/** Writes a file below the home and answers its path. */
export function put(home: string, name: string, text: string): string {
  const file = path.join(home, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** What a person would read: message, hint and details of the ConfigError that must come. */
export function refusal(work: () => unknown): { message: string; hint: string; code: string; everything: string } {
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    const everything = `${JSON.stringify(thrown)}${thrown.stack ?? ''}${String(thrown.cause ?? '')}`;
    return { message: thrown.message, hint: thrown.hint, code: thrown.code, everything };
  }
  throw new Error('nothing was refused');
}
