import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ManagementSpec } from './reach/packet.ts';
import { nearestVersion, openSchema, type VersionSchema } from './schema.ts';
import type { Row } from './state/row.ts';

/** Two levels below the package root, from `src/simulator` and from `dist/simulator` alike. */
const ROOT = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** What the folder of a recorded router says of itself in `_router.json`. */
export interface RouterProfile {
  readonly board: string;
  readonly version: string;
  /** First half of the names given to its copies: `edge` for `edge-1`. */
  readonly role: string;
  /** Where the management station sits, as this router sees it. */
  readonly station: string;
  /** How its packets come in, where the routes do not tell. */
  readonly management?: ManagementSpec;
  /** Menus the schema of this version knows and this board lacks. */
  readonly absent: readonly string[];
  /** Texts that differ from copy to copy -> what stands there instead (`{name}`, `{serial}`, `{site}`, `{wan}`, `{mac}` ...). */
  readonly vary: Readonly<Record<string, string>>;
}

/** A recorded router: parsed once, shared by all its copies, never changed. */
export interface Recording {
  readonly profile: RouterProfile;
  readonly schema: VersionSchema;
  readonly singletons: ReadonlySet<string>;
  readonly menus: ReadonlyMap<string, readonly Readonly<Row>[]>;
}

const recordings = new Map<string, Recording>();
const schemas = new Map<string, VersionSchema>();

let defaults: Readonly<Record<string, Readonly<Row>>> | undefined;

const parse = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The versions that have a schema file. */
export function schemaVersions(): readonly string[] {
  const folder = `${ROOT}schema/`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => /^routeros-(.+)\.json$/.exec(file)?.[1] ?? []);
}

/** The schema that stands for a version. */
export function schemaFor(version: string): VersionSchema {
  const nearest = nearestVersion(version, schemaVersions());
  if (nearest === undefined) throw new Error(`no schema in ${ROOT}schema`);
  const known = schemas.get(nearest);
  if (known) return known;
  const opened = openSchema(parse(`${ROOT}schema/routeros-${nearest}.json`) as Parameters<typeof openSchema>[0]);
  schemas.set(nearest, opened);
  return opened;
}

/** Drivers and hardware that none of the images had from which the schemas were taken. */
const ELSEWHERE = ['/interface/wifiwave2', '/interface/w60g', '/interface/ethernet/poe', '/interface/ethernet/switch'];

/** Some version, on some board, has this path: it is the name of a menu and not of a row. */
export const isMenuSomewhere = (path: string): boolean =>
  ELSEWHERE.includes(path) || schemaVersions().some((version) => schemaFor(version).hasBelow(path));

/** The folders under `fixtures/routers`: `rb5009_7.20.6` and so on. */
export const recordedRouters = (): readonly string[] => readdirSync(`${ROOT}routers/`).sort();

/** All files of one recorded router. */
export function recording(folder: string): Recording {
  const known = recordings.get(folder);
  if (known) return known;
  const base = `${ROOT}routers/${folder}/`;
  const profile = parse(`${base}_router.json`) as RouterProfile;
  const menus = new Map<string, readonly Readonly<Row>[]>();
  const singletons = new Set<string>();
  for (const file of readdirSync(base, { recursive: true, encoding: 'utf8' })) {
    const path = file.replaceAll('\\', '/');
    if (!path.endsWith('.json') || path.startsWith('_')) continue;
    const menu = `/${path.slice(0, -'.json'.length)}`;
    const content = parse(`${base}${path}`) as Row | Row[];
    if (!Array.isArray(content)) singletons.add(menu);
    menus.set(menu, Object.freeze((Array.isArray(content) ? content : [content]).map((row) => Object.freeze(row))));
  }
  const made: Recording = Object.freeze({ profile: Object.freeze(profile), schema: schemaFor(profile.version), singletons, menus });
  recordings.set(folder, made);
  return made;
}

/** `fixtures/defaults.json`: what is filled in when a row is added. */
export function defaultsFile(): Readonly<Record<string, Readonly<Row>>> {
  if (defaults) return defaults;
  const { _source: _, ...menus } = parse(`${ROOT}defaults.json`) as Record<string, Row>;
  defaults = Object.freeze(menus);
  return defaults;
}
