/**
 * Which menus and fields a version has. The compact text of a field is `<access>[ <kind>[ <detail>]]`:
 *
 *   r bool                        read only
 *   w switch no|inherit           two words that answer to false and true as well
 *   w flag                        present and empty, or absent
 *   w enum accept|drop            written by add and set; a add only, s set only
 *   w int 1..4094                 a range; `w time auto|none` words besides durations; `w open any` words besides anything
 *   w ref /interface all|none     the name of a row there, or one of the words; `refs` is a comma list of them
 *   w prefix =available-from      stored under another name
 */
export type Access = 'r' | 'w' | 'a' | 's';

export interface FieldSchema {
  readonly access: Access;
  /** bool, flag, switch, enum, int, ints, ports, time, rate, rates, ip, cidr, prefix, range, mac, ref, refs, string, open or '' for unknown. */
  readonly kind: string;
  readonly words: readonly string[];
  readonly range: readonly [string, string] | undefined;
  readonly menu: string | undefined;
  readonly storedAs: string | undefined;
}

export type MenuKind = 'list' | 'ordered' | 'singleton' | 'commands';

export interface MenuSchema {
  readonly kind: MenuKind;
  readonly commands: ReadonlySet<string>;
  readonly fields: ReadonlyMap<string, FieldSchema>;
  readonly required: readonly string[];
  /** One of `required` is enough. */
  readonly anyRequired: boolean;
  /** The recorded words when something required is missing; without them the router says `missing =x=`. */
  readonly requiredText: string | undefined;
  /** Field that no two rows may share -> the recorded refusal, `{}` standing for the value. */
  readonly unique: ReadonlyMap<string, string>;
  /** The package that brings the menu, unless it is in the base. */
  readonly package: string | undefined;
}

/** The file as it lies in `fixtures/schema`. */
export interface SchemaFile {
  readonly _source?: string;
  readonly version: string;
  readonly traits: { readonly postOnMenu: number };
  readonly menus: Readonly<Record<string, MenuFile>>;
}

interface MenuFile {
  readonly kind: MenuKind;
  readonly commands?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly anyRequired?: boolean;
  readonly requiredText?: string;
  readonly unique?: Readonly<Record<string, string>>;
  readonly package?: string;
}

export interface VersionSchema {
  readonly version: string;
  readonly traits: SchemaFile['traits'];
  has(menu: string): boolean;
  /** Menus directly or indirectly below a path: a folder of the console need not be a menu itself. */
  hasBelow(path: string): boolean;
  menu(menu: string): MenuSchema | undefined;
  readonly menus: readonly string[];
}

const RANGE = /^(.+?)\.\.(.+)$/;

export function parseField(text: string): FieldSchema {
  const [head = '', alias] = text.split(' =');
  const [access = 'w', kind = '', ...rest] = head.split(' ');
  const menu = kind === 'ref' || kind === 'refs' ? rest.shift() : undefined;
  const detail = rest.join(' ');
  const range = RANGE.exec(detail);
  const bounded = (kind === 'int' || kind === 'time') && range !== null;
  return Object.freeze({
    access: access === 'r' || access === 'a' || access === 's' ? access : 'w',
    kind,
    words: detail === '' || bounded ? [] : detail.split('|'),
    range: bounded ? ([range[1] ?? '', range[2] ?? ''] as const) : undefined,
    menu,
    storedAs: alias,
  });
}

function parseMenu(file: MenuFile): MenuSchema {
  return Object.freeze({
    kind: file.kind,
    commands: new Set((file.commands ?? '').split(' ').filter(Boolean)),
    fields: new Map(Object.entries(file.fields ?? {}).map(([name, text]) => [name, parseField(text)])),
    required: file.required ?? [],
    anyRequired: file.anyRequired ?? false,
    requiredText: file.requiredText,
    unique: new Map(Object.entries(file.unique ?? {})),
    package: file.package,
  });
}

/** A schema whose menus are taken apart when they are first asked for. */
export function openSchema(file: SchemaFile): VersionSchema {
  const parsed = new Map<string, MenuSchema>();
  const menus = Object.keys(file.menus);
  const folders = new Set(menus.flatMap((menu) => menu.split('/').map((_, at, words) => words.slice(0, at + 1).join('/'))));
  return Object.freeze({
    version: file.version,
    traits: file.traits,
    menus,
    has: (menu: string) => Object.hasOwn(file.menus, menu),
    hasBelow: (path: string) => folders.has(path),
    menu: (menu: string) => {
      const known = parsed.get(menu);
      if (known) return known;
      const raw = Object.hasOwn(file.menus, menu) ? file.menus[menu] : undefined;
      if (!raw) return undefined;
      const made = parseMenu(raw);
      parsed.set(menu, made);
      return made;
    },
  });
}

/** `7.20.6 (stable)` as numbers that compare. */
export function versionNumber(version: string): number {
  const [, major = '0', minor = '0', patch = '0'] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return Number(major) * 1_000_000 + Number(minor) * 1_000 + Number(patch);
}

/** Of the versions there are, the one that stands for `wanted`: the same minor release, else the nearest older, else the oldest. */
export function nearestVersion(wanted: string, versions: readonly string[]): string | undefined {
  const sorted = [...versions].sort((a, b) => versionNumber(a) - versionNumber(b));
  const minor = (version: string): number => Math.floor(versionNumber(version) / 1000);
  return sorted.filter((version) => minor(version) <= minor(wanted)).at(-1) ?? sorted[0];
}
