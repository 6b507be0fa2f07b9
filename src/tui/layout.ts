import type { ScreenView } from './screens/view.ts';

/** Below this nothing sensible fits: the screen says so. */
export const LEAST = { columns: 60, rows: 16 } as const;

/** Title, crumbs and rule above; hints (or a prompt) below, and over them what happened, in as many lines as it needs. */
const HEAD = 3;
const HINTS = 1;
/** More of a message than this is cut. */
const MOST_STATUS = 5;
/** Lines of the body that no intro may take. */
const LEAST_BODY = 5;

export interface Layout {
  readonly intro: number;
  /** Rows of a table, or lines of a text, that are in view. */
  readonly body: number;
  /** Lines of the message at the foot. */
  readonly status: number;
}

/** How the lines of a screen are shared out. Painting and paging ask the same function. */
export function layoutOf(view: ScreenView, rows: number, status: number): Layout {
  const free =
    rows - HEAD - HINTS - Math.max(1, Math.min(MOST_STATUS, status)) - (view.tabs ? 1 : 0) - (view.body.kind === 'table' ? 1 : 0);
  const intro = Math.max(0, Math.min(view.intro.length, free - LEAST_BODY));
  return { intro, body: Math.max(1, free - intro), status: Math.max(1, Math.min(MOST_STATUS, status)) };
}
