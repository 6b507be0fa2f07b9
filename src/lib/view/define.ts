import type { Action, Capability, Topic } from '../capability/define.ts';
import type { Fields } from '../capability/field.ts';

/** Rows of one part of a view, typed; `missing` says why this router has none. */
export interface Part {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  /** How many there are in all, those beyond the limit too; 0 where the part is missing. */
  readonly total: number;
  readonly missing?: string;
}

export type Input = Readonly<Record<string, unknown>>;

/** A part that is read from a menu, or measured by a harmless command. */
export type Source =
  | {
      readonly read: Capability;
      /** Only these fields, where the menu has many. */
      readonly fields?: readonly string[];
      /** Conditions for the router; undefined leaves the part out. */
      where?(input: Input): Readonly<Record<string, unknown>> | undefined;
      /** At most this many rows; 1000 by default. With 0 the router is asked how many there are, and for none of them. */
      readonly limit?: number;
      /** The last rows where there are more than the limit: a log begins with the oldest. */
      readonly last?: true;
    }
  | {
      readonly run: Action;
      /** Arguments from the input and from what was read before; undefined leaves the part out. */
      args(input: Input, parts: Readonly<Record<string, Part>>): Readonly<Record<string, unknown>> | undefined;
    };

/** A read over several menus of one router, put together. Pure: `compose` reads no router. */
export interface View {
  readonly id: string;
  readonly title: string;
  /** What it shows, in one sentence. */
  readonly about: string;
  readonly topic: Topic;
  /** The MCP tool that history gave a name. */
  readonly tool?: string;
  readonly input: Fields;
  /** Asked one after the other, in this order. A menu that the router lacks is a part with `missing`. */
  readonly parts: Readonly<Record<string, Source>>;
  /** The answer: values that were measured or read; what is not known is null, never 0. */
  compose(parts: Readonly<Record<string, Part>>, input: Input): Readonly<Record<string, unknown>>;
}

/** Declares a view. */
export const defineView = (view: View): View => Object.freeze(view);
