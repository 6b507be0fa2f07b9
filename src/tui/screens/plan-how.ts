import { guardText, oneLine, type Plan, type Reach, type Rollout, reachText, type Target } from '../../lib/index.ts';
import { alike, someNames } from '../parts/alike.ts';
import { plural } from '../parts/format.ts';
import { EMPTY, type Line, labelled, line, sentence, span, type Tone } from '../parts/line.ts';
import type { LeftOut } from '../state/app.ts';
import type { Glyphs } from '../theme.ts';
import type { Scene } from './view.ts';

const LABEL = 8;
const nameOf = ({ deviceName }: Target): string => oneLine(deviceName, 64);

/** Undo on the routers in short; what differs among them is said below the changes. */
export function guardSummary({ targets }: Plan): string {
  const groups = alike(targets, ({ guard }) => guardText(guard));
  const [first] = groups;
  if (first && groups.length === 1) return guardText(first[0].guard);
  const none = targets.filter(({ guard }) => guard.kind === 'none').length;
  const armed = `${plural(targets.length - none, 'router returns', 'routers return')} by ${targets.length - none === 1 ? 'itself' : 'themselves'}`;
  return none === 0 ? `${armed}; how differs, see below` : `${armed}, ${none} will not, see below`;
}

const VERDICTS: Readonly<Record<Reach['verdict'], { readonly sign: (glyphs: Glyphs) => string; readonly tone: Tone }>> = {
  yes: { sign: ({ yes }) => yes, tone: 'good' },
  no: { sign: ({ no }) => no, tone: 'bad' },
  unknown: { sign: () => '?', tone: 'warn' },
};

interface Way {
  readonly target: Target;
  readonly reach: Reach;
}

const waysOf = (plan: Plan): readonly Way[] => plan.targets.flatMap((target) => target.reach.map((reach) => ({ target, reach })));

/** One way to one or more routers after the change: sign, verdict in words, and the rule that decides, as data. */
function wayLines(ways: readonly [Way, ...Way[]], plan: Plan, { columns, glyphs }: Scene, indent: number): readonly Line[] {
  const [{ reach }] = ways;
  const { sign, tone } = VERDICTS[reach.verdict];
  const where = plan.targets.length === 1 ? '' : `${someNames(ways.map(({ target }) => nameOf(target)))}: `;
  return [
    ...sentence(oneLine(`${where}${reachText(reach)}`, 500), columns, { indent, sign: sign(glyphs), tone }),
    ...(reach.rule === undefined ? [] : sentence(`by the rule: ${oneLine(reach.rule, 200)}`, columns, { indent: indent + 2, tone })),
  ];
}

const groupedWays = (plan: Plan): readonly (readonly [Way, ...Way[]])[] =>
  alike(waysOf(plan), ({ reach }) => JSON.stringify([reachText(reach), reach.rule]));

/** What must not be overlooked: ways that are cut off, and how they are. Empty where all of them stay. */
export function cutOffLines(plan: Plan, scene: Scene): readonly Line[] {
  return groupedWays(plan)
    .filter(([{ reach }]) => reach.verdict === 'no')
    .flatMap((ways) => wayLines(ways, plan, scene, 1));
}

/** How the plan is carried out, besides what it changes: guard, way to the routers, checks, watch, waves. */
export function howLines(plan: Plan, scene: Scene): readonly Line[] {
  const lines = [...guardLines(plan, scene), ...reachLines(plan, scene), ...checkLines(plan, scene), ...rolloutLines(plan, scene)];
  return lines.length === 0 ? [] : [line(' How it is done', 'strong'), ...lines, EMPTY];
}

const row = (label: string, value: string, { columns }: Scene): readonly Line[] =>
  labelled(label, value, columns, { indent: 3, label: LABEL });

/** Only where routers differ: what all share stands above. */
function guardLines({ targets }: Plan, scene: Scene): readonly Line[] {
  const groups = alike(targets, ({ guard }) => guardText(guard));
  if (groups.length < 2) return [];
  return groups.flatMap((group, at) =>
    row(at === 0 ? 'guard' : '', `${someNames(group.map(nameOf))}: ${oneLine(guardText(group[0].guard), 400)}`, scene),
  );
}

function reachLines(plan: Plan, scene: Scene): readonly Line[] {
  const groups = groupedWays(plan);
  if (groups.length === 0) return [];
  return [line('   the way to it afterwards', 'dim'), ...groups.flatMap((ways) => wayLines(ways, plan, scene, 5))];
}

function checkLines({ checks, soakSeconds, targets }: Plan, scene: Scene): readonly Line[] {
  const all = [...new Set([...checks, ...targets.flatMap((target) => target.checks)])].map((check) => oneLine(check, 120));
  return [
    ...(all.length === 0 ? [] : row('checks', all.join('; '), scene)),
    ...(soakSeconds === 0 ? [] : row('watched', `${soakSeconds} s before it is confirmed`, scene)),
  ];
}

function rolloutLines(plan: Plan, scene: Scene): readonly Line[] {
  const { rollout } = plan;
  if (!rollout) return [];
  const names = new Map(plan.targets.map((target) => [target.deviceId, nameOf(target)]));
  const waves = rollout.waves.flatMap((wave, at) =>
    row(`wave ${at + 1}`, `${plural(wave.length, 'router')}: ${wave.map((id) => names.get(id) ?? id).join(', ')}`, scene),
  );
  return [
    ...waves,
    ...row('pace', `${rollout.parallel} at a time${rollout.pauseSeconds > 0 ? `, ${rollout.pauseSeconds} s between waves` : ''}`, scene),
    ...row('on stop', stopText(rollout), scene),
  ];
}

const ON_STOP: Readonly<Record<Rollout['onStop'], string>> = {
  keep: 'what went well is kept',
  'roll-back-wave': 'the wave is rolled back',
  'roll-back-all': 'all of it is rolled back',
};

/** `stops at the first router that fails; then the wave is rolled back`. */
export const stopText = ({ budget, onStop }: Rollout): string =>
  `stops ${budget === 0 ? 'at the first router that fails' : `when more than ${plural(budget, 'router')} failed`}; then ${ON_STOP[onStop]}`;

/** Routers that were asked for and are not part of the plan, as whoever made it here was told. */
export function leftOutLines(routers: LeftOut | undefined, { columns }: Scene): readonly Line[] {
  if (!routers || routers.length === 0) return [];
  return [
    line(` Left out: ${plural(routers.length, 'router')}`, 'warn'),
    ...alike(routers, ({ why }) => why).flatMap((group) =>
      sentence(`${group.map(({ device }) => oneLine(device, 64)).join(', ')}: ${oneLine(group[0].why, 300)}`, columns, { indent: 3 }),
    ),
    EMPTY,
  ];
}

/** A heading for routers that are changed alike, with all of their names. */
export function sameOnLines(targets: readonly [Target, ...Target[]], head: Line, { columns }: Scene): readonly Line[] {
  if (targets.length === 1) return [head];
  return [
    [span(` same on ${targets.length} routers`, 'strong'), span('  '), ...head.slice(2, 3)],
    ...sentence(targets.map(nameOf).join(', '), columns, { indent: 3 }),
  ];
}
