import { describe, expect, test } from 'vitest';
import { hasMenu, menuSchema } from '../../src/simulator/state/tables.ts';
import { rowFor } from './row-maker.ts';
import { type Bench, bench, readJson, recordedData } from './support.ts';

/** Replays what was measured on real routers. The measurements lie beside the checkout, not in it. */
const replay = (name: string, title: string, run: (file: string) => void): void => {
  const file = recordedData(name);
  test.skipIf(file === undefined)(file === undefined ? `${title} (skipped: no ${name} beside the checkout)` : title, () => run(file ?? ''));
};

interface Tally {
  agreed: number;
  skipped: string[];
  differ: string[];
}
const tally = (): Tally => ({ agreed: 0, skipped: [], differ: [] });
const report = (title: string, { agreed, skipped, differ }: Tally): void => {
  console.log(
    `${title}: ${agreed} agree, ${differ.length} differ, ${skipped.length} not replayed${differ.map((line) => `\n  differs: ${line}`).join('')}`,
  );
};

describe('requests and their status', () => {
  interface Step {
    readonly rule: string;
    readonly method: string;
    readonly url: string;
    readonly body?: Record<string, unknown>;
    readonly status: number;
    readonly note: string;
  }
  replay('rest-probes/transport-rest.v7.23.2.json', 'every recorded request gets its recorded status', (file) => {
    const core = bench('chr_7.24');
    const seen = tally();
    let id = '';
    for (const step of readJson<{ rows: Step[] }>(file).rows) {
      if (step.method === '(none)') {
        seen.skipped.push(step.rule);
        continue;
      }
      const reply = core.ask(step.method, step.url.replace('/rest', '').replace('*1', id), step.body);
      if (step.method === 'PUT') id = reply.body['.id'];
      const shape = step.note.startsWith('array')
        ? Array.isArray(reply.body)
        : step.note.startsWith('single object')
          ? !Array.isArray(reply.body)
          : true;
      const keys = /projected keys: (.+)/.exec(step.note)?.[1];
      const projected = keys === undefined || Object.keys(reply.body[0]).join(',') === keys;
      if (reply.status === step.status && shape && projected) seen.agreed += 1;
      else seen.differ.push(`${step.method} ${step.url}: ${reply.status} instead of ${step.status} (${step.note})`);
    }
    report('transport 7.23.2', seen);
    expect(seen.differ).toEqual([]);
    expect(seen.agreed).toBe(9);
  });
});

describe('rows without their required arguments', () => {
  interface Probe {
    readonly path: string;
    readonly required: readonly string[];
    readonly rawError: string;
  }
  /** What the console says of a script, as REST words it: the first argument that is missing, or the text without its place. */
  const inRest = (raw: string): { words: string } | { oneOf: readonly string[] } => {
    const text = raw.replace(/ \(\/[^()]*; line \d+\)$/, '');
    const missing = /^Script Error: missing value\(s\) of argument\(s\) (.+)$/.exec(text)?.[1];
    return missing === undefined
      ? { words: text.replace(/^Script Error: /, '') }
      : { oneOf: missing.split(' ').map((name) => `missing =${name}=`) };
  };
  const compare = (router: Bench, probes: readonly Probe[], title: string): Tally => {
    const seen = tally();
    for (const { path, rawError } of probes) {
      if (!hasMenu(router.state, path)) {
        seen.skipped.push(path);
        continue;
      }
      const { status, body } = router.ask('PUT', path, {});
      const detail: string = body.detail ?? '';
      const wanted = rawError === '' ? undefined : inRest(rawError);
      const agrees = wanted === undefined ? status === 201 : 'words' in wanted ? detail === wanted.words : wanted.oneOf.includes(detail);
      if (agrees) seen.agreed += 1;
      else seen.differ.push(`${path}: ${status} ${detail || 'stored'} instead of ${rawError || 'stored'}`);
    }
    report(title, seen);
    return seen;
  };
  replay('errors/required-args.v7.20.8.json', 'are refused as on 7.20.8', (file) => {
    const seen = compare(bench('rb5009_7.20.6'), readJson(file), 'required arguments 7.20.8');
    expect(seen.differ.map((line) => line.split(':')[0])).toEqual([]);
    expect(seen.agreed).toBeGreaterThan(140);
  });
  replay('errors/required-args.v7.22.1.json', 'are refused as on 7.22.1', (file) => {
    const seen = compare(bench('hap-ax3_7.22.1'), readJson(file), 'required arguments 7.22.1');
    expect(seen.differ.map((line) => line.split(':')[0])).toEqual([]);
    expect(seen.agreed).toBeGreaterThan(140);
  });
});

