/** Door 1, for any caller, people and machines: read, run, watch, plan, apply what is approved, history. It cannot approve. */
export { missingBecause } from './capability/availability.ts';
export * as catalogEntries from './capability/catalog/index.ts';
export type { Action, Capability, Risk, Shape, Tier, Topic } from './capability/define.ts';
export { canAdd, isWritable } from './capability/define.ts';
export { type Field, type Fields, type Kind, type KindShape, kebab, snake } from './capability/field.ts';
export { type Catalog, catalogOf } from './capability/lookup.ts';
export { columnsOf, labelOf, writableFields } from './capability/present.ts';
export type { WriteCall } from './client/types.ts';
export { type Actor, agent, type Origin, person } from './core/actor.ts';
export { cleanText, oneLine } from './core/clean.ts';
export { type Clock, iso, systemClock } from './core/clock.ts';
export {
  asFleetError,
  BugError,
  ConfigError,
  DeniedError,
  ERROR_CODES,
  type ErrorCode,
  type ErrorKind,
  FleetError,
  InputError,
  RouterError,
  StaleError,
  StoreError,
  UnreachableError,
} from './core/errors.ts';
export { newRequestId } from './core/ids.ts';
export { Secret } from './core/secret.ts';
export type { Allowance, Device, Environment, Facts } from './device/device.ts';
export { ALLOWANCES, ENVIRONMENTS, exposureOf } from './device/device.ts';
export { isSelected, parseSelection } from './device/select.ts';
export type { DeviceView } from './fleet/device-types.ts';
export type { Control, JobView } from './fleet/jobs.ts';
export { openFleet } from './fleet/open.ts';
export type { FleetOptions } from './fleet/options.ts';
export type { Comparison, PlanComparison } from './fleet/plan-compare.ts';
export type { ImportedPlan } from './fleet/plan-file.ts';
export type * from './fleet/read-types.ts';
export type * from './fleet/types.ts';
export { PLAN_FILE_LARGEST, type PlanFile, planFileSchema, planFileText, planFileTooLarge, readPlanFile } from './plan/file.ts';
export type { Intent, Selector } from './plan/intent.ts';
export { isBad, type RolloutOptions } from './plan/rollout.ts';
export { isOver } from './plan/state.ts';
export type * from './plan/types.ts';
export { STATES } from './plan/types.ts';
export { guardsText, guardText, reachText } from './plan/words.ts';
export { type Recipe, recipes } from './recipe/index.ts';
export type { LedgerRecord, Run } from './store/store.ts';
export { type View, views } from './view/index.ts';
