/**
 * What someone wants, before a router was read. Values are text (as RouterOS or a command line writes it) or typed
 * (as JSON carries it); field names may be written `allowRemoteRequests`, `allow-remote-requests` or `allow_remote_requests`.
 */

/** Names one row: by `.id` (`{ id: '*3' }`) or by fields that no other static row shares. */
export type Selector = Readonly<Record<string, unknown>>;

export type Intent =
  /**
   * `before` (ordered menus) names the row it goes in front of; without it, the end. A row whose like is there needs no adding, unless
   * it is to be there `again`.
   */
  | {
      readonly verb: 'add';
      readonly capability: string;
      readonly values: Readonly<Record<string, unknown>>;
      readonly before?: Selector;
      readonly again?: true;
    }
  /** `where` is left out for a singleton. `unset` takes fields away. */
  | {
      readonly verb: 'set';
      readonly capability: string;
      readonly where?: Selector;
      readonly values: Readonly<Record<string, unknown>>;
      readonly unset?: readonly string[];
    }
  | { readonly verb: 'remove'; readonly capability: string; readonly where: Selector }
  /** Without `before`, to the end. */
  | { readonly verb: 'move'; readonly capability: string; readonly where: Selector; readonly before?: Selector };
