import type { ReactNode } from 'react';
import type { Tab } from '../screens/view.ts';
import { type Line, lineWidth, type Span, span } from './line.ts';
import { Row, useCanvas } from './row.tsx';

/** The pages of a screen in one line; those around the active one when there are too many. */
export function Tabs({ tabs, active }: { readonly tabs: readonly Tab[]; readonly active: string }): ReactNode {
  const { columns } = useCanvas();
  return <Row line={tabLine(tabs, active, columns)} />;
}

export function tabLine(tabs: readonly Tab[], active: string, columns: number): Line {
  const at = Math.max(
    0,
    tabs.findIndex(({ id }) => id === active),
  );
  const all = tabs.map((tab, index) => tabSpan(tab, index, index === at));
  const room = columns - 4;
  let from = at;
  let to = at + 1;
  const width = (): number => lineWidth(all.slice(from, to));
  // Grows around the active tab, to the right first, for as long as whole labels fit.
  for (let grown = true; grown; ) {
    grown = false;
    if (to < all.length && width() + lineWidth(all.slice(to, to + 1)) <= room) {
      to += 1;
      grown = true;
    }
    if (from > 0 && width() + lineWidth(all.slice(from - 1, from)) <= room) {
      from -= 1;
      grown = true;
    }
  }
  return [span(from > 0 ? '< ' : '  ', 'dim'), ...all.slice(from, to), span(to < all.length ? ' >' : '', 'dim')];
}

/** Brackets say which one is active where colours cannot. */
function tabSpan({ label }: Tab, index: number, active: boolean): Span {
  const text = index < 9 ? `${index + 1} ${label}` : label;
  return active ? span(`[${text}]`, 'title') : span(` ${text} `);
}
