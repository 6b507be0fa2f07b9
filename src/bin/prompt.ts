import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Interrupted } from './failure.ts';

const silent = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Asks on stderr, so that stdout stays data. An answer that never comes (end of input) is empty. */
function ask(question: string, options: { readonly hidden: boolean }): Promise<string> {
  return new Promise((resolve, reject) => {
    const output = options.hidden ? silent() : process.stderr;
    const lines = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
    let answer = '';
    lines.on('line', (line) => {
      answer = line;
      lines.close();
    });
    lines.on('SIGINT', () => {
      reject(new Interrupted('SIGINT'));
      lines.close();
    });
    lines.on('close', () => {
      if (options.hidden) process.stderr.write('\n');
      resolve(answer);
    });
    if (options.hidden) process.stderr.write(question);
    else {
      lines.setPrompt(question);
      lines.prompt();
    }
  });
}

/** Only a clear yes is a yes. */
export async function confirm(question: string): Promise<boolean> {
  const answer = await ask(`${question} [y/N] `, { hidden: false });
  return /^y(es)?$/i.test(answer.trim());
}

export const askText = async (question: string): Promise<string> => (await ask(`${question} `, { hidden: false })).trim();

/** What is typed is not shown. */
export const askHidden = (question: string): Promise<string> => ask(`${question} `, { hidden: true });
