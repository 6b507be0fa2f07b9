import type { Transport } from '../client/fallback.ts';
import type { ExportStyle } from '../client/ssh-commands.ts';

/** One typed item of a menu. Names are the capability's; unknown is null, never 0. */
export type ItemView = Readonly<Record<string, unknown>>;

export interface ReadRequest {
  readonly device: string;
  readonly capability: string;
  /** One row, by its RouterOS `.id`. */
  readonly id?: string;
  /** Only rows whose fields equal these; pushed to the router. Values as text or typed. */
  readonly where?: Readonly<Record<string, unknown>>;
  /** Only these fields of each item (the id always comes along). */
  readonly fields?: readonly string[];
  /** At most this many items (1 to 1000, 100 by default), from `cursor` on. */
  readonly limit?: number;
  readonly cursor?: string;
}

export interface ReadResult {
  readonly device: { readonly id: string; readonly name: string };
  readonly capability: string;
  /** `missing` holds the reason when this router has no such menu: that is data, not an error. */
  readonly missing?: string;
  /** Each with `id` (RouterOS `.id`; absent for a singleton) and, where there are any, `extra` fields we do not know. */
  readonly items: readonly ItemView[];
  readonly total: number;
  readonly nextCursor?: string;
  /** Which one served it: SSH is the spare way where REST fails. */
  readonly transport: Transport;
  readonly readAt: number;
}

export interface RunRequest {
  readonly device: string;
  readonly action: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Called after each step of a command that has several, with what it measured. */
  readonly progress?: (step: { readonly done: number; readonly total: number; readonly items: readonly ItemView[] }) => void;
}

export interface RunResult {
  readonly items: readonly ItemView[];
  readonly summary?: Readonly<Record<string, unknown>>;
}

export interface ViewRequest {
  readonly device: string;
  readonly view: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

export interface ViewResult {
  readonly device: { readonly id: string; readonly name: string };
  readonly view: string;
  /** Unknown is null. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What this router does not have, by the name of the part, with the reason. */
  readonly missing: Readonly<Record<string, string>>;
  readonly transport: Transport;
  readonly readAt: number;
}

export interface ExportRequest {
  readonly device: string;
  /** One menu and what is below it (`/ip/firewall`); everything by default. */
  readonly menu?: string;
  /** `compact` (default): what differs from the defaults; `terse`: one whole command per line; `verbose`: everything. */
  readonly style?: ExportStyle;
}

/** A configuration as text, without its secrets. */
export interface ExportResult {
  readonly device: { readonly id: string; readonly name: string };
  readonly text: string;
  /** False where the router gave up on a menu, or the text breaks off: such a text restores nothing. */
  readonly complete: boolean;
  /** What the router remarks on what is missing. */
  readonly notices: readonly string[];
  readonly transport: Transport;
  readonly readAt: number;
}
