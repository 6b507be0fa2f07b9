// Builds `dist`: JavaScript and declarations of everything under `src`, with one runnable entry.
// `--if-stale` does nothing when `dist` was built from the very sources that are there now.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const stamp = path.join(dist, '.sources');

/** One name for all that goes into a build. */
function sources(): string {
  const hash = createHash('sha256');
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }).sort();
  for (const file of ['tsconfig.json', 'tsconfig.build.json', 'package.json', ...files.map((one) => path.join('src', one))]) {
    if (/\.[jt]sx?(on)?$/.test(file)) hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

/** Compiled beside the old one and moved into its place, so that a program that runs from `dist` is never without it for long. */
function build(name: string): void {
  const fresh = path.join(root, `dist.${process.pid}`);
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const built = spawnSync(process.execPath, [tsc, '-p', path.join(root, 'tsconfig.build.json'), '--outDir', fresh], { stdio: 'inherit' });
  if (built.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    process.exit(built.status ?? 1);
  }
  chmodSync(path.join(fresh, 'bin/routeros-mcp.js'), 0o755);
  writeFileSync(path.join(fresh, '.sources'), name);
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

const name = sources();
const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === name;
if (!isCurrent || !process.argv.includes('--if-stale')) build(name);
