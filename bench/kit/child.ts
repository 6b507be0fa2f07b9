import { fork } from 'node:child_process';
import path from 'node:path';

/** What another process does when it is asked. */
export type Verbs = Readonly<Record<string, (argument: never) => unknown>>;

/** A process of its own, so that its processor time is its own. */
export interface Child<Of extends Verbs> extends AsyncDisposable {
  call<Name extends keyof Of & string>(name: Name, argument: Parameters<Of[Name]>[0]): Promise<Awaited<ReturnType<Of[Name]>>>;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

const isAnswer = (value: unknown): value is Answer => typeof value === 'object' && value !== null && 'id' in value;

/** With a folder in `BENCH_PROFILE`, each process leaves its processor profile there. */
const profiling = (): readonly string[] => {
  const folder = process.env['BENCH_PROFILE'];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
};

/** @param file below `bench/`, ending with `serve(verbs)` */
export function startChild<Of extends Verbs>(file: string): Child<Of> {
  const child = fork(path.resolve(import.meta.dirname, '..', file), [], {
    execArgv: ['--disable-warning=ExperimentalWarning', ...profiling()],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>();
  let last = 0;
  child.on('message', (message: unknown) => {
    if (!isAnswer(message)) return;
    const one = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) one?.resolve(message.result);
    else one?.reject(new Error(`${file}: ${message.error}`));
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended before it answered`));
  });
  return {
    call: <Name extends keyof Of & string>(name: Name, argument: Parameters<Of[Name]>[0]) =>
      new Promise<Awaited<ReturnType<Of[Name]>>>((resolve, reject) => {
        last += 1;
        // What comes back is what the verb of that name answered: the types of both ends are the same.
        waiting.set(last, { resolve: (value) => resolve(value as Awaited<ReturnType<Of[Name]>>), reject });
        if (child.connected) child.send({ id: last, name, argument });
        else reject(new Error(`${file} has ended`));
      }),
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
