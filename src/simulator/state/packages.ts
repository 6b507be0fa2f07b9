import type { RouterState } from './router.ts';

/** Packages that are installed and switched on. The base is always there. */
export function packageInstalled(router: RouterState, name: string | undefined): boolean {
  if (name === undefined) return true;
  const rows = router.tables.get('/system/package') ?? router.recording.menus.get('/system/package') ?? [];
  return rows.some((row) => row['name'] === name && row['disabled'] !== 'true' && row['available'] !== 'true');
}
