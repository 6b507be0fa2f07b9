import { describe, expect, test } from 'vitest';
import { openFrames } from './frames.tsx';
import { SCENES } from './scenes.ts';
import { SCENES_MANY } from './scenes-many.ts';

/** Every screen as it is drawn, character by character. `vitest -u` draws the pictures anew: read them before you commit them. */
describe('pictures', () => {
  for (const [name, { options, go }] of Object.entries({ ...SCENES, ...SCENES_MANY })) {
    test(name, async () => {
      const shown = options();
      const frames = openFrames(shown);
      await go(frames);
      const lines = frames.lines();
      const { columns = 80, rows = 24 } = shown;
      expect(lines.filter((line) => line.length > columns)).toEqual([]);
      expect(lines.length).toBeLessThanOrEqual(rows);
      await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`frames/${name.replaceAll(/[^a-z0-9]+/g, '-')}.txt`);
      frames.end();
    });
  }
});
