/**
 * What passes between us and a router, before a transport has put it in its own words.
 * A `Reader` may only look; a `Writer` is made in one place and handed to `plan/apply.ts` alone.
 */

/**
 * One item of a menu as RouterOS sends it: every value is text, `.id` included, already cleaned of hostile characters.
 * `.lossy` (ours, a comma list) names fields whose text was changed by the cleaning and must not be written back.
 */
export type Row = Readonly<Record<string, string>>;

/** A command that makes rows of a menu which has no `add`. */
export interface MakingCommand {
  readonly menu: string;
  readonly command: string;
}

export interface ReadCall {
  readonly verb: 'read';
  /** The menu as the console writes it: `/ip/firewall/filter`. */
  readonly menu: string;
  /** Limits the answer to these wire names; `.id` is asked for as well. */
  readonly fields?: readonly string[];
  /** Only rows whose fields equal these; the router does the choosing. */
  readonly where?: Row;
}

/** A command that changes no configuration: ping, flush, monitor. */
export interface RunCall {
  readonly verb: 'run';
  readonly menu: string;
  readonly command: string;
  /** Lists only where the command takes one (`.query`, `.proplist`). */
  readonly args: Readonly<Record<string, string | readonly string[]>>;
}

/** Ids may be router ids (`*1B`) or, inside a plan, references to rows the plan itself creates (`#0`). */
export type WriteCall =
  /** `by`: the row is made by a command of another menu (a backup is a file that `/system/backup/save` makes). */
  | {
      readonly verb: 'add';
      readonly menu: string;
      readonly values: Row;
      readonly placeBefore?: string;
      readonly by?: MakingCommand;
    }
  /** Without `id` the menu is a singleton. A key `!field` takes the field away. */
  | { readonly verb: 'set'; readonly menu: string; readonly id?: string; readonly values: Row }
  /** Takes one field away, on menus that have the `unset` command. */
  | { readonly verb: 'unset'; readonly menu: string; readonly id: string; readonly field: string }
  | { readonly verb: 'remove'; readonly menu: string; readonly id: string }
  /** Moves a row before another; without `before`, to the end. */
  | { readonly verb: 'move'; readonly menu: string; readonly id: string; readonly before?: string }
  /** A command that changes the router (`/execute`, `/system/script/run`, `/system/package/update/install`), with its arguments. */
  | { readonly verb: 'command'; readonly menu: string; readonly command: string; readonly values: Row };

export type Call = ReadCall | RunCall | WriteCall;

/** A wait can be given up; the command on the router goes on all the same. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** A person's action goes before polls in the router's queue. */
  readonly priority?: 'person' | 'poll';
}

export interface Reader {
  /** The rows of a menu; a singleton answers one row. */
  read(call: ReadCall, options?: CallOptions): Promise<readonly Row[]>;
}

export interface Runner {
  run(call: RunCall, options?: CallOptions): Promise<readonly Row[]>;
}

export interface Writer {
  /**
   * Sends one write, once; it is never repeated.
   * @returns the id of the row that was added, where the router says it, and the rows of its answer
   * @throws RouterError the router refused: nothing changed
   * @throws UnreachableError the reply was lost: what happened is unknown until it is read back
   */
  write(call: WriteCall): Promise<{ readonly id?: string; readonly rows?: readonly Row[] }>;
}

/** A live line to one router: reads and harmless commands. */
export interface Link extends Reader, Runner {
  close(): Promise<void>;
}
