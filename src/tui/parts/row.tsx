import { Text } from 'ink';
import { createContext, memo, type ReactNode, useContext } from 'react';
import { createTheme, type Theme } from '../theme.ts';
import type { Line } from './line.ts';

/** How things look here, and how wide the screen is. */
export interface Canvas {
  readonly theme: Theme;
  readonly columns: number;
}

export const CanvasContext = createContext<Canvas>({
  theme: createTheme({ colour: false, attributes: false, unicode: false }),
  columns: 80,
});
export const useCanvas = (): Canvas => useContext(CanvasContext);

/** One line of the screen; it is drawn anew only when its text is another. */
const Painted = memo(function Painted({ text }: { readonly text: string }): ReactNode {
  return <Text wrap="truncate-end">{text === '' ? ' ' : text}</Text>;
});

export interface RowProps {
  readonly line: Line;
  readonly selected?: boolean;
  readonly faded?: boolean;
}

export function Row({ line, selected = false, faded = false }: RowProps): ReactNode {
  const { theme, columns } = useCanvas();
  return <Painted text={theme.paint(line, columns, { selected, faded })} />;
}
