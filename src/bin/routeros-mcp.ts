#!/usr/bin/env node
// Nothing is imported before the version of Node is known: on an old one this file must still parse and say what to do.
const NEEDED = [22, 19];
const found = process.versions.node;
const [major = 0, minor = 0] = found.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 19)) await start();
else refuse();

async function start(): Promise<void> {
  const argv = process.argv.slice(2);
  // What a shell asks with every press of Tab; `--help` among the words is a word there.
  if (argv[0] === '__complete') {
    await keepCompiled();
    const { printCandidates } = await import('./complete.ts');
    return printCandidates(argv.slice(1));
  }
  const { answeredQuickly } = await import('./quick.ts');
  if (await answeredQuickly(argv)) return;
  await keepCompiled();
  const { main } = await import('./main.ts');
  await main(argv);
}

/** Compiled code is kept in a directory of this user alone: whoever could write there would run code as this user. */
async function keepCompiled(): Promise<void> {
  const home = process.env['XDG_CACHE_HOME'] || (process.env['HOME'] && `${process.env['HOME']}/.cache`);
  if (!home) return;
  const { enableCompileCache } = await import('node:module');
  enableCompileCache?.(`${home}/routeros-mcp/compiled`);
}

function refuse(): void {
  const message = `routeros-mcp needs Node.js ${NEEDED.join('.')} or newer; this is Node.js ${found}.`;
  const hint =
    'Run npx -p node@26 -p routeros-mcp routeros-mcp ..., or install a newer Node.js; inside a checkout use npm start or npx routeros-mcp.';
  if (process.argv.includes('--json')) {
    const error = { code: 'NODE_TOO_OLD', message, hint, retryable: false, details: { found, needed: NEEDED.join('.') } };
    console.log(JSON.stringify({ ok: false, error, meta: { requestId: `req_${Math.random().toString(36).slice(2, 12)}` } }));
  } else {
    console.error(`error: ${message}\nhint: ${hint}`);
  }
  process.exitCode = 3;
}
