import { type Change, cleanText, guardsText, iso, type Outcome, oneLine, type PlanView } from '../lib/index.ts';
import type { Io, Style } from './io.ts';
import { callsOf, changeJson } from './plan-json.ts';
import { sheet } from './text-table.ts';

const SIGN: Readonly<Record<Change['verb'], string>> = { add: '+', set: '~', remove: '-', move: '>' };
const COLOUR: Readonly<Record<Change['verb'], Style>> = { add: 'green', set: 'yellow', remove: 'red', move: 'cyan' };
const RISK: Readonly<Record<PlanView['plan']['risk'], Style>> = { low: 'green', medium: 'yellow', high: 'red' };
/** Nothing of a value is hidden from the person who approves it: cleaned, on one line, and never cut. */
const whole = (text: string): string => oneLine(text, 65_535);

/** A plan for the person who decides about it: from the same frozen data that will be sent. */
export function planText(io: Io, view: PlanView, options: { readonly calls: boolean }): string {
  const parts = [header(io, view), diff(io, view), lost(io, view), options.calls ? calls(io, view) : '', ends(io, view), next(io, view)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function header(io: Io, view: PlanView): string {
  const { plan, state, approval, decision } = view;
  const rows: (readonly [string, string])[] = [
    ['plan', plan.id],
    ['summary', plan.summary],
    ['state', state],
    [
      'routers',
      plan.targets.map(({ deviceName, environment, version }) => `${deviceName} (${environment}, RouterOS ${version})`).join(', '),
    ],
    ['author', plan.author.onBehalfOf ? `${plan.author.id} for ${plan.author.onBehalfOf}` : plan.author.id],
    ['made', `${iso(plan.createdAt)}, expires ${iso(plan.expiresAt)}`],
    ['guard', guardsText(plan.targets)],
    ['hash', plan.hash],
  ];
  if (approval)
    rows.push(['approved', `by ${approval.rule ?? approval.by} at ${iso(approval.issuedAt)}, until ${iso(approval.expiresAt)}`]);
  if (decision) rows.push(['rejected', `by ${decision.by} at ${iso(decision.at)}: ${decision.reason}`]);
  const risk = io.paint(RISK[plan.risk], plan.risk);
  const why = plan.reasons.map((reason) => `  ${oneLine(reason)}`);
  return [sheet(io, rows), `${io.paint('dim', 'risk')}${io.plain ? '\t' : '      '}${risk}`, ...why].join('\n');
}

function diff(io: Io, { plan }: PlanView): string {
  return plan.targets
    .map((target) => [io.paint('bold', target.deviceName), ...target.changes.map((change) => `  ${changeText(io, change)}`)].join('\n'))
    .join('\n\n');
}

/** One change: a headline, and the fields it touches. */
function changeText(io: Io, change: Change): string {
  const { verb, capability, menu, label, row, place } = change;
  const { before, after } = changeJson(change);
  const name = label === capability || label === '' ? '' : ` "${whole(label)}"`;
  const id = row.startsWith('*') ? ` ${row}` : '';
  const head = io.paint(COLOUR[verb], `${SIGN[verb]} ${menu}${id}${name}`);
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const fields = names.map((field) => {
    if (change.secret.includes(field)) return `${field}: changed (secret)`;
    const [old, now] = [before?.[field], after?.[field]];
    if (verb === 'add') return `${field}: ${whole(now ?? '')}`;
    if (verb === 'remove') return `${field}: ${whole(old ?? '')}`;
    return `${field}: ${old === undefined ? '(not set)' : whole(old)} -> ${now === undefined ? '(not set)' : whole(now)}`;
  });
  const placed = place?.to === undefined ? [] : [place.to === null ? 'place: at the end' : `place: in front of ${place.to}`];
  return [head, ...[...fields, ...placed].map((line) => `      ${line}`)].join('\n');
}

function lost(io: Io, { plan }: PlanView): string {
  const lines = plan.targets.flatMap((target) =>
    target.lost.map(
      ({ change, why }) => `  ${target.changes[change]?.menu ?? ''} ${whole(target.changes[change]?.label ?? '')}: ${oneLine(why)}`,
    ),
  );
  return lines.length === 0 ? '' : [io.paint('bold', 'Cannot be undone'), ...lines].join('\n');
}

function calls(io: Io, view: PlanView): string {
  const all = callsOf(view);
  const lines = (phase: 'apply' | 'undo'): readonly string[] =>
    all.filter((one) => one.phase === phase).map(({ device, call }) => `  ${device}  ${cleanText(JSON.stringify(call))}`);
  return [io.paint('bold', 'Requests, in order'), ...lines('apply'), io.paint('bold', 'If it fails'), ...lines('undo')].join('\n');
}

function ends(io: Io, { plan, targets }: PlanView): string {
  return targets
    .flatMap(({ deviceId, outcome }) => {
      const name = plan.targets.find((target) => target.deviceId === deviceId)?.deviceName ?? deviceId;
      return outcome ? [endText(io, name, outcome)] : [];
    })
    .join('\n\n');
}

function endText(io: Io, name: string, outcome: Outcome): string {
  const lines = [`${io.paint('bold', 'Outcome')} ${name}: ${outcome.state}`, `  ${oneLine(outcome.summary, 400)}`];
  if (outcome.routerText !== undefined) lines.push(`  the router said: ${oneLine(outcome.routerText, 400)}`);
  if (outcome.checks.length > 0) lines.push(io.paint('bold', 'Checks'));
  for (const { check, verdict, before, after, why } of outcome.checks) {
    const values = [before, after].filter((value) => value !== undefined).map((value) => oneLine(value));
    lines.push(
      `  ${verdict.padEnd(12)} ${oneLine(check)}${values.length > 0 ? `: ${values.join(' -> ')}` : ''}${why === undefined ? '' : ` (${oneLine(why)})`}`,
    );
  }
  if (outcome.left.length > 0)
    lines.push(io.paint('bold', 'Still on the router'), ...outcome.left.map((change) => `  ${changeText(io, change)}`));
  if (outcome.drift.length > 0) lines.push(io.paint('bold', 'Changed since it was planned'));
  for (const { capability, row, planned, now } of outcome.drift) {
    lines.push(`  ${capability} ${whole(row)}`, `      planned from: ${content(planned)}`, `      there now:    ${content(now)}`);
  }
  return lines.join('\n');
}

const content = (row: Readonly<Record<string, string>> | null): string =>
  row === null
    ? 'nothing'
    : Object.entries(row)
        .map(([name, value]) => `${name}=${whole(value)}`)
        .join(' ');

/** What a person can do with it now. */
function next(io: Io, { plan, state, approvalNeeds }: PlanView): string {
  const say = (text: string): string => `${io.paint('bold', 'Next')} ${text}`;
  const { typedName, because } = approvalNeeds;
  const why = because.length === 0 ? '' : ` (${because.join(', ')})`;
  switch (state) {
    case 'review':
      return say(`routeros-mcp plan approve ${plan.id}${typedName === null ? '' : `, and type ${typedName}`}${why}`);
    case 'approved':
      return say(`routeros-mcp plan apply ${plan.id}`);
    case 'completed':
      return say(`to undo it: routeros-mcp plan rollback ${plan.id}`);
    case 'stale':
    case 'expired':
      return say('make the plan again');
    case 'stuck':
      return say('a person must look at the router');
    default:
      return '';
  }
}
