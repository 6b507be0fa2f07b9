import type { Socket } from 'node:net';
import type { ServerChannel } from 'ssh2';
import { deliver, type Outcome } from '../outcome.ts';

/** Lines end the way terminals want it. */
export const terminalText = (text: string): string => text.replace(/\r?\n/g, '\r\n');

/** What a command prints: its words, or those of the refusal a fault put in their place. */
function textOf(outcome: Extract<Outcome, { fate: 'answer' }>): string {
  const { body } = outcome;
  if (typeof body === 'string') return body;
  const { detail, message } = (body ?? {}) as { detail?: string; message?: string };
  return `${detail ?? message ?? ''}\n`;
}

/**
 * Brings an outcome to a channel. Answers whether there is more to say on it: after a broken connection, or a silence that never
 * ends, there is not.
 */
export async function print(
  channel: ServerChannel,
  socket: Socket,
  outcome: Outcome,
  pause: (ms: number) => Promise<void>,
): Promise<boolean> {
  switch (outcome.fate) {
    case 'answer':
      await deliver(channel, Buffer.from(terminalText(textOf(outcome))), outcome.manner ?? {}, pause);
      return !channel.destroyed;
    case 'page':
    case 'bytes':
      channel.write(outcome.text);
      return true;
    case 'close':
      socket.end();
      return false;
    case 'reset':
      socket.resetAndDestroy();
      return false;
    case 'hang':
      return false;
  }
}
