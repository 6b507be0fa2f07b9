/** Door 2, for people only: approve, reject, enrol routers. No MCP module may reach it. */
export { plainHostKey } from './client/host-key.ts';
export { type KnownHost, knownKeys, readKnownHosts } from './client/known-hosts.ts';
export { privateKeyState } from './client/private-key.ts';
export { readSshConfig, type SshConfig, sshHost } from './client/ssh-config.ts';
export { describeConfig, type LoadedConfig, loadConfig } from './config/load.ts';
export type { Config } from './config/schema.ts';
export { hostOf } from './device/address.ts';
export { type Bootstrap, bootstrap } from './device/bootstrap.ts';
export { readInventory } from './device/inventory/read.ts';
export type { Inventory, InventoryEntry, InventoryFormat, InventoryProblem } from './device/inventory/types.ts';
export { INVENTORY_FORMATS } from './device/inventory/types.ts';
export type { ApproverView, EnrolRequest, KeyAccess } from './fleet/approvers.ts';
export type {
  DeviceChange,
  DeviceInput,
  DeviceSight,
  DeviceTest,
  HopInput,
  HostKeyRequest,
  Probe,
  SightRequest,
  SshInput,
  TrustInput,
} from './fleet/device-types.ts';
export { openOperator } from './fleet/operator.ts';
export type { Operator } from './fleet/types.ts';
export { policyText } from './plan/policy/table.ts';
