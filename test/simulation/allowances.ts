/**
 * What the present program may do, although the invariants say that it may not. Each is a debt with a name: take one away when the
 * program pays it, and every run that made use of it fails.
 */
export const ALLOWANCES_NOW = {
  /**
   * An add that the network delivered twice leaves a twin behind that nobody looks for: the plan is `completed` all the same, or, when
   * it is undone, the twin stays and the plan is `stuck`, or in ordered menus even `rolled-back`. Seeds 299, 1869.
   */
  twinOfADoubledAdd: true,
  /**
   * An add whose answer could not be journaled, and that recovery then found done, leaves no id in the journal: the plan that takes it
   * back removes `#0`, which no router knows, is refused, and "puts back" what never went away. Seed 108.
   */
  undoOfAnUnnamedRow: false,
  /**
   * A row that another admin removed just before we would have is put back when the plan is undone: the router refused our removal
   * (404), and yet it counts as ours. Seed 1338.
   */
  othersRemovalUndone: false,
} as const;

/** What befell a run from outside. */
interface Misfortune {
  readonly doubled: boolean;
  /** A change of the plan names a row that the plan does not make. */
  readonly unnamed: boolean;
}

/** May this end be `stuck`? Without one of these, and without another admin or a silent router, it may not. */
export const mayBeStuck = ({ doubled }: Misfortune): boolean => ALLOWANCES_NOW.twinOfADoubledAdd && doubled;

/** May a completed plan leave one row too many? */
export const mayHaveTwin = ({ doubled }: Misfortune): boolean => ALLOWANCES_NOW.twinOfADoubledAdd && doubled;

/** May this plan end with any router at all? */
export const mayEndAnyhow = ({ unnamed }: Misfortune): boolean => ALLOWANCES_NOW.undoOfAnUnnamedRow && unnamed;

/** May undoing put back a row that another admin took away? */
export const mayPutBack = (): boolean => ALLOWANCES_NOW.othersRemovalUndone;
