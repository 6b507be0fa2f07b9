import { type DeviceView, exposureOf } from '../../lib/index.ts';
import { type Line, span } from '../parts/line.ts';
import { type AppState, deviceOf, type Place, planOf } from '../state/app.ts';

/** For the header of every screen about a router on whose way anyone could read or change what goes by. */
export function exposureNote(state: AppState): Line {
  const found = subjectsOf(state).flatMap((device) => {
    const exposed = exposureOf(device);
    return exposed === undefined ? [] : [{ name: device.name, exposed }];
  });
  const [first] = found;
  if (!first) return [];
  const [top] = state.stack.slice(-1);
  const isNamed = top?.place.kind === 'device';
  return [span(found.length > 1 ? `! ${found.length} exposed routers` : `! ${isNamed ? '' : `${first.name}: `}${first.exposed}`, 'bad')];
}

/** The router a screen shows, those a plan changes, and for what is opened in full those of the screen below. */
function subjectsOf(state: AppState): readonly DeviceView[] {
  const purpose = state.prompt?.purpose;
  if (purpose?.kind === 'approve' || purpose?.kind === 'reject') return subjectsOfPlan(state, purpose.planId);
  const place = state.stack.map((level): Place => level.place).findLast(({ kind }) => kind !== 'record' && kind !== 'help');
  if (place?.kind === 'plan') return subjectsOfPlan(state, place.planId);
  const deviceId = place?.kind === 'device' || place?.kind === 'plans' || place?.kind === 'history' ? place.deviceId : undefined;
  const device = deviceId === undefined ? undefined : deviceOf(state, deviceId);
  return device ? [device] : [];
}

const subjectsOfPlan = (state: AppState, planId: string): readonly DeviceView[] =>
  (planOf(state, planId)?.plan.targets ?? []).flatMap(({ deviceId }) => deviceOf(state, deviceId) ?? []);
