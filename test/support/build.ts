import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Before any test: `dist` is what the sources say, since the end-to-end tests run the real program. */
export function setup(): void {
  const script = path.resolve(import.meta.dirname, '../../scripts/build.ts');
  const built = spawnSync(process.execPath, [script, '--if-stale'], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the build failed');
}
