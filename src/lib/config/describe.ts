import type { LoadedConfig } from './load.ts';
import type { Layer } from './origins.ts';
import { SETTINGS, type SettingValue } from './schema.ts';

/** One line of `config show`. */
export interface ConfigRow {
  readonly key: string;
  /** null where nothing is set; `[secret]` for a secret that is. */
  readonly value: SettingValue | null;
  readonly origin: Layer;
  readonly where: string;
}

/** Every setting with its value and where it came from, in the order of the schema. No secret is among the values. */
export function describeConfig(loaded: LoadedConfig): readonly ConfigRow[] {
  return SETTINGS.map(({ key, secret }) => {
    const value = key.split('.').reduce<unknown>(member, loaded.config);
    const origin = loaded.origins[key] ?? { from: 'default', where: 'not set' };
    return Object.freeze({
      key,
      value: value === undefined ? null : secret ? '[secret]' : shown(value),
      origin: origin.from,
      where: origin.where,
    });
  });
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

const shown = (value: unknown): SettingValue =>
  typeof value === 'number' || typeof value === 'boolean' ? value : Array.isArray(value) ? value.map(inWords) : String(value);

/** A rule of a table stays JSON, which is how a variable would carry it. */
const inWords = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
