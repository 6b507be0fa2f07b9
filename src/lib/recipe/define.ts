import type { Capability, Consent, Topic } from '../capability/define.ts';
import { withExamples } from '../capability/examples.ts';
import type { Fields } from '../capability/field.ts';
import type { Intent } from '../plan/intent.ts';

/** One row of a menu a recipe asked for. */
export interface ReadRow {
  readonly id: string;
  readonly dynamic: boolean;
  readonly item: Readonly<Record<string, unknown>>;
  /** What can be written of it, as canonical text under the router's own names. */
  readonly content: Readonly<Record<string, string>>;
  /** What the capability does not declare or understand. */
  readonly extra: Readonly<Record<string, string>>;
}

/** Rows of the menus a recipe asked for, by the name it gave them. A menu that the router lacks is not among them. */
export type Rows = Readonly<Record<string, readonly ReadRow[] | undefined>>;

/** The router a recipe is asked for, and our way to it. */
export interface Place {
  /** RouterOS version. */
  readonly version: string;
  /** Address or name we reach it by. */
  readonly host: string;
  readonly port: number;
  /** The service of the router that answers us. */
  readonly service: 'www' | 'www-ssl';
}

/** A fleet task: checked input becomes intents. Pure: it reads no router and writes nothing. */
export interface Recipe {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly input: Fields;
  readonly topic: Topic;
  /** The MCP tool that plans it. */
  readonly tool?: string;
  /** The tool applies at once where a policy rule approves it: for small changes of a single router. */
  readonly direct?: true;
  /** What it must know of the router before it can say what to do; read over REST just before. */
  readonly reads?: Readonly<Record<string, Capability>>;
  /** The parts of `reads` that this input needs; all of them by default. */
  needs?(input: Readonly<Record<string, unknown>>): readonly string[];
  /** @throws InputError what is asked for cannot be, in words for the person who asked */
  intents(input: Readonly<Record<string, unknown>>, rows: Rows, place: Place): readonly Intent[];
  /** What the input accepts by its name. */
  accepts?(input: Readonly<Record<string, unknown>>): readonly Consent[];
  summary(input: Readonly<Record<string, unknown>>): string;
}

export const defineRecipe = (recipe: Recipe): Recipe => Object.freeze({ ...recipe, input: withExamples(recipe.input) });
