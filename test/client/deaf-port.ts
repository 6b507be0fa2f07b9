import { spawn } from 'node:child_process';
import net from 'node:net';

/** Listens with the shortest queue there is, and never takes anybody out of it. */
const LISTENER = `
  require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
    process.stdout.write(String(this.address().port) + '\\n', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });`;

/** A port of 127.0.0.1 at which connections are neither taken nor refused: its queue is full and nobody serves it. */
export async function deafPort(): Promise<{ readonly port: number } & AsyncDisposable> {
  const listener = spawn(process.execPath, ['-e', LISTENER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve, reject) => {
    listener.once('error', reject);
    listener.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())));
  });
  const waiting = Array.from({ length: 8 }, () => net.connect({ port, host: '127.0.0.1' }).on('error', () => undefined));
  // Enough when one of them was left outside.
  await new Promise((resolve) => setTimeout(resolve, 200));
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of waiting) socket.destroy();
      const ended = new Promise((resolve) => listener.once('close', resolve));
      listener.kill('SIGKILL');
      await ended;
    },
  };
}
