import { type CheckResult, type Drift, type HistoryNote, type Outcome, oneLine } from '../../lib/index.ts';
import { clockTime } from '../parts/format.ts';
import { type Line, labelled, line, sentence, span, type Tone } from '../parts/line.ts';
import type { Scene } from './view.ts';

/** How a plan ended on one router, why, and what is left to look at. */
export function outcomeLines(outcome: Outcome, scene: Scene): readonly Line[] {
  const { columns } = scene;
  const good = outcome.state === 'completed';
  return [
    ...sentence(oneLine(outcome.summary, 400), columns, { indent: 3, sign: good ? scene.glyphs.yes : '!', tone: good ? 'good' : 'warn' }),
    ...(outcome.hint ? sentence(oneLine(outcome.hint, 400), columns, { indent: 5 }) : []),
    ...(outcome.routerText ? sentence(`the router: ${oneLine(outcome.routerText, 400)}`, columns, { indent: 5, tone: 'dim' }) : []),
    ...(outcome.checks.length === 0 ? [] : [line('   checks, before and after:', 'dim')]),
    ...outcome.checks.map((check) => checkLine(check, scene)),
    ...leftLines(outcome, scene),
    ...outcome.drift.flatMap((drift) => driftLines(drift, scene)),
    ...historyLines(outcome.history ?? [], scene),
    ...resolvedLines(outcome, scene),
  ];
}

function leftLines({ left }: Outcome, { columns }: Scene): readonly Line[] {
  if (left.length === 0) return [];
  return [
    line('   still on the router:', 'bad'),
    ...left.flatMap((change) =>
      sentence(`${change.verb} ${change.capability} ${oneLine(change.label, 100)}`, columns, { indent: 5, sign: '!' }),
    ),
  ];
}

function checkLine({ check, verdict, before, after, why }: CheckResult, { glyphs }: Scene): Line {
  const tone: Tone = verdict === 'pass' ? 'good' : verdict === 'fail' ? 'bad' : 'warn';
  const sign = verdict === 'pass' ? glyphs.yes : verdict === 'fail' ? glyphs.no : '?';
  const known = [before, after].flatMap((value) => (value === undefined ? [] : [oneLine(value, 40)]));
  const values = known.join(` ${glyphs.arrow} `);
  return [
    span(`     ${sign} ${verdict.padEnd(12)} `, tone),
    span(`${oneLine(check, 30).padEnd(22)} `),
    span([values, why ? oneLine(why, 120) : ''].filter(Boolean).join('  '), 'dim'),
  ];
}

/** Three sides of a row that somebody else changed: what was planned from, what is there, what the plan makes of it. */
function driftLines(drift: Drift, scene: Scene): readonly Line[] {
  const { capability, row, planned, now, wanted } = drift;
  const secret = secretWords(capability, scene);
  const side = (label: string, content: Drift['now']): readonly Line[] =>
    labelled(label, rowText(content, secret), scene.columns, { indent: 7, label: 8 });
  return [
    [span('   ~ ', 'warn'), span(`${capability} ${oneLine(row, 40)} is not as it was`)],
    ...side('planned', planned),
    ...side('now', now),
    ...(wanted === undefined ? [] : side('wanted', wanted)),
  ];
}

const plain = (name: string): string => name.replace(/[-_.]/g, '').toLowerCase();

/** Names of fields whose values nobody may see, as far as the catalog knows the menu. */
function secretWords(id: string, { catalog }: Scene): ReadonlySet<string> {
  const capability = catalog.capabilities.find((one) => one.id === id);
  const fields = Object.entries(capability?.fields ?? {}).filter(([, { traits }]) => traits.secret);
  return new Set(fields.map(([name]) => plain(name)));
}

function rowText(content: Drift['now'], secret: ReadonlySet<string>): string {
  if (content === null) return 'no such row';
  const parts = Object.entries(content).map(([name, value]) => `${name}=${secret.has(plain(name)) ? '(secret)' : value}`);
  return oneLine(parts.join(' '), 300);
}

const MOST_NOTES = 20;

/** What the router itself remembers of others since the plan was made. Router text, cleaned. */
function historyLines(notes: readonly HistoryNote[], { columns }: Scene): readonly Line[] {
  if (notes.length === 0) return [];
  const more = notes.length - MOST_NOTES;
  return [
    line("   the router's own history since:", 'dim'),
    ...notes
      .slice(0, MOST_NOTES)
      .flatMap(({ time, by, action }) =>
        sentence(`${oneLine(time, 30)}  ${oneLine(by, 40)}: ${oneLine(action, 160)}`, columns, { indent: 5 }),
      ),
    ...(more > 0 ? [line(`     and ${more} more`, 'dim')] : []),
  ];
}

/** The way out of a stuck router, or who went it. */
function resolvedLines({ state, resolved }: Outcome, { columns }: Scene): readonly Line[] {
  if (resolved) {
    const text = `closed by ${oneLine(resolved.by, 60)} at ${clockTime(resolved.at)}: ${oneLine(resolved.reason, 500)}`;
    return sentence(text, columns, { indent: 3 });
  }
  if (state !== 'stuck') return [];
  const how =
    'Look at the router, then type :resolve pre (it is as before), :resolve post (it is as planned) or :resolve accept (neither).';
  return sentence(how, columns, { indent: 3, tone: 'info' });
}
