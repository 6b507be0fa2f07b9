import { Box, Text, useInput, usePaste, useWindowSize } from 'ink';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { type Act, complain } from './act/act.ts';
import { commandKey } from './act/commands.ts';
import { promptHelp } from './act/completion.ts';
import { pasteText, promptKey } from './act/prompting.ts';
import { loadHistory, loadPlan } from './act/reading.ts';
import { recoverRuns } from './act/recovering.ts';
import { COUNT, followPage, TICK, tick, watchFleet } from './act/watching.ts';
import { keyNames } from './key-names.ts';
import { hintsFor } from './keys.ts';
import { type Layout, LEAST, layoutOf } from './layout.ts';
import { Foot, statusLines } from './parts/foot.tsx';
import { plural } from './parts/format.ts';
import { Header } from './parts/header.tsx';
import type { Line } from './parts/line.ts';
import { CanvasContext, Row } from './parts/row.tsx';
import { Filled, Table } from './parts/table.tsx';
import { Tabs } from './parts/tabs.tsx';
import { viewOf } from './screens/index.ts';
import type { Scene, ScreenView } from './screens/view.ts';
import { type Situation, situationOf } from './situation.ts';
import { type AppState, topOf, waitingPlans } from './state/app.ts';
import { type ListState, settle } from './state/list.ts';
import { isDecision } from './state/prompt.ts';
import { listOf } from './state/reduce.ts';
import { armedGuards } from './state/under-way.ts';
import type { Theme } from './theme.ts';

export interface AppProps {
  readonly act: Act;
  readonly theme: Theme;
}

/** The terminal UI: state in, lines out; keys go to `act`. */
export function App({ act, theme }: AppProps): ReactNode {
  const state = useSyncExternalStore(act.store.subscribe, act.store.get);
  const { columns, rows } = useWindowSize();
  useFollowing(act, state, !theme.dumb);
  useKeys(act, theme);
  if (columns < LEAST.columns || rows < LEAST.rows) return <TooSmall columns={columns} rows={rows} theme={theme} />;
  const scene = sceneOf(act, theme, columns, state);
  return (
    <CanvasContext value={{ theme, columns }}>
      <Page act={act} scene={scene} view={viewOf(scene)} rows={rows} />
    </CanvasContext>
  );
}

/** Samples are old when three in a row did not come. */
const staleAfter = (pollEvery: number | undefined): number => Math.max(15_000, (pollEvery ?? 5000) * 3);

const sceneOf = (act: Act, theme: Theme, columns: number, state: AppState): Scene => ({
  state,
  samples: act.samples,
  catalog: act.catalog,
  memory: act.memory,
  glyphs: theme.glyphs,
  columns,
  staleAfter: staleAfter(act.pollEvery),
});

interface PageProps {
  readonly act: Act;
  readonly scene: Scene;
  readonly view: ScreenView;
  readonly rows: number;
}

function Page({ act, scene, view, rows }: PageProps): ReactNode {
  const { state } = scene;
  const { body } = view;
  const { status, layout } = arrange(act, scene, view, rows);
  const list = settleBody(state, view, layout.body);
  const situation = situationOf(view, scene, act.readOnly);
  // Where the selection stands now decides which row takes its place when it goes.
  useEffect(() => {
    if (body.kind === 'table' && body.ids.length > 0 && list !== listOf(topOf(act.store.get()))) act.store.dispatch({ type: 'list', list });
  }, [act, body, list]);
  useEffect(() => act.attention.look(watched(view, list, layout.body, situation)));
  return (
    <Box flexDirection="column">
      <Header
        title={act.title}
        readOnly={act.readOnly !== undefined}
        paused={state.paused}
        waiting={waitingPlans(state).length}
        guards={armedGuards(state)}
        jobs={state.jobs}
        now={state.now}
        crumbs={view.crumbs}
        note={view.note}
      />
      {view.tabs ? <Tabs tabs={view.tabs.all} active={view.tabs.active} /> : null}
      <Filled lines={view.intro} height={layout.intro} />
      {body.kind === 'table' ? (
        <Table body={body} list={list} height={layout.body} faded={view.faded} />
      ) : (
        <Filled lines={body.lines.slice(list.offset, list.offset + layout.body)} height={layout.body} faded={view.faded} />
      )}
      <Foot
        prompt={state.prompt}
        status={status(positionOf(view, list, layout.body)).slice(0, layout.status)}
        hints={hintsFor(situation)}
      />
    </Box>
  );
}

/** The routers whose numbers are on the screen; all of them where the numbers decide the order or the filter. */
function watched({ body }: ScreenView, list: ListState, height: number, { kind, deviceId, level }: Situation): (id: string) => boolean {
  if (kind !== 'fleet' || body.kind !== 'table') return (id) => id === deviceId;
  if (listOf(level).filter !== '' || list.sort !== null) return () => true;
  const visible = new Set(body.ids.slice(list.offset, list.offset + height));
  return (id) => visible.has(id);
}

