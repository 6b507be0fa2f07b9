import { userInfo } from 'node:os';
import { type Actor, agent, oneLine } from '../lib/index.ts';

/**
 * The actor a client speaks as. Its name is what it says of itself, so it is only a label: cleaned, short, and without
 * anything that could look like another kind of actor.
 */
export function clientActor(clientName: string | undefined, opener: Actor, origin: 'stdio' | 'http'): Actor {
  const name = oneLine(clientName ?? '', 60)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 40);
  return agent(name === '' ? 'unknown' : name, userBehind(opener), origin);
}

/** The person for whom whoever opened the fleet works; without one, the operating-system user. */
function userBehind({ id, onBehalfOf }: Actor): string {
  const behind = onBehalfOf ?? id;
  return behind.startsWith('user:') ? behind.slice('user:'.length) : systemUser();
}

/** A user without an entry in the password file (some containers) has no name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
