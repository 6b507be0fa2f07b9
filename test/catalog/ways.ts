import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Decoded, decodeRow, keyOf, wireMap } from '../../src/lib/capability/codec.ts';
import type { Capability, Risk, WriteVerb } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { compareVersions } from '../../src/lib/core/version.ts';
import { readJson, recordedData } from '../simulator/support.ts';

/** What the tests of the routing and the tunnel files share: recorded rows, the schema turned round, and changes as rows on the wire. */

const ROOT = path.join(import.meta.dirname, '../../fixtures');
export const VERSIONS = ['7.12.2', '7.16.2', '7.20.8', '7.22.2', '7.23.2', '7.24'] as const;
export const NOW = '7.23.2';

interface SchemaFile {
  readonly menus: Readonly<Record<string, { readonly fields?: Readonly<Record<string, string>> } | undefined>>;
}
const schemas = VERSIONS.map((version) => ({ version, ...readJson<SchemaFile>(path.join(ROOT, 'schema', `routeros-${version}.json`)) }));

/** Never fields of a row: how a row is named, copied or placed, and the mark of rows the router made itself. */
const NO_FIELDS = ['dynamic', 'copy-from', 'place-before', 'numbers'];

/** Fields the schema has and the catalog does not, with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'ovpn-server 7.12.2 disabled': 'one server without this switch until 7.17: read-only fields were probed on 7.23 alone',
  'ovpn-server 7.16.2 disabled': 'one server without this switch until 7.17: read-only fields were probed on 7.23 alone',
};

const existsAt = ({ when }: Capability, version: string): boolean =>
  (when?.from === undefined || compareVersions(version, when.from) >= 0) &&
  (when?.until === undefined || compareVersions(version, when.until) < 0);

/** Every field the schema knows is declared, for every version that has it. */
export function nothingIsMissing(capability: Capability): void {
  for (const { version, menus } of schemas.filter((one) => existsAt(capability, one.version))) {
    const declared = wireMap(capability, version);
    const known = Object.keys(menus[capability.menu]?.fields ?? {}).filter((name) => !NO_FIELDS.includes(name));
    expect(
      known.filter((name) => !declared.has(name) && LEFT_OUT[`${capability.id} ${version} ${name}`] === undefined),
      `${capability.id} on ${version}`,
    ).toEqual([]);
  }
}

export interface Recorded {
  readonly router: string;
  readonly version: string;
  readonly row: Row;
}

/** Rows of the menu of all simulated routers, or of one. */
export function recordedRows({ menu }: Capability, only?: string): readonly Recorded[] {
  const routers = readdirSync(path.join(ROOT, 'routers')).filter((router) => only === undefined || router === only);
  return routers.flatMap((router) => {
    const file = path.join(ROOT, 'routers', router, `${menu.slice(1)}.json`);
    const found = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Row | readonly Row[]) : [];
    const rows = Array.isArray(found) ? (found as readonly Row[]) : [found as Row];
    return rows.map((row) => ({ router, version: router.split('_').at(-1) ?? '', row }));
  });
}

type Body = Readonly<Record<string, unknown>>;
const asRows = (body: unknown): readonly Row[] =>
  (Array.isArray(body) ? body : [body]).filter((one): one is Row => typeof one === 'object' && one !== null);

/** Real bodies of the menus; the samples do not say which version sent them. */
function sampleRows(folder: string, menus: ReadonlySet<string>): readonly { readonly menu: string; readonly row: Row }[] {
  return readdirSync(folder).flatMap((file) => {
    const { samples } = readJson<{ samples: readonly { path: string; response: unknown }[] }>(path.join(folder, file));
    return samples
      .filter((sample) => menus.has(sample.path))
      .flatMap((sample) => asRows(sample.response).map((row) => ({ menu: sample.path, row })));
  });
}

/** Hand-written whole devices: `GET /rest/ip/route` -> body. */
function deviceRows(folder: string, menus: ReadonlySet<string>): readonly { readonly menu: string; readonly row: Row }[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.rest.json'));
  return files.flatMap((file) => {
    const { responses } = readJson<{ responses: Body }>(path.join(folder, file));
    return Object.entries(responses).flatMap(([request, body]) => {
      const menu = /^GET \/rest(\/[^?]*)/.exec(request)?.[1] ?? '';
      return menus.has(menu) ? asRows(body).map((row) => ({ menu, row })) : [];
    });
  });
}

