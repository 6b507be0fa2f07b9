import type { Fields } from '../capability/field.ts';
import type { Intent } from '../plan/intent.ts';

/** A fleet task: checked input becomes intents. Pure: it reads no router and writes nothing. */
export interface Recipe {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly input: Fields;
  /** The MCP tool that plans it. */
  readonly tool?: string;
  intents(input: Readonly<Record<string, unknown>>): readonly Intent[];
  summary(input: Readonly<Record<string, unknown>>): string;
}

export const defineRecipe = (recipe: Recipe): Recipe => Object.freeze(recipe);
