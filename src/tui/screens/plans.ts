import { type DeviceView, oneLine, type PlanView } from '../../lib/index.ts';
import { age, plural } from '../parts/format.ts';
import { EMPTY, type Line, line, type Span, span } from '../parts/line.ts';
import { riskSpan, STATE_ORDER, stateSpan } from '../parts/words.ts';
import { deviceOf, type Level, waitingPlans } from '../state/app.ts';
import { type ListState, passes } from '../state/list.ts';
import { listOf } from '../state/reduce.ts';
import type { Column, Scene, ScreenView } from './view.ts';

const WHERE = 10;
const FIXED = 14 + WHERE + 6 + 5;

/** Plans by state: what waits for a person first. */
export function plansView(level: Level, scene: Scene): ScreenView {
  const { state } = scene;
  const { place } = level;
  const device = place.kind === 'plans' && place.deviceId !== undefined ? deviceOf(state, place.deviceId) : undefined;
  const list = listOf(level);
  const plans = (state.plans ?? []).filter(({ plan }) => !device || plan.targets.some(({ deviceId }) => deviceId === device.id));
  const byId = new Map(plans.map((view) => [view.plan.id, view]));
  const columns = planColumns(scene);
  const waiting = waitingPlans(state).length;
  return {
    crumbs: device ? ['Fleet', device.name, 'Plans'] : ['Plans'],
    note: [span(plural(plans.length, 'plan')), ...(waiting > 0 ? [span(`, ${waiting} waiting for a person`, 'call')] : [])],
    intro: [],
    faded: false,
    body: {
      kind: 'table',
      columns,
      ids: ordered(plans, list).map(({ plan }) => plan.id),
      sortable: ['state', 'risk', 'what', 'author', 'age'],
      cells: (id) => {
        const view = byId.get(id);
        return view ? cells(view, scene).slice(0, columns.length) : [];
      },
      fadedRow: (id) => ['rejected', 'cancelled', 'expired'].includes(byId.get(id)?.state ?? ''),
      empty: emptyPlans(device, list, scene),
    },
  };
}

function planColumns({ columns }: Scene): readonly Column[] {
  const room = columns - 2 - FIXED - 5 * 2;
  const author = Math.min(28, Math.max(12, Math.floor(room * 0.3)));
  return [
    { name: 'state', title: 'state', width: 14 },
    { name: 'risk', title: 'risk', width: 6 },
    { name: 'age', title: 'age', width: 5, align: 'right' },
    { name: 'where', title: 'where', width: WHERE + Math.max(0, Math.min(8, room - 50)) },
    { name: 'what', title: 'what', width: Math.max(10, room - author - Math.max(0, Math.min(8, room - 50))) },
    { name: 'author', title: 'author', width: author },
  ];
}

function cells({ plan, state }: PlanView, scene: Scene): readonly Span[] {
  const [first] = plan.targets;
  return [
    stateSpan(state, scene.glyphs),
    riskSpan(plan.risk),
    span(age(scene.state.now - plan.createdAt)),
    span(plan.targets.length === 1 && first ? oneLine(first.deviceName, 63) : plural(plan.targets.length, 'router')),
    span(oneLine(plan.summary, 200), 'strong'),
    span(oneLine(plan.author.id, 60), 'dim'),
  ];
}

const RISKS = ['high', 'medium', 'low'];
const RANKS: Readonly<Record<string, (view: PlanView) => string | number>> = {
  state: ({ state }) => STATE_ORDER.indexOf(state),
  risk: ({ plan }) => RISKS.indexOf(plan.risk),
  what: ({ plan }) => plan.summary,
  author: ({ plan }) => plan.author.id,
  age: ({ plan }) => -plan.createdAt,
};

function ordered(plans: readonly PlanView[], list: ListState): readonly PlanView[] {
  const rank = RANKS[list.sort ?? 'state'] ?? (() => 0);
  const turn = list.descending ? -1 : 1;
  return plans
    .filter((view) => list.filter === '' || passes(list.filter, searchText(view)))
    .sort((a, b) => {
      const [left, right] = [rank(a), rank(b)];
      return left < right ? -turn : left > right ? turn : b.plan.createdAt - a.plan.createdAt;
    });
}

const searchText = ({ plan, state }: PlanView): string =>
  [
    plan.id,
    state,
    plan.risk,
    plan.summary,
    plan.author.id,
    plan.author.onBehalfOf ?? '',
    ...plan.targets.map(({ deviceName }) => deviceName),
  ].join(' ');

function emptyPlans(device: DeviceView | undefined, list: ListState, { state }: Scene): readonly Line[] {
  if (state.plans === null) return [line('Reading the plans.', 'dim')];
  if (list.filter !== '') return [line(`No plan matches /${list.filter}. Esc shows all.`)];
  return [
    line(device ? `No plans for ${device.name}.` : 'No plans yet.', 'strong'),
    EMPTY,
    line('A plan is made with e on a page of a router (DNS, firewall, ...), or by an AI client over MCP.'),
    line('It changes nothing until a person approves it and it is applied.'),
  ];
}
