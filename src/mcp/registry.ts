import {
  type Action,
  BugError,
  type Capability,
  type Catalog,
  catalogEntries,
  catalogOf,
  type Recipe,
  recipes,
  type View,
  views,
} from '../lib/index.ts';
import { actionTool } from './derive/action.ts';
import { directTool, planTool } from './derive/plan.ts';
import { oneTool, readTool } from './derive/read.ts';
import { recipeTool } from './derive/recipe.ts';
import { viewTool } from './derive/view.ts';
import { planChange, readCapability } from './general/any-capability.ts';
import { applyPlan } from './general/apply-plan.ts';
import { configSnapshot } from './general/config-snapshot.ts';
import { checkConnectivity, deviceHealth } from './general/health.ts';
import { getHistory, verifyLedger } from './general/history.ts';
import { controlPlan, getJob } from './general/jobs.ts';
import { listDevices } from './general/list-devices.ts';
import { planRecipe } from './general/plan-recipe.ts';
import { getPlan, listPlans, rollbackPlan } from './general/plans.ts';
import { searchCapabilities } from './general/search-capabilities.ts';
import { echo, serviceHealth } from './general/service.ts';
import type { Tool } from './tool.ts';

/** All tools of a server: data, made once, the same for every client and every call. */
export interface Registry {
  /** By name: the order is part of the contract. */
  readonly tools: readonly Tool[];
  /** By name or alias. */
  find(name: string): Tool | undefined;
}

/** A name a model can be given: snake_case, short enough for every client's prefix. */
const GOOD_NAME = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * The tools that follow from a catalog and from recipes, and the general ones. Adding a capability adds its tools here
 * without an edit: its file says what they are called.
 * @throws BugError when two tools claim one name
 */
export function registryOf(
  declared: Readonly<Record<string, Capability | Action>>,
  tasks: readonly Recipe[],
  together: readonly View[] = [],
): Registry {
  const catalog = catalogOf(declared);
  const tools = [
    ...generalTools(catalog, tasks, together),
    ...catalog.capabilities.flatMap(toolsOf),
    ...actionTools(catalog),
    ...recipeTools(tasks),
    ...viewTools(together),
  ];
  const byName = new Map<string, Tool>();
  for (const tool of tools) {
    for (const name of [tool.name, ...tool.aliases]) {
      if (!GOOD_NAME.test(name)) throw new BugError(`${name} is no name for a tool.`);
      if (byName.has(name)) throw new BugError(`Two tools are called ${name}.`);
      byName.set(name, tool);
    }
  }
  return Object.freeze({
    tools: Object.freeze(tools.toSorted((a, b) => (a.name < b.name ? -1 : 1))),
    find: (name: string) => byName.get(name),
  });
}

const generalTools = (catalog: Catalog, tasks: readonly Recipe[], together: readonly View[]): readonly Tool[] => [
  applyPlan,
  checkConnectivity,
  configSnapshot,
  controlPlan,
  deviceHealth,
  echo,
  getHistory,
  getJob,
  getPlan,
  listDevices,
  listPlans,
  planChange(catalog),
  planRecipe(tasks),
  readCapability(catalog),
  rollbackPlan,
  searchCapabilities(catalog, tasks, together),
  serviceHealth,
  verifyLedger,
];

function toolsOf(capability: Capability): readonly Tool[] {
  const { read, one, plan, direct } = capability.tool ?? {};
  return [
    ...(read === undefined ? [] : [readTool(capability, read)]),
    ...(one === undefined ? [] : [oneTool(capability, one)]),
    ...(plan === undefined ? [] : [planTool(capability, plan)]),
    ...(direct === undefined ? [] : [directTool(capability, direct)]),
  ];
}

const actionTools = ({ actions }: Catalog): readonly Tool[] =>
  actions.flatMap((action) => (action.tool === undefined ? [] : [actionTool(action, action.tool)]));

const recipeTools = (tasks: readonly Recipe[]): readonly Tool[] =>
  tasks.flatMap((recipe) => (recipe.tool === undefined ? [] : [recipeTool(recipe, recipe.tool)]));

const viewTools = (together: readonly View[]): readonly Tool[] =>
  together.flatMap((view) => (view.tool === undefined ? [] : [viewTool(view, view.tool)]));

/** The registry of this package's own catalog and recipes. */
export const registry: Registry = registryOf(catalogEntries, recipes, views);
