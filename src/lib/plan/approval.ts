/** A person's yes, or a named policy rule's, to exactly one plan hash. */
export interface Approval {
  readonly planId: string;
  readonly planHash: string;
  readonly by: string;
  readonly kind: 'person' | 'policy';
  /** For `policy`: the rule. */
  readonly rule?: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly nonceHash: string;
  /** HMAC-SHA256 over all of the above; empty for a policy rule, which is evaluated again at apply. */
  readonly mac: string;
  /** Ed25519 over the same bytes as the MAC, in base64, by an enrolled key of the same person. */
  readonly signature?: { readonly keyId: string; readonly value: string };
  readonly consumedAt?: number;
}
