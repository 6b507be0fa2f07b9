import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');
/** The program from its sources: Node takes the types away itself. */
export const ENTRY = path.join(ROOT, 'src/bin/routeros-mcp.ts');
/** The program as it is installed: what draws screens has to be compiled. */
export const BUILT = path.join(ROOT, 'dist/bin/routeros-mcp.js');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as one envelope; fails when anything else is on it. */
  readonly json: Envelope;
}

export interface Envelope {
  readonly ok: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as scripts do
  readonly data: any;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as scripts do
  readonly error: any;
  readonly meta: { readonly requestId: string };
}

/** A directory that is gone after the test file, and a program that keeps everything in it. */
export interface Place extends Disposable {
  readonly dir: string;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  start(args: readonly string[], options?: RunOptions): ChildProcessWithoutNullStreams;
}

export interface RunOptions {
  /** Written to stdin, which is then closed. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly entry?: string;
  /** Each can be read from a file descriptor, the first from 3. */
  readonly fds?: readonly string[];
}

/** Compiled code is shared by all test files: most of the time of such a test is loading. */
const CACHE = path.join(ROOT, 'node_modules/.cache/routeros-mcp-test');

export function newPlace(): Place {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'routeros-mcp-bin-'));
  const dataDir = path.join(dir, 'data');
  const env = { PATH: process.env['PATH'] ?? '', HOME: dir, XDG_CACHE_HOME: CACHE, ROUTEROS_MCP_DATA_DIR: dataDir };
  const start: Place['start'] = (args, options = {}) => {
    const { fds = [] } = options;
    const stdio = ['pipe' as const, 'pipe' as const, 'pipe' as const, ...fds.map(() => 'pipe' as const)];
    const child = spawn(process.execPath, [options.entry ?? ENTRY, ...args], { cwd: dir, env: { ...env, ...options.env }, stdio });
    for (const [at, text] of fds.entries()) {
      const pipe = child.stdio[3 + at];
      // A program that ends without reading it is not an error of the test.
      pipe?.on('error', () => {});
      if (pipe && 'end' in pipe) pipe.end(text);
    }
    // The first three are pipes, whatever follows them.
    return child as ChildProcessWithoutNullStreams;
  };
  return {
    dir,
    dataDir,
    env,
    start,
    run: (args, options = {}) => ended(start(args, options), options.input ?? ''),
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export function ended(child: ChildProcessWithoutNullStreams, input: string): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A program that ends without reading its input is not an error of the test.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        code,
        stdout,
        stderr,
        get json() {
          return envelopeOf(stdout);
        },
      }),
    );
  });
}

function envelopeOf(stdout: string): Envelope {
  const lines = stdout.split('\n');
  if (lines.length !== 2 || lines[1] !== '') throw new Error(`not one line: ${JSON.stringify(stdout)}`);
  return JSON.parse(lines[0] ?? '');
}

/** Resolves when a line of stdout satisfies; what is asked for must come, the time it takes is nobody's business. */
export function lines(child: ChildProcessWithoutNullStreams, count: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const complete = text.split('\n').slice(0, -1);
      if (complete.length >= count) resolve(complete);
    });
    child.on('close', () => reject(new Error(`ended after ${JSON.stringify(text)}`)));
  });
}
