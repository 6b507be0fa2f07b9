import type { Clock } from '../core/clock.ts';
import { RouterError, UnreachableError } from '../core/errors.ts';
import { compareVersions } from '../core/version.ts';
import { decodeBytes } from './body.ts';
import type { Breaker } from './breaker.ts';
import { unlessGivenUp } from './connect.ts';
import { type ExportOptions, type ExportText, exportWith } from './export.ts';
import type { Queue } from './queue.ts';
import type { Ssh } from './ssh.ts';
import type { Command, ReadForm } from './ssh-commands.ts';
import { readAsValue } from './text/as-value.ts';
import { readPrintDetail } from './text/print-detail.ts';
import { readSerialized } from './text/serialized.ts';
import type { CallOptions, ReadCall, Reader, Row } from './types.ts';

/** Reads over SSH, and exports, which REST has no words for. */
export interface SshReader extends Reader {
  /**
   * The configuration as a script. Secrets are left out unless asked for.
   * @throws UnreachableError, RouterError
   */
  export(options?: ExportOptions, call?: CallOptions): Promise<ExportText>;
  close(): Promise<void>;
}

export interface SshManners {
  /** The router's one queue, the same that REST uses: a router is asked one thing at a time. */
  readonly queue: Queue;
  readonly clock: Clock;
  /** Keeps polls off a router whose SSH does not answer. */
  readonly breaker?: Breaker;
  /** Of RouterOS, as the device's facts have it; empty where it is not known. */
  readonly version: string;
}

/** How long to wait (ms, jittered) before a read is tried again. */
const PAUSES = [250, 1_000] as const;

/** Reads over a connection, one at a time, and again after it broke. The connection is closed with the reader. */
export function openSshReader(ssh: Ssh, { queue, clock, version, breaker }: SshManners): SshReader {
  const forms = new Map<string, ReadForm>();
  // `:serialize` is there from 7.13 on; before that, and where that is wrong, text is read.
  let serializes = version === '' || compareVersions(version, '7.13') >= 0;

  const once = (command: Command, { priority = 'person', signal }: CallOptions): Promise<Buffer> => {
    const turn = (): Promise<Buffer> =>
      unlessGivenUp(
        queue.run(priority, () => ssh.send(command), signal),
        signal,
      );
    return breaker ? breaker.run(priority, turn) : turn();
  };

  const send = async (command: Command, options: CallOptions): Promise<Buffer> => {
    for (const pause of PAUSES) {
      try {
        return await once(command, options);
      } catch (thrown) {
        if (!worthAnotherTry(thrown)) throw thrown;
      }
      await clock.sleep(pause * (0.5 + Math.random()), options.signal);
    }
    return once(command, options);
  };

  const readAs = async (form: ReadForm, call: ReadCall, options: CallOptions): Promise<readonly Row[]> => {
    const isList = form === 'json' || form === 'text';
    const command: Command = { kind: 'read', form, menu: call.menu, ...(isList && call.where && { where: call.where }) };
    const rows = understand(form, await send(command, options), call.menu);
    return isList ? rows : rows.filter((row) => Object.entries(call.where ?? {}).every(([name, value]) => row[name] === value));
  };

  const read = async (call: ReadCall, options: CallOptions): Promise<readonly Row[]> => {
    const known = forms.get(call.menu);
    if (known) return readAs(known, call, options);
    const tried: ReadForm[] = serializes ? ['json', 'json-one'] : ['text', 'as-value-one'];
    for (const form of tried) {
      try {
        const rows = await readAs(form, call, options);
        forms.set(call.menu, form);
        return rows;
      } catch (thrown) {
        if (serializes && lacksSerialize(thrown)) {
          serializes = false;
          return read(call, options);
        }
        if (form === tried.at(-1) || !isNoList(thrown)) throw thrown;
      }
    }
    return [];
  };

  return {
    read: async (call, options = {}) => (await read(call, options)).map((row) => onlyFields(row, call.fields)),
    export: (options = {}, call = {}) => exportWith((command) => send(command, call), options),
    close: () => ssh.close(),
  };
}

function understand(form: ReadForm, answer: Buffer, menu: string): readonly Row[] {
  if (form === 'json' || form === 'json-one') {
    const rows = readSerialized(answer);
    if (rows) return rows;
    throw unreadable(menu);
  }
  const { text } = decodeBytes(answer);
  if (form === 'as-value-one') return readAsValue(text);
  const { rows, unread } = readPrintDetail(text);
  if (rows.length === 0 && unread > 0) throw unreadable(menu);
  return rows;
}

const unreadable = (menu: string): RouterError =>
  new RouterError("The router's answer cannot be read.", {
    code: 'ROUTER_FAULT',
    hint: 'Read again; if it stays so, please report it.',
    details: { call: `read ${menu}`, transport: 'ssh' },
  });

const wordsOf = (thrown: RouterError): string => String(thrown.details['routerText'] ?? '');

/** The console knows no `:serialize`. */
const lacksSerialize = (thrown: unknown): boolean => thrown instanceof RouterError && /\bserialize\b/.test(wordsOf(thrown));

/** A singleton has no `detail`, and says so in one of these ways. */
const isNoList = (thrown: unknown): boolean =>
  thrown instanceof RouterError &&
  thrown.code === 'ROUTER_REFUSED' &&
  /bad parameter|unknown parameter|unexpected argument|expected end of command|syntax error/i.test(wordsOf(thrown));

/** A connection that broke, or a passing fault; reads only ever come here. */
function worthAnotherTry(thrown: unknown): boolean {
  if (thrown instanceof RouterError) return thrown.code === 'ROUTER_FAULT' && thrown.retryable;
  if (!(thrown instanceof UnreachableError) || thrown.code !== 'UNREACHABLE') return false;
  return ['SSH_CLOSED', 'SSH_BROKE_OFF', 'ECONNRESET'].includes(String(thrown.details['network']));
}

function onlyFields(row: Row, fields: readonly string[] | undefined): Row {
  if (!fields) return row;
  const wanted = new Set(['.id', ...fields]);
  const lossy = (row['.lossy'] ?? '').split(',').filter((name) => wanted.has(name));
  const kept = Object.entries(row).filter(([name]) => wanted.has(name));
  return Object.freeze(Object.fromEntries(lossy.length > 0 ? [...kept, ['.lossy', lossy.join(',')]] : kept));
}
