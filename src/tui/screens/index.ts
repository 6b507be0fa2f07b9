import { topOf } from '../state/app.ts';
import { decideView } from './decide.ts';
import { deviceView } from './device.ts';
import { fleetView } from './fleet.ts';
import { helpView } from './help.ts';
import { historyView } from './history.ts';
import { planView } from './plan.ts';
import { plansView } from './plans.ts';
import { recordView } from './record.ts';
import type { Scene, ScreenView } from './view.ts';

/** The screen to draw: the one on top of the stack, or the page behind a question. */
export function viewOf(scene: Scene): ScreenView {
  const asked = decideView(scene);
  if (asked) return asked;
  const level = topOf(scene.state);
  switch (level.place.kind) {
    case 'fleet':
      return fleetView(level, scene);
    case 'device':
      return deviceView(level, scene);
    case 'plans':
      return plansView(level, scene);
    case 'plan':
      return planView(level, scene);
    case 'history':
      return historyView(level, scene);
    case 'record':
      return recordView(level, scene);
    case 'help':
      return helpView(scene);
  }
}
