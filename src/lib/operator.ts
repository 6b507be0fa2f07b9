/** Door 2, for people only: approve, reject, enrol routers. No MCP module may reach it. */
export { describeConfig, type LoadedConfig, loadConfig } from './config/load.ts';
export type { Config } from './config/schema.ts';
export { openOperator } from './fleet/operator.ts';
export type { DeviceInput, DeviceTest, Operator, Probe } from './fleet/types.ts';
