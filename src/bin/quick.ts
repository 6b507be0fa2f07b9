import { readFileSync } from 'node:fs';

/**
 * `--version` and `--help`: they are asked often, by people and by shells, and load nothing else.
 * @returns whether that was what was asked for
 */
export async function answeredQuickly(argv: readonly string[]): Promise<boolean> {
  const flags = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const wantsHelp = flags.includes('--help') || flags.includes('-h');
  if (!wantsHelp && !flags.includes('--version')) return false;
  const text = wantsHelp ? await help(flags) : version();
  // A reader that went away has nothing to be told.
  process.stdout.on('error', () => undefined);
  if (!flags.includes('--json')) {
    process.stdout.write(`${text}\n`);
    return true;
  }
  const { envelope, requestId } = await import('./envelope.ts');
  const data = wantsHelp ? { help: text } : { version: text, node: process.versions.node };
  process.stdout.write(`${envelope({ data }, requestId())}\n`);
  return true;
}

const version = (): string => String(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version);

async function help(words: readonly string[]): Promise<string> {
  const [{ helpFor }, { COMMANDS }] = await Promise.all([import('./help.ts'), import('./table.ts')]);
  const named = words.filter((word) => !word.startsWith('-'));
  return helpFor(named, COMMANDS);
}