/** A form with nothing filled in is a list of names, no sample of what a router says. */
const saysSomething = (row: Row): boolean => Object.entries(row).some(([name, value]) => !name.startsWith('.') && value !== '');

/** Registers the test that real bodies leave at most 2 % of their fields over, decoded as the version that understands them best. */
export function samplesAreUnderstood(topic: string, capabilities: readonly Capability[]): void {
  const real = recordedData('rest-samples/terraform-provider-routeros');
  const devices = recordedData('synthetic');
  const title = 'real bodies leave at most 2 % of their fields over';
  test.skipIf(!real || !devices)(real ? title : `${title} (skipped: no rest-samples beside the checkout)`, () => {
    const byMenu = new Map(capabilities.map((one) => [one.menu, one]));
    const menus = new Set(byMenu.keys());
    const over: string[] = [];
    let fields = 0;
    for (const { menu, row } of [...sampleRows(real ?? '', menus), ...deviceRows(devices ?? '', menus)].filter((one) =>
      saysSomething(one.row),
    )) {
      const capability = byMenu.get(menu);
      if (!capability) continue;
      const tries = VERSIONS.map((version) => Object.keys(decodeRow(capability, row, version).extra));
      const best = tries.reduce((least, one) => (one.length < least.length ? one : least));
      fields += Object.keys(row).filter((name) => !name.startsWith('.')).length;
      over.push(...best.map((name) => `${menu} ${name}`));
    }
    console.log(
      `${topic}: ${over.length} of ${fields} fields left over (${((100 * over.length) / fields).toFixed(2)} %): ${over.join(', ')}`,
    );
    expect(fields).toBeGreaterThan(50);
    expect(over.length / fields).toBeLessThanOrEqual(0.02);
  });
}

/** A change told by rows as RouterOS writes them. */
export interface Told {
  readonly verb: WriteVerb;
  readonly before?: Row;
  readonly after?: Row;
  /** All rows of the menu; where it is left out, the one that is changed. */
  readonly rows?: readonly Row[];
  readonly ownHost?: string;
}

/** A row as the planner hands it out: what can be written in canonical form, the rest as it came. */
function handedOut(capability: Capability, row: Row): Decoded['item'] {
  const { item, content } = decodeRow(capability, row, NOW);
  const owned = Object.entries(item).filter(([name]) => capability.fields[name]?.traits.readOnly || capability.fields[name]?.traits.secret);
  return { ...decodeRow(capability, content, NOW).item, ...Object.fromEntries(owned) };
}

function told(capability: Capability, { verb, before, after, rows, ownHost }: Told) {
  const item = (row: Row) => handedOut(capability, row);
  const change = { verb, ...(before && { before: item(before) }), ...(after && { after: item(after) }) };
  const all = (rows ?? (before ? [before] : [])).map(item);
  return { change, context: { environment: 'lab' as const, ownHost: ownHost ?? '192.0.2.250', rows: all } };
}

export function riskOf(capability: Capability, what: Told): Risk | undefined {
  const { change, context } = told(capability, what);
  return capability.risk?.(change, context);
}

export function refusalOf(capability: Capability, what: Told): string | undefined {
  const { change, context } = told(capability, what);
  return capability.refuse?.(change, context) ?? capability.consent?.(change)?.why;
}

export const add = (after: Row, more: Partial<Told> = {}): Told => ({ verb: 'add', after, ...more });
export const remove = (before: Row, more: Partial<Told> = {}): Told => ({ verb: 'remove', before, ...more });
export const set = (before: Row, values: Row, more: Partial<Told> = {}): Told => ({
  verb: 'set',
  before,
  after: { ...before, ...values },
  ...more,
});

/** The key of a row on the wire. */
export const keyed = (capability: Capability, row: Row): string | undefined =>
  keyOf(capability, decodeRow(capability, row, NOW).content, NOW);
