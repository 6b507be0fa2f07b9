import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names of lease holders: `<host>/<pid>/<start>/<anything>`. They tell a process of this machine that is gone from one that is only
 * slow, so that what it left behind is taken up at once and not when its lease has run out.
 */
export const holderName = (instance: string): string => [hostMark(), process.pid, startOf(process.pid) ?? '', instance].join('/');

/** Is this holder certainly gone? False for holders elsewhere, and whenever we cannot know. */
export function isDead(holder: string): boolean {
  const [host, pidText, start] = holder.split('/');
  const pid = Number(pidText);
  if (host !== hostMark() || !Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return start !== (startOf(pid) ?? '');
  return !isAlive(pid) || (start !== '' && startOf(pid) !== start);
}

/** This boot of this machine, and the space in which its process numbers mean something: containers share the former only. */
function hostMark(): string {
  const boot = quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const space = quietly(() => readlinkSync('/proc/self/ns/pid'));
  return [boot ?? hostname(), space ?? ''].join(' ').replaceAll('/', '-');
}

/** When a process started, in ticks since boot: a number is given again to another process. */
function startOf(pid: number): string | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name of the program stands in brackets and may hold anything.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return !(typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ESRCH');
  }
}

function quietly<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
