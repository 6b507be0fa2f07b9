const REDACTED = '[secret]';

/**
 * A value that must not be seen: it prints, serialises and inspects as `[secret]`.
 * The only way to the text is `reveal()`, so that every use can be found by name.
 *
 * @example
 * const password = new Secret('hunter2');
 * `${password}`;        // '[secret]'
 * password.reveal();    // 'hunter2'
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}