describe('second rows with the same key', () => {
  interface Verdict {
    readonly path: string;
    readonly field?: string;
    readonly verdict: string;
    readonly detail?: string;
  }
  /** Where two fields make the key, a row was refused with the other field left alone, and taken when it was varied too. */
  const partnersOf = (router: Bench, path: string, field: string, row: Record<string, string>): Record<string, string> => {
    const key = [...(menuSchema(router.state, path)?.unique.keys() ?? [])].find(
      (names) => names.includes('+') && names.split('+').includes(field),
    );
    return Object.fromEntries((key?.split('+') ?? []).flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));
  };
  /** A router that took the first of two rows; the second differs in everything. */
  const twoRows = (router: Bench, path: string, field: string) => {
    if (!hasMenu(router.state, path) || !menuSchema(router.state, path)?.commands.has('add')) return undefined;
    const [one, two] = [1, 2].map((n) => rowFor(router.state, path, field, n));
    return one && two && router.ask('PUT', path, one).status === 201 ? { router, one, two } : undefined;
  };
  replay('probes/key-uniqueness.7.23.2.json', 'are refused or taken as on 7.23.2', (file) => {
    const seen = tally();
    for (const { path, field, verdict, detail } of readJson<{ verdicts: Verdict[] }>(file).verdicts) {
      if (field === undefined || (verdict !== 'UNIQUE' && verdict !== 'DUPLICATE')) continue;
      const pair = ['rb5009_7.20.6', 'chr_7.24']
        .map((recording) => twoRows(bench(recording), path, field))
        .find((made) => made !== undefined);
      if (!pair) {
        seen.skipped.push(`${path} ${field}`);
        continue;
      }
      const { router, one, two } = pair;
      const reply = router.ask('PUT', path, {
        ...two,
        ...(verdict === 'UNIQUE' ? partnersOf(router, path, field, one) : {}),
        [field]: one[field],
      });
      const words = detail?.replaceAll('keyprobe1', one[field] ?? '');
      const agrees = verdict === 'UNIQUE' ? reply.body.detail === words : reply.status === 201;
      if (agrees) seen.agreed += 1;
      else seen.differ.push(`${path} ${field}: ${reply.status} ${reply.body.detail ?? 'stored'} instead of ${words ?? 'stored'}`);
    }
    report('uniqueness 7.23.2', seen);
    console.log(`  not replayed: ${seen.skipped.join(', ')}`);
    expect(seen.differ.map((line) => line.split(':')[0])).toEqual([]);
    expect(seen.agreed).toBeGreaterThan(150);
  });
});

describe('values and what is stored for them', () => {
  interface Result {
    readonly path: string;
    readonly item: string | null;
    readonly field: string;
    readonly accepted: Readonly<Record<string, string>>;
  }
  const CANDIDATES = ['yes', 'no', 'true', 'false'];
  replay('probes/type-verdicts.7.23.2.json', 'are as on 7.23.2', (file) => {
    const seen = tally();
    for (const { path, item, field, accepted } of readJson<{ results: Result[] }>(file).results) {
      const router = bench('chr_7.24');
      const row = item === null ? undefined : rowFor(router.state, path, 'name', 1);
      const made = row && router.ask('PUT', path, { ...row, name: item });
      if (Object.values(accepted).includes('?') || (made !== undefined && made.status !== 201)) {
        seen.skipped.push(`${path} ${field}`);
        continue;
      }
      for (const given of new Set([...CANDIDATES, ...Object.keys(accepted)])) {
        const reply =
          item === null
            ? router.ask('POST', `${path}/set`, { [field]: given })
            : router.ask('PATCH', `${path}/${item}`, { [field]: given });
        const stored = reply.status === 200 ? router.ask('GET', item === null ? path : `${path}/${item}`).body[field] : undefined;
        if (stored === accepted[given]) seen.agreed += 1;
        else seen.differ.push(`${path} ${field}=${given}: ${stored ?? reply.body.detail} instead of ${accepted[given] ?? 'a refusal'}`);
      }
    }
    report('stored values 7.23.2', seen);
    expect(seen.differ.map((line) => line.split(':')[0])).toEqual([]);
    expect(seen.agreed).toBeGreaterThan(150);
  });
});
