/**
 * Who may import whom. Amended by a dated decision in `docs/decisions/`, never in passing.
 *
 * `may` holds names of rooms, or single files below `src/lib/`; with ` (types)` only `import type` is allowed, with ` (re-exports)`
 * also `export ... from`: a door holds no code of its own.
 * `packages` may end in `*`, and may be limited to one file of the room with ` in FILE`.
 */
export interface Room {
  readonly name: string;
  /** A directory with its slash, or one file; the longest that fits a file is its room. */
  readonly at: string;
  readonly may: readonly string[];
  readonly packages: readonly string[];
  /** The files of this room do not import each other. */
  readonly apart?: true;
  /** Written by a program: no ceilings. */
  readonly generated?: true;
}

const LIBRARY = [
  'core',
  'config',
  'device',
  'client',
  'kit',
  'catalog',
  'catalog index',
  'view',
  'view kit',
  'view words',
  'view index',
  'recipe',
  'recipe index',
  'insight',
  'plan',
  'store',
  'vault',
  'access',
  'audit',
  'monitor',
  'telemetry',
];

const CATALOG = ['catalog', 'catalog index'];
const TERMINAL_WIDTH = ['string-width', 'wrap-ansi', 'slice-ansi', 'strip-ansi', 'cli-truncate', 'widest-line', 'get-east-asian-width'];

const DOOR = { may: ['fleet', ...LIBRARY.map((room) => `${room} (re-exports)`)], packages: [] };

export const TABLE: readonly Room[] = [
  { name: 'core', at: 'src/lib/core/', may: [], packages: ['node:crypto', 'zod'] },
  {
    name: 'config',
    at: 'src/lib/config/',
    may: ['core', 'device (types)'],
    packages: ['zod', 'yaml', 'smol-toml', 'env-paths', 'node:fs', 'node:path', 'node:os'],
  },
  { name: 'device', at: 'src/lib/device/', may: ['core'], packages: ['zod'] },
  { name: 'access', at: 'src/lib/access/', may: ['core'], packages: ['jose'] },
  { name: 'audit', at: 'src/lib/audit/', may: ['core', 'store (types)'], packages: ['node:crypto', 'node:fs'] },
  { name: 'vault', at: 'src/lib/vault/', may: ['core', 'store (types)'], packages: ['node:crypto', 'node:fs'] },
  { name: 'client', at: 'src/lib/client/', may: ['core', 'device'], packages: ['undici', 'ssh2', 'node:net', 'node:tls'] },
  { name: 'kit', at: 'src/lib/capability/', may: ['core', 'client/types.ts', 'device (types)'], packages: ['zod'] },
  { name: 'catalog', at: 'src/lib/capability/catalog/', may: ['kit'], packages: [], apart: true },
  { name: 'catalog index', at: 'src/lib/capability/catalog/index.ts', may: ['kit', 'catalog'], packages: [], generated: true },
  { name: 'view kit', at: 'src/lib/view/define.ts', may: ['kit'], packages: [] },
  { name: 'view words', at: 'src/lib/view/values.ts', may: ['kit', 'view kit'], packages: [] },
  { name: 'view', at: 'src/lib/view/', may: ['kit', ...CATALOG, 'view kit', 'view words'], packages: [], apart: true },
  { name: 'view index', at: 'src/lib/view/index.ts', may: ['kit', 'view', 'view kit'], packages: [], generated: true },
  { name: 'recipe', at: 'src/lib/recipe/', may: ['core', 'kit', ...CATALOG, 'plan/intent.ts'], packages: [] },
  { name: 'recipe index', at: 'src/lib/recipe/index.ts', may: ['kit', 'recipe'], packages: [], generated: true },
  {
    name: 'insight',
    at: 'src/lib/insight/',
    may: ['core', 'device', 'client/types.ts', 'kit', ...CATALOG, 'view', 'view index'],
    packages: [],
  },
  {
    name: 'plan',
    at: 'src/lib/plan/',
    may: ['core', 'device', 'client/types.ts', 'kit'],
    packages: ['node:crypto', 'zod in src/lib/plan/file.ts', 'zod in src/lib/plan/file-schema.ts'],
  },
  {
    name: 'store',
    at: 'src/lib/store/',
    may: ['core', 'device', 'plan (types)', 'plan/state.ts'],
    packages: ['kysely', 'node:sqlite', 'sql.js', 'pg', 'pg-boss', 'node:fs', 'node:path'],
  },
  {
    name: 'monitor',
    at: 'src/lib/monitor/',
    may: ['core', 'device', 'client/types.ts', 'kit', ...CATALOG, 'insight', 'store (types)'],
    packages: ['diff'],
  },
  { name: 'telemetry', at: 'src/lib/telemetry/', may: ['core', 'fleet (types)'], packages: ['pino', 'prom-client', '@opentelemetry/*'] },
  { name: 'fleet', at: 'src/lib/fleet/', may: LIBRARY, packages: ['node:crypto', 'node:os', 'node:path', 'node:fs'] },
  { name: 'lib/index.ts', at: 'src/lib/index.ts', ...DOOR },
  { name: 'lib/operator.ts', at: 'src/lib/operator.ts', ...DOOR },
  {
    name: 'mcp',
    at: 'src/mcp/',
    may: ['lib/index.ts'],
    packages: ['@modelcontextprotocol/* in src/mcp/sdk.ts', 'zod', 'nunjucks', 'node:*'],
  },
  {
    name: 'tui',
    at: 'src/tui/',
    may: ['lib/index.ts', 'lib/operator.ts'],
    packages: ['react', 'ink', '@inkjs/ui', 'node:*', ...TERMINAL_WIDTH],
  },
  { name: 'simulator', at: 'src/simulator/', may: ['core'], packages: ['ssh2', 'node:*'] },
  {
    name: 'bin',
    at: 'src/bin/',
    // `nearest` is needed before the library is loaded: a mistyped word must not cost its start.
    may: ['lib/index.ts', 'lib/operator.ts', 'core/nearest.ts', 'mcp', 'tui', 'simulator'],
    packages: ['meow', 'node:*'],
  },
];

/** What no path of run-time imports may lead to from `src/mcp/`: no tool can approve, the function is not reachable from the room. */
export const BEYOND_MCP = [
  'src/lib/fleet/approve.ts',
  'src/lib/fleet/approvers.ts',
  'src/lib/operator.ts',
  'src/lib/plan/token-sign.ts',
  'src/lib/vault/approver-key-file.ts',
];

/** The one way to a Writer, and the one file that may have it. */
export const WRITER = { name: 'openWriter', room: 'src/lib/client/', only: 'src/lib/fleet/apply.ts' };

export const FACES = ['src/mcp/', 'src/tui/', 'src/bin/'];

export const CEILINGS = { file: 250, function: 60, catalog: 120 };

/** Where a cast may stand: text from outside becomes a type there, and the test of the codec vouches for it. */
export const CODECS = [/^src\/lib\/capability\/[^/]+$/, /^src\/lib\/store\/(?:[\w-]+-)?codec\.ts$/, /^src\/simulator\//];

/** Rooms that have no process and no console of their own; `src/bin` has both. */
export const QUIET = ['src/lib/', 'src/mcp/'];
