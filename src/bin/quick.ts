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
  if (text === undefined) return true;
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

/** Help for what was named; undefined where a name does not exist, which was said then. */
async function help(argv: readonly string[]): Promise<string | undefined> {
  const [{ helpFor }, { COMMANDS }, { isNoun }, { commandOf, readTyped }] = await Promise.all([
    import('./help.ts'),
    import('./table.ts'),
    import('./offer.ts'),
    import('./typed.ts'),
  ]);
  const { words } = readTyped(argv);
  const command = commandOf(words, COMMANDS);
  const noun = command?.args[0]?.offer;
  const id = command && words[command.words.length];
  if (!command || id === undefined) return helpFor(words, COMMANDS);
  if (!isNoun(noun)) return helpFor(command.words, COMMANDS);
  const { catalogHelp } = await import('./catalog-help.ts');
  try {
    return catalogHelp(command, noun, id);
  } catch (thrown) {
    await refuse(thrown, argv);
    return undefined;
  }
}

async function refuse(thrown: unknown, argv: readonly string[]): Promise<void> {
  const [{ exitOf, failureOf }, { didYouMean }, { envelope, requestId }, { printFailure }] = await Promise.all([
    import('./failure.ts'),
    import('./did-you-mean.ts'),
    import('./envelope.ts'),
    import('./print-failure.ts'),
  ]);
  const failure = didYouMean(failureOf(thrown), argv);
  process.exitCode = exitOf(thrown);
  if (argv.includes('--json')) process.stdout.write(`${envelope({ failure }, requestId())}\n`);
  else printFailure(failure);
}
