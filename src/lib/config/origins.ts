/** Where a value came from. Later ones win over earlier ones. */
export const LAYERS = ['default', 'file', 'env', 'flag'] as const;
export type Layer = (typeof LAYERS)[number];

export interface Origin {
  readonly from: Layer;
  /** `built in`, `/etc/routeros-mcp.yaml:7`, `ROUTEROS_MCP_DATA_DIR`, `--data-dir`. */
  readonly where: string;
}

/** A value on its way into the configuration: not yet checked. */
export interface Given {
  /** Dotted key, as it was written. */
  readonly key: string;
  readonly value: unknown;
  readonly origin: Origin;
}
