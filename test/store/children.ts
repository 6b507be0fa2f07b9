import { spawn } from 'node:child_process';
import path from 'node:path';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly string[];
  readonly errors: string;
}

export interface ChildOptions {
  readonly uid?: number;
  /** Called with each line as it comes; may kill. */
  readonly onLine?: (line: string, kill: () => void) => void;
  /** A shell text that ends by running what follows it. */
  readonly shell?: string;
}

/** Runs a TypeScript file in a process of its own. */
export function child(script: string, args: readonly string[], { uid, onLine, shell }: ChildOptions = {}): Promise<Ended> {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', path.resolve(import.meta.dirname, '..', script), ...args];
  const [program = '', ...rest] = shell === undefined ? command : ['/bin/sh', '-c', `${shell} exec "$@"`, 'sh', ...command];
  const running = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], ...(uid !== undefined && { uid, gid: uid }) });
  const lines: string[] = [];
  let unfinished = '';
  let errors = '';
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (unfinished + text).split('\n');
    unfinished = parts.pop() ?? '';
    for (const line of parts) {
      lines.push(line);
      onLine?.(line, () => running.kill('SIGKILL'));
    }
  });
  running.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    running.on('error', reject);
    running.on('close', (code, signal) => resolve({ code, signal, lines, errors }));
  });
}
