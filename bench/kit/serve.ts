import type { Verbs } from './child.ts';

interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

const isQuestion = (value: unknown): value is Question => typeof value === 'object' && value !== null && 'id' in value && 'name' in value;

/** Answers the process that started this one, and ends with it. */
export function serve(verbs: Verbs, close: () => Promise<void>): void {
  process.on('message', (message: unknown) => {
    if (!isQuestion(message)) return;
    const { id, name, argument } = message;
    const verb = verbs[name] as ((argument: unknown) => unknown) | undefined;
    Promise.resolve()
      .then(() => {
        if (!verb) throw new Error(`there is no ${name} here`);
        return verb(argument);
      })
      .then(
        (result) => process.send?.({ id, result }),
        (thrown: unknown) => process.send?.({ id, error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) }),
      );
  });
  // Not killed: a profile is written at a regular end.
  process.once('disconnect', () => void close().finally(() => process.exit()));
}
