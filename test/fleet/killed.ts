import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Front } from './front.ts';

const SCRIPT = path.join(import.meta.dirname, 'children/apply.ts');

/** A process of its own applies the plan, and is killed when the door before a router meets this write: before or after it took effect. */
export async function killedAt(dataDir: string, front: Front, planId: string, nth: number, when: 'before' | 'after'): Promise<void> {
  const running = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT, dataDir, planId], { stdio: 'ignore' });
  const ended = new Promise((resolve) => running.once('close', resolve));
  const hook = async ({ write }: { readonly write: number }): Promise<void> => {
    if (write !== nth) return;
    running.kill('SIGKILL');
    await ended;
    if (when === 'before') throw new Error('never arrived');
  };
  front.hooks = { [when]: hook };
  await ended;
  front.hooks = {};
}
