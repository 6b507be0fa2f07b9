import { canonical } from '../../src/lib/core/canonical.ts';
import { catalogEntries, catalogOf } from '../../src/lib/index.ts';
import type { Violation, Write } from './oracle.ts';
import { type Foreign, hasAll, unlikePost, unlikePre, withoutPutBack } from './oracle-rows.ts';
import { isEnd, type Snapshot, type Story, snapshot } from './snapshots.ts';
import type { World } from './world.ts';

const catalog = catalogOf(catalogEntries);
const GUARD = /^mk-cc-/;

const targetOf = ({ plan, deviceId }: Story) => {
  const target = plan.targets.find((one) => one.deviceId === deviceId);
  if (!target) throw new Error('a story without a target');
  return target;
};

/** Rows another admin had in hand on this router before `until`. */
const foreignRows =
  (world: World, router: string, until = Number.POSITIVE_INFINITY): Foreign =>
  (capability, id) => {
    const { menu } = catalog.capability(capability);
    return world.strangers.some(
      (one) => one.router === router && one.menu === menu && one.seq <= until && (one.id === id || (one.id === '' && id === '')),
    );
  };

/** A row that the plan removed comes back under another id: whoever finds it under that one, by its content, had it in hand. */
const orPutBack =
  (world: World, story: Story, before: Snapshot, foreign: Foreign): Foreign =>
  (capability, id) => {
    if (foreign(capability, id)) return true;
    const { menu } = catalog.capability(capability);
    const { machine, begunAt = 0, endedAt = Number.POSITIVE_INFINITY } = story;
    const old = before.get(capability) ?? [];
    const removed = targetOf(story).changes.some((one) => one.verb === 'remove' && one.capability === capability && one.row === id);
    const content = removed ? old.find((row) => row.id === id)?.content : undefined;
    if (!content) return false;
    const during = world.strangers.filter((one) => one.router === machine.name && one.seq >= begunAt && one.seq <= endedAt);
    return during.some(
      (one) => one.menu === menu && !old.some((row) => row.id === one.id) && one.was && canonical(one.was) === canonical(content),
    );
  };

/** What befell a run from outside, while it was under way. */
function misfortunes(world: World, story: Story) {
  const { plannedAt, begunAt = 0, endedAt = Number.POSITIVE_INFINITY, machine, before } = story;
  const during = world.trace.events.filter(({ seq }) => seq >= begunAt && seq <= endedAt);
  const others = world.strangers.filter(({ router, seq }) => router === machine.name && seq >= plannedAt && seq <= endedAt);
  const wasThere = (menu: string, id: string): boolean =>
    [...(before ?? [])].some(([capability, rows]) => catalog.capability(capability).menu === menu && rows.some((row) => row.id === id));
  const own = new Set(targetOf(story).changes.flatMap(({ verb, menu }) => (verb === 'add' ? [menu] : [])));
  return {
    // What was asked of it last was not answered: nobody could know how it stands.
    unseen: unanswered(world, machine.name, endedAt),
    // A row made twice is told, and left to a person.
    doubled: during.some((event) => event.kind === 'fault' && event.what.startsWith('{"kind":"twice"')),
    meddled: others.length > 0,
    // Another admin found a row that this plan had just made: by its id it cannot be told here which one that was.
    robbed: others.some(({ menu, id }) => own.has(menu) && id !== undefined && id !== '' && !wasThere(menu, id)),
  };
}

/**
 * Undone, and not as it was: only a row that another admin took away as the plan was about to may be back. Nobody can tell that from a
 * request of ours that was carried out twice.
 */
function isPutBack(story: Story, before: Snapshot, after: Snapshot, foreign: Foreign): boolean {
  const target = targetOf(story);
  const alsoRemoved: Foreign = (capability, id) =>
    foreign(capability, id) && !target.changes.some((one) => one.verb === 'remove' && one.capability === capability && one.row === id);
  const rest = withoutPutBack(before, after, target);
  return unlikePre(before, after, alsoRemoved) === undefined || unlikePre(before, rest, foreign) === undefined;
}

/** What another admin had already changed of the planned rows when they were read for the last time: that is not `completed`. */
function trampled(world: World, story: Story): string | undefined {
  const { machine, begunAt = 0, endedAt = 0, after } = story;
  const { changes } = targetOf(story);
  return changes
    .filter(
      (change, at) => change.verb === 'set' && !changes.slice(at + 1).some(({ menu, row }) => menu === change.menu && row === change.row),
    )
    .filter(({ menu, row }) => {
      const reads = world.trace.events.filter(
        (event) =>
          event.kind === 'sent' &&
          event.router === machine.name &&
          event.call.verb === 'read' &&
          event.call.menu === menu &&
          event.seq < endedAt,
      );
      // A health check may read the menu once more; the rows were compared when the last connection read it first.
      const last = reads.at(-1);
      const read = reads.find((event) => last?.kind === 'sent' && event.kind === 'sent' && event.connection === last.connection);
      return world.strangers.some(
        (one) =>
          one.router === machine.name && one.menu === menu && (one.id ?? '') === row && one.seq > begunAt && one.seq < (read?.seq ?? 0),
      );
    })
    .flatMap(({ capability, menu, row, after: wanted }) => {
      const now = after?.get(capability)?.find(({ id }) => row === '' || id === row);
      return now && hasAll(capability, wanted ?? {}, now.content)
        ? []
        : [`another admin had changed ${menu} ${row} before it was read for the last time`];
    })[0];
}

