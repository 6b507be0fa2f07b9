import { guardText, oneLine, type Plan, type Reach, reachText } from '../lib/index.ts';
import { saidOnce } from './plan-alike.ts';

type Row = readonly [name: string, value: string];

/** How a plan is carried out, besides what it changes: guard, way to the routers, checks, waves. What is alike is said once. */
export function mannerRows(plan: Plan): readonly Row[] {
  const { targets, checks, soakSeconds, rollout } = plan;
  return [
    ...under(
      'guard',
      saidOnce(targets, ({ guard }) => guardText(guard)),
    ),
    ...under(
      'reach',
      saidOnce(
        targets.filter(({ reach }) => reach.length > 0),
        ({ reach }) => reach.map(wayText).join(' | '),
      ),
    ),
    ...under('checks', [
      ...(checks.length > 0 ? [checks.join('; ')] : []),
      ...saidOnce(
        targets.filter((target) => target.checks.length > 0),
        (target) => target.checks.join('; '),
      ),
    ]),
    ...(soakSeconds > 0 ? [['soak', `each router is watched for ${soakSeconds} s before its change is confirmed`] as const] : []),
    ...(rollout ? rolloutRows(plan, rollout) : []),
  ];
}

/** The name stands at the first line only. */
const under = (name: string, lines: readonly string[]): readonly Row[] => lines.map((line, at): Row => [at === 0 ? name : '', line]);

const wayText = (reach: Reach): string => `${reachText(reach)}${reach.rule === undefined ? '' : ` (${oneLine(reach.rule, 400)})`}`;

const ON_STOP: Readonly<Record<NonNullable<Plan['rollout']>['onStop'], string>> = {
  keep: 'what went well stays',
  'roll-back-wave': 'what went well in that wave is taken back',
  'roll-back-all': 'what went well is taken back, all of it',
};

function rolloutRows({ targets }: Plan, rollout: NonNullable<Plan['rollout']>): readonly Row[] {
  const { waves, parallel, pauseSeconds, budget, onStop } = rollout;
  const names = new Map(targets.map(({ deviceId, deviceName }) => [deviceId, deviceName]));
  const lines = waves.map((wave, at) => `wave ${at + 1} (${wave.length}): ${wave.map((id) => names.get(id) ?? id).join(', ')}`);
  const pause = pauseSeconds > 0 ? `, ${pauseSeconds} s between waves` : '';
  return [
    ...under('rollout', [`up to ${parallel} at a time${pause}`, ...lines]),
    ['budget', `${budget} may fail; one more stops it, and then ${ON_STOP[onStop]} (${onStop})`],
  ];
}