/** The message at the foot, and what it leaves for the rest. */
function arrange(
  act: Act,
  { state, columns, glyphs }: Scene,
  view: ScreenView,
  rows: number,
): { readonly status: (position: string) => readonly Line[]; readonly layout: Layout } {
  const { prompt, notice } = state;
  const help = prompt?.form === 'text' ? promptHelp(prompt, act.catalog) : '';
  const status = (position: string): readonly Line[] => {
    const shown = prompt === null || isDecision(prompt) ? position : '';
    return statusLines({ prompt, promptHelp: help, notice, position: shown }, columns, glyphs.ellipsis);
  };
  return { status, layout: layoutOf(view, rows, status('').length) };
}

/** The list as it is drawn: rows may have come or gone since a key last moved in it. */
function settleBody(state: AppState, { body }: ScreenView, height: number): ListState {
  const list = listOf(topOf(state));
  if (body.kind === 'table') return settle(list, body.ids, height);
  const offset = isDecision(state.prompt) ? state.prompt.scroll : list.offset;
  return { ...list, offset: Math.max(0, Math.min(offset, body.lines.length - height)) };
}

function positionOf({ body }: ScreenView, list: ListState, height: number): string {
  if (body.kind === 'table') {
    const hidden = body.hidden ? `d: ${plural(body.hidden, 'more column')}  ` : '';
    const filter = list.filter === '' ? '' : `/${list.filter}  `;
    return body.ids.length > 0 ? `${hidden}${filter}${list.index + 1} of ${body.ids.length}` : filter.trimEnd();
  }
  if (body.lines.length <= height) return '';
  return `lines ${list.offset + 1}-${Math.min(body.lines.length, list.offset + height)} of ${body.lines.length}`;
}

function TooSmall({ columns, rows, theme }: { readonly columns: number; readonly rows: number; readonly theme: Theme }): ReactNode {
  const text = `This terminal is ${columns}x${rows}; routeros-mcp needs ${LEAST.columns}x${LEAST.rows}.`;
  return (
    <CanvasContext value={{ theme, columns }}>
      <Row line={[{ text: 'Make the window larger; q quits.' }]} />
      <Text wrap="wrap">{text}</Text>
    </CanvasContext>
  );
}

/** One hook for all keys: names come from Ink, meanings from the table of keys. */
function useKeys(act: Act, theme: Theme): void {
  const { columns, rows } = useWindowSize();
  const press = (name: string): void => {
    // Each key of a burst finds the state that the one before it left.
    const scene = sceneOf(act, theme, columns, act.store.get());
    const view = viewOf(scene);
    const situation = situationOf(view, scene, act.readOnly);
    const here = { act, situation, height: arrange(act, scene, view, rows).layout.body };
    if (scene.state.prompt === null) commandKey(here, name);
    else promptKey(here, name);
  };
  useInput((input, key) => {
    for (const name of keyNames(input, key)) press(name);
  });
  usePaste((text) => pasteText(act, text));
}

/** What goes on beside the screen, started and stopped by what is on it. */
function useFollowing(act: Act, state: AppState, ages: boolean): void {
  const { place, pane } = topOf(state);
  const { paused } = state;
  const deviceId = place.kind === 'device' ? place.deviceId : '';
  const planId = place.kind === 'plan' ? place.planId : '';
  const history = place.kind === 'history';
  useWork(act, (signal) => watchFleet(act, paused, signal), [act, paused]);
  useWork(act, (signal) => followPage(act, paused, signal), [act, paused, deviceId, deviceId === '' ? '' : pane]);
  useWork(act, () => (planId === '' ? Promise.resolve() : loadPlan(act, planId)), [act, planId]);
  useWork(act, () => (history ? loadHistory(act) : Promise.resolve()), [act, history]);
  const every = armedGuards(state).length > 0 ? COUNT : TICK;
  useWork(act, (signal) => (ages ? tick(act, every, signal) : Promise.resolve()), [act, ages, every]);
  useWork(act, (signal) => recoverRuns(act, signal), [act]);
}

/** Work that ends with the screen it is for. */
function useWork(act: Act, work: (signal: AbortSignal) => Promise<void>, on: readonly unknown[]): void {
  useEffect(() => {
    const stop = new AbortController();
    work(stop.signal).catch((thrown: unknown) => stop.signal.aborted || complain(act, thrown));
    return () => stop.abort();
    // biome-ignore lint/correctness/useExhaustiveDependencies: the caller names what the work depends on
  }, on);
}