function unanswered(world: World, router: string, before: number): boolean {
  const asked = world.trace.events.findLast((event) => event.kind === 'sent' && event.router === router && event.seq < before);
  if (asked?.kind !== 'sent') return false;
  return !world.trace.events.some((event) => event.kind === 'heard' && event.request === asked.request && event.fate === 'an answer');
}

/** I3 and liveness: every plan that began has an end, and the router is where the end says. */
export function endings(world: World, writes: readonly Write[]): readonly Violation[] {
  return [...world.teller.stories.values()].flatMap((story): Violation[] => {
    const { state, machine, before, after, endedAt = world.trace.events.length } = story;
    const wrong = (law: Violation['law'], what: string): Violation[] => [
      { law, seq: endedAt, what: `${story.plan.id} ${state} on ${machine.name}: ${what}` },
    ];
    const sent = writes.filter(({ record }) => record?.planId === story.plan.id && record.deviceId === story.deviceId);
    if (['executing', 'paused', 'rolling-back'].includes(state)) return wrong('live', 'it never came to an end');
    if (!before || !after) return sent.length > 0 ? wrong('I3', 'it wrote and never began or never ended') : [];
    const foreign = foreignRows(world, machine.name, endedAt);
    const pre = unlikePre(before, after, orPutBack(world, story, before, foreign));
    const post = unlikePost(before, targetOf(story), after, foreign);
    const luck = misfortunes(world, story);
    if (state === 'completed' && luck.robbed) return [];
    const lost = state === 'completed' ? trampled(world, story) : undefined;
    if (lost !== undefined) return wrong('I3', lost);
    if (state === 'completed') return post === undefined ? [] : wrong('I3', post);
    if (state !== 'stuck') return pre === undefined || (luck.meddled && isPutBack(story, before, after, foreign)) ? [] : wrong('I3', pre);
    if (pre !== undefined && post !== undefined && story.left === 0) return wrong('I3', `stuck, and nothing is listed as left: ${pre}`);
    if (luck.meddled || luck.unseen || luck.doubled) return [];
    return wrong('I3', `stuck without a reason: ${pre === undefined ? 'all is as it was' : (post ?? 'all is done')}`);
  });
}

/** I3 and I8 when all has come to rest: nothing moved after the last end, and nothing of a guard is left. */
export function afterTheEnd(world: World): readonly Violation[] {
  const seq = world.trace.events.length;
  return world.machines.flatMap((machine): Violation[] => {
    const stories = [...world.teller.stories.values()].filter((story) => story.machine === machine && story.after && isEnd(story.state));
    const last = stories.sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0)).at(-1);
    const moved = last?.after && unlikePre(last.after, snapshot(machine, last.after.keys()), foreignRows(world, machine.name));
    const left = ['/system/script', '/system/scheduler'].flatMap((menu) =>
      machine.rows(menu).filter((row) => GUARD.test(row['name'] ?? '')),
    );
    return [
      ...(moved ? [{ law: 'I3' as const, seq, what: `${machine.name} changed after the last plan had ended: ${moved}` }] : []),
      ...(left.length > 0 && stories.every(({ state }) => state !== 'stuck')
        ? [{ law: 'I8' as const, seq, what: `${machine.name} still has ${left.map((row) => row['name']).join(', ')}` }]
        : []),
    ];
  });
}

/** Carried out by nobody: each time that it arrived, the router said no. */
function wasRefused({ trace }: World, request: number): boolean {
  const answers = trace.events.flatMap((event) => (event.kind === 'executed' && event.request === request ? [event.status] : []));
  return answers.length > 0 && answers.every((status) => status >= 400);
}

/** I8: the guard is not taken away before the router was looked at over a connection that is younger than the last write. */
export function disarmed(world: World, writes: readonly Write[]): readonly Violation[] {
  const takenAway = writes.filter(
    ({ event, record }) => record?.phase === 'guard' && event.call.verb === 'remove' && event.call.menu === '/system/script',
  );
  return takenAway.flatMap(({ event, record }): Violation[] => {
    const own = writes.filter(
      (one) =>
        one.record?.runId === record?.runId &&
        one.event.seq < event.seq &&
        one.event.router === event.router &&
        !wasRefused(world, one.event.request),
    );
    const last = own.filter((one) => one.record?.phase !== 'guard').at(-1);
    if (!last) return [];
    const older = world.trace.events.flatMap((one) => (one.kind === 'sent' && one.seq <= last.event.seq ? [one.connection] : []));
    const youngest = Math.max(...older);
    const menus = new Set(own.filter((one) => one.record?.phase !== 'guard').map((one) => one.event.call.menu));
    const looked = (menu: string): boolean =>
      world.trace.events.some(
        (one) =>
          one.kind === 'sent' &&
          one.seq > last.event.seq &&
          one.seq < event.seq &&
          one.router === event.router &&
          one.connection > youngest &&
          one.call.verb === 'read' &&
          one.call.menu === menu,
      );
    const unseen = [...menus].find((menu) => !looked(menu));
    return unseen === undefined
      ? []
      : [{ law: 'I8', seq: event.seq, what: `the guard was taken away before ${unseen} was read over a new connection` }];
  });
}
