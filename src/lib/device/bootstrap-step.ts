/** A certificate to be made, or one that the router has. */
export type BootstrapCertificate = 'self-signed' | { readonly name: string };

export interface BootstrapStep {
  /** `run`: part of the script. `person`: typed by hand, as it asks for something. `optional`: for a person to decide on. */
  readonly kind: 'run' | 'person' | 'optional';
  /** One line for the console of RouterOS. */
  readonly command: string;
  /** Why, in one line. */
  readonly why: string;
}
