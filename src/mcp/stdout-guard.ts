import { Writable } from 'node:stream';

/** The only way to stdout while a client listens there, and the way back. */
export interface StdoutGuard {
  /** Protocol messages go here. */
  readonly wire: Writable;
  release(): void;
}

/**
 * Keeps stdout for the protocol: whatever else in this process writes to it (a dependency's `console.log`) goes to
 * stderr instead, because one stray byte ends the client's parser.
 */
export function guardStdout({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): StdoutGuard {
  const original = stdout.write;
  const write = original.bind(stdout);
  const wire = new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) => {
      write(chunk, (error) => done(error ?? undefined));
    },
  });
  // A client that went away: the wire's own error event says so to whoever serves; here it must not end the process.
  const swallow = (): void => undefined;
  stdout.on('error', swallow);
  stdout.write = stderr.write.bind(stderr);
  return {
    wire,
    release: () => {
      stdout.write = original;
      stdout.off('error', swallow);
    },
  };
}
