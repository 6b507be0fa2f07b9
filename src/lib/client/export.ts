import { cleanText } from '../core/clean.ts';
import { decodeBytes } from './body.ts';
import type { Command, ExportStyle } from './ssh-commands.ts';
import { type Exported, readExport } from './text/export.ts';

export interface ExportOptions {
  /** One menu and what is below it (`/ip/firewall`); everything by default. */
  readonly menu?: string;
  readonly style?: ExportStyle;
  /** With the secrets that the account may see. What comes back must be kept like a password. */
  readonly sensitive?: boolean;
}

/** An export as text, cleaned, and as data. */
export interface ExportText {
  readonly text: string;
  readonly exported: Exported;
}

/** Asks for an export, and reads it. `exported.complete` is false where the router gave up on a menu: such a text restores nothing. */
export async function exportWith(send: (command: Command) => Promise<Uint8Array>, options: ExportOptions): Promise<ExportText> {
  const { menu, style = 'compact', sensitive = false } = options;
  const answer = await send({ kind: 'export', style, sensitive: sensitive ? 'show' : 'hide', ...(menu !== undefined && { menu }) });
  const text = cleanText(decodeBytes(answer).text).replaceAll('\r\n', '\n');
  return { text, exported: readExport(text) };
}
