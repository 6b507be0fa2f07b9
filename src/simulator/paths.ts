import { menuOf } from './request.ts';
import { packageInstalled } from './state/packages.ts';
import type { RouterState } from './state/router.ts';
import { hasMenu, isAbsent } from './state/tables.ts';

/** A folder of the console, whether or not it is a menu itself. One that a missing package brings is not there. */
export function hasFolder(router: RouterState, path: string): boolean {
  if (hasMenu(router, path)) return true;
  return !isAbsent(router, path) && router.schema.hasBelow(path) && packageInstalled(router, router.schema.menu(path)?.package);
}

/** The word at which the console loses the path. */
export function lostWord(router: RouterState, path: readonly string[]): string {
  const at = path.findIndex((_, index) => !hasFolder(router, menuOf(path.slice(0, index + 1))));
  return path[at < 0 ? path.length - 1 : at] ?? '';
}
