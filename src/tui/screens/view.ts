import type { Catalog, DeviceView, ItemView, PlanView } from '../../lib/index.ts';
import type { Line, Span } from '../parts/line.ts';
import type { AppState } from '../state/app.ts';
import type { Samples } from '../state/samples.ts';
import type { Glyphs } from '../theme.ts';

/** A screen as data: what the parts paint and what the keys move in. */
export interface ScreenView {
  /** Where we are, from the outside in. */
  readonly crumbs: readonly string[];
  /** At the right of the crumbs: how many rows, how old. */
  readonly note: Line;
  readonly tabs?: { readonly all: readonly Tab[]; readonly active: string };
  /** Lines that stay above the body while it scrolls. */
  readonly intro: readonly Line[];
  readonly body: Body;
  /** What is shown is not fresh. */
  readonly faded: boolean;
}

export interface Tab {
  readonly id: string;
  readonly label: string;
}

export type Body = TableBody | TextBody;

export interface TableBody {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  /** Identities of the rows, filtered and in order. */
  readonly ids: readonly string[];
  /** The cells of one row, one per column; asked for visible rows only. */
  readonly cells: (id: string) => readonly Span[];
  /** This row is older than the others. */
  readonly fadedRow?: (id: string) => boolean;
  /** Shown instead of rows when there are none. */
  readonly empty: readonly Line[];
  /** Columns there was no room for. */
  readonly hidden?: number;
  /** Names that `o` offers. */
  readonly sortable: readonly string[];
}

export interface TextBody {
  readonly kind: 'text';
  readonly lines: readonly Line[];
}

export interface Column {
  readonly name: string;
  readonly title: string;
  readonly width: number;
  readonly align?: 'right';
}

/** What a screen is drawn from, besides its level of the stack. */
export interface Scene {
  readonly state: AppState;
  readonly samples: Samples;
  readonly catalog: Catalog;
  readonly glyphs: Glyphs;
  readonly columns: number;
  /** Milliseconds after which a sample counts as old. */
  readonly staleAfter: number;
  readonly memory: Memory;
}

/** What screens remember between two frames, so that nothing is sorted or measured anew for its own sake. */
export interface Memory {
  readonly order: (key: readonly unknown[], make: () => readonly string[]) => readonly string[];
  readonly deviceById: (devices: readonly DeviceView[]) => ReadonlyMap<string, DeviceView>;
  readonly openPlans: (plans: readonly PlanView[]) => ReadonlyMap<string, { readonly waiting: number; readonly open: number }>;
  readonly measured: (key: readonly unknown[], make: () => Measured) => Measured;
  /** Columns never get narrower while the program runs. */
  readonly widths: (table: string, wanted: readonly number[]) => readonly number[];
}

/** Rows of a menu with the texts of their cells, by identity. */
export interface Measured {
  readonly rows: ReadonlyMap<string, ItemView>;
  readonly cells: ReadonlyMap<string, readonly string[]>;
  /** Widths of the widest cells, by column. */
  readonly contents: readonly number[];
}
