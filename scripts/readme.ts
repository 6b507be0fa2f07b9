import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
/** Screens of the terminal UI that its tests hold to the letter: what the README shows is what the program draws. */
const FRAMES = ['fleet-80x24', 'plan-changes'] as const;

/** The screens as text, without their empty lines at the foot. */
export const pictures = (): string =>
  FRAMES.map((name) => {
    const lines = readFileSync(path.join(root, `test/tui/frames/${name}.txt`), 'utf8').split('\n');
    const kept = lines.filter((line, index) => line.trim() !== '' || lines[index - 1]?.trim() !== '').map((line) => line.trimEnd());
    return `\`\`\`text\n${kept.join('\n').trimEnd()}\n\`\`\``;
  }).join('\n\n');

/** The README with its generated parts put between their markers; the rest of the file is written by hand. */
export function readme(parts: Readonly<Record<string, string>>): string {
  let text = readFileSync(path.join(root, 'README.md'), 'utf8');
  for (const [name, part] of Object.entries(parts)) {
    const marked = new RegExp(`(<!-- gen:${name} -->\\n).*?(<!-- /gen -->)`, 's');
    if (!marked.test(text)) throw new Error(`README.md has no place for ${name}`);
    text = text.replace(marked, (_, start: string, end: string) => `${start}${part}\n${end}`);
  }
  return text;
}
