/** Door 2, for people only: approve, reject, enrol routers. No MCP module may reach it. */
export { describeConfig, type LoadedConfig, loadConfig } from './config/load.ts';
export type { Config } from './config/schema.ts';
export type {
  DeviceChange,
  DeviceInput,
  DeviceTest,
  HopInput,
  HostKeyRequest,
  Probe,
  SshInput,
  TrustInput,
} from './fleet/device-types.ts';
export { openOperator } from './fleet/operator.ts';
export type { Operator } from './fleet/types.ts';
