import { check, show } from './check.ts';
import type { Exception } from './exceptions.ts';

/** Files by path, as the checker takes them. */
export type Tree = Readonly<Record<string, string>>;

/** A small tree of every kind of room that keeps every rule. */
export const GOOD: Tree = {
  'src/lib/core/errors.ts': "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID;\n",
  'src/lib/client/types.ts': 'export interface Writer { readonly write: () => void }\n',
  'src/lib/client/rest.ts': "import type { Writer } from './types.ts';\nexport const openWriter = (): Writer => ({ write: () => {} });\n",
  'src/lib/capability/define.ts': "import type { Writer } from '../client/types.ts';\nexport type Use = Writer;\n",
  'src/lib/capability/catalog/ip-dns.ts': "import { type Use } from '../define.ts';\nexport const dns: Use | null = null;\n",
  'src/lib/capability/catalog/index.ts': "export { dns } from './ip-dns.ts';\n",
  'src/lib/store/store.ts': "import type { Plan } from '../plan/types.ts';\nexport type Stored = Plan;\n",
  'src/lib/plan/types.ts': 'export interface Plan { readonly id: string }\n',
  'src/lib/plan/token-sign.ts': 'export const sign = (): string => "";\n',
  'src/lib/vault/approver-key-file.ts': 'export const open = (): string => "";\n',
  'src/lib/fleet/approvers.ts': "import { open } from '../vault/approver-key-file.ts';\nexport const enrol = open;\n",
  'src/lib/fleet/approve.ts': "import { sign } from '../plan/token-sign.ts';\nexport const approve = sign;\n",
  'src/lib/fleet/apply.ts': "import { openWriter } from '../client/rest.ts';\nexport const apply = openWriter;\n",
  'src/lib/fleet/open.ts': "import { apply } from './apply.ts';\nexport const openFleet = () => apply;\n",
  'src/lib/index.ts': "export { id } from './core/errors.ts';\nexport { openFleet } from './fleet/open.ts';\n",
  'src/lib/operator.ts': "export { approve } from './fleet/approve.ts';\n",
  'src/mcp/stdio.ts': "import { openFleet } from '../lib/index.ts';\nimport { serve } from './sdk.ts';\nserve(openFleet);\n",
  'src/mcp/sdk.ts': "export { serve } from '@modelcontextprotocol/server/stdio';\n",
  'src/tui/app.tsx':
    "import { approve } from '../lib/operator.ts';\nimport { Box } from 'ink';\nexport const App = () => <Box>{approve()}</Box>;\n",
  'src/bin/routeros-mcp.ts': "const { App } = await import('../tui/app.tsx');\nconsole.log(process.argv, App);\n",
};

/** What is wrong with a tree, one line each. */
export const found = (tree: Tree, exceptions: readonly Exception[] = []): readonly string[] =>
  check(new Map(Object.entries(tree)), exceptions).map(show);

/** What is wrong with the good tree when some files are added or replaced. */
export const withFiles = (files: Tree): readonly string[] => found({ ...GOOD, ...files });

/** A text of so many lines. */
export const lines = (count: number, line = 'f();'): string => `${Array.from({ length: count }, () => line).join('\n')}\n`;
