import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Compiles `src` for tests that need the real program: Node runs TypeScript, but not JSX. It stands inside `node_modules`, so that
 * packages are found from there, and apart from `dist`, which belongs to the build.
 * @returns the folder that mirrors `src`
 */
export function compileSources(): string {
  const at = join(ROOT, 'node_modules/.cache/routeros-mcp-test');
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'package.json'), readFileSync(join(ROOT, 'package.json')));
  if (!existsSync(join(at, 'fixtures'))) symlinkSync(join(ROOT, 'fixtures'), join(at, 'fixtures'), 'dir');
  const compiler = join(dirname(fileURLToPath(import.meta.resolve('typescript/package.json'))), 'bin/tsc');
  const args = [compiler, '-p', join(ROOT, 'tsconfig.build.json'), '--outDir', join(at, 'src')];
  try {
    execFileSync(process.execPath, args, { stdio: 'pipe' });
  } catch (thrown) {
    // A type error elsewhere is for the type check to report; what matters here is whether there is a program.
    if (!existsSync(join(at, 'src/tui/index.js'))) throw thrown;
  }
  return join(at, 'src');
}
