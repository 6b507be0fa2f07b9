// The least that keeps a record: one line of JSON, written and forced to the disk.
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Appended, recordOf } from '../kit/appends.ts';
import { serve } from '../kit/serve.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'routeros-mcp-bench-'));
const file = path.join(folder, 'journal');
const handle = openSync(file, 'a');
let written = 0;

export const verbs = {
  append: (times: number): Appended => {
    const records = Array.from({ length: times }, (_, at) => recordOf(written + at));
    const before = performance.now();
    for (const record of records) {
      writeSync(handle, `${JSON.stringify(record)}\n`);
      fsyncSync(handle);
    }
    const wall = performance.now() - before;
    written += times;
    return { wall, kept: readFileSync(file, 'utf8').split('\n').length - 1 };
  },
};

serve(verbs, async () => {
  closeSync(handle);
  rmSync(folder, { recursive: true, force: true });
});
