import { span } from '../parts/line.ts';
import { topOf } from '../state/app.ts';
import { decideView } from './decide.ts';
import { deviceView } from './device.ts';
import { exposureNote } from './exposed.ts';
import { fleetView } from './fleet.ts';
import { helpView } from './help.ts';
import { historyView } from './history.ts';
import { planView } from './plan.ts';
import { plansView } from './plans.ts';
import { recordView } from './record.ts';
import type { Scene, ScreenView } from './view.ts';

/** The screen to draw: the one on top of the stack, or the page behind a question; with a warning where the way to its router is open. */
export function viewOf(scene: Scene): ScreenView {
  const view = screenOf(scene);
  const warning = exposureNote(scene.state);
  if (warning.length === 0) return view;
  return { ...view, note: [...warning, ...(view.note.length > 0 ? [span(', ', 'dim'), ...view.note] : [])] };
}

function screenOf(scene: Scene): ScreenView {
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
