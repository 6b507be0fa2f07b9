import type { Violation } from './check.ts';
import type { Import, Source } from './imports.ts';
import { BEYOND_MCP, WRITER } from './table.ts';

type Edges = ReadonlyMap<string, readonly Edge[]>;
interface Edge {
  readonly to: string;
  readonly line: number;
}

/** Imports that are there when the program runs, dynamic ones and re-exports included. */
function runTime(sources: readonly Source[]): Edges {
  const edge = (one: Import): readonly Edge[] => (one.typeOnly || one.target === undefined ? [] : [{ to: one.target, line: one.line }]);
  return new Map(sources.map(({ file, imports }) => [file, imports.flatMap(edge)]));
}

/** The shortest path of imports between two files, both included. */
function way(edges: Edges, from: string, to: string): readonly string[] | undefined {
  const paths = new Map<string, readonly string[]>([[from, [from]]]);
  for (const [file, path] of paths) {
    for (const edge of edges.get(file) ?? []) {
      if (edge.to === to) return [...path, to];
      if (!paths.has(edge.to)) paths.set(edge.to, [...path, edge.to]);
    }
  }
  return undefined;
}

/** Files that import each other in a ring cannot be understood, loaded or tested one by one. */
export function cycles(sources: readonly Source[]): readonly Violation[] {
  const edges = runTime(sources);
  const seen = new Set<string>();
  return sources.flatMap(({ file }) => {
    if (seen.has(file)) return [];
    const ring = way(edges, file, file);
    if (ring === undefined) return [];
    for (const member of ring) seen.add(member);
    const line = edges.get(file)?.find(({ to }) => to === ring[1])?.line ?? 1;
    const message = `is in a ring of imports: ${ring.join(' -> ')}; move what they share into a file that imports neither`;
    return [{ rule: 'cycle', file, line, message }];
  });
}

/** No path of imports leads from the MCP face to what only a person may do. */
export function ways(sources: readonly Source[]): readonly Violation[] {
  const edges = runTime(sources);
  const starts = sources.map(({ file }) => file).filter((file) => file.startsWith('src/mcp/'));
  if (starts.length === 0) return [];
  return BEYOND_MCP.flatMap((forbidden): readonly Violation[] => {
    if (!edges.has(forbidden)) {
      const message =
        'is fenced off from src/mcp but is not there: the fence guards nothing; name the file that took its place in BEYOND_MCP';
      return [{ rule: 'approve', file: forbidden, line: 1, message }];
    }
    return starts.flatMap((start): readonly Violation[] => {
      const path = way(edges, start, forbidden);
      // The file that crosses into the library is named once, by the face file nearest to it.
      if (path === undefined || path[1]?.startsWith('src/mcp/')) return [];
      const line = edges.get(start)?.find(({ to }) => to === path[1])?.line ?? 1;
      const message = `a path of imports leads from src/mcp to what only a person may do: ${path.join(' -> ')}; cut it by moving the import behind src/lib/operator.ts`;
      return [{ rule: 'approve', file: start, line, message }];
    });
  });
}

/** The factory of Writers is imported by one file, by name. */
export function writerLeaks(sources: readonly Source[]): readonly Violation[] {
  const makes = new RegExp(`\\bexport\\s+(?:async\\s+)?(?:const|function)\\s+${WRITER.name}\\b|\\bexport\\s*\\{[^}]*\\b${WRITER.name}\\b`);
  const makers = sources.filter(({ file, code }) => file.startsWith(WRITER.room) && makes.test(code)).map(({ file }) => file);
  const takes = ({ clause, target, kind }: Import): boolean => {
    if (new RegExp(`\\b${WRITER.name}\\b`).test(clause)) return true;
    // A whole module holds the factory too.
    return target !== undefined && makers.includes(target) && (kind === 'dynamic' || clause.trimStart().startsWith('*'));
  };
  return sources.flatMap(({ file, imports }) => {
    if (file === WRITER.only) return [];
    return imports.filter(takes).map((one): Violation => {
      const message = `imports ${WRITER.name}, which ${WRITER.only} alone may have: a change reaches a router as a plan, or not at all; plan it, or call fleet's apply`;
      return { rule: 'writer', file, line: one.line, message };
    });
  });
}
