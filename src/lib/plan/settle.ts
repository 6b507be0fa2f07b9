import { readCallOf } from '../capability/read-call.ts';
import type { Link, Reader, Row } from '../client/types.ts';
import { canonical } from '../core/canonical.ts';
import { RouterError, UnreachableError } from '../core/errors.ts';
import { type Menu, menuOf, staticRows } from './menu.ts';
import type { ApplyPorts } from './ports.ts';
import type { Target } from './types.ts';

/** After a lost reply RouterOS may answer with another request's answer for some seconds. */
const PAUSE = 3_000;
/** How long (ms) we go on asking a router that does not answer, before we say that we do not know. */
const PATIENCE = 60_000;

/** Reads the menus of some capabilities, one after the other: a router serves one request at a time. */
export async function readMenus(
  reader: Reader,
  capabilities: Iterable<string>,
  target: Target,
  ports: Pick<ApplyPorts, 'capability'>,
): Promise<Map<string, Menu>> {
  const menus = new Map<string, Menu>();
  for (const id of new Set(capabilities)) {
    const capability = ports.capability(id);
    menus.set(id, menuOf(capability, target.version, await reader.read(readCallOf(capability, target.version))));
  }
  return menus;
}

/** Everything a plan was made from, read again: its own menus whole, and of large menus that it does not touch only the rows it watches. */
export async function readBase(reader: Reader, target: Target, ports: Pick<ApplyPorts, 'capability'>): Promise<ReadonlyMap<string, Menu>> {
  const few = target.base.sections.filter(
    ({ capability, critical }) =>
      critical && ports.capability(capability).large && !target.changes.some((change) => change.capability === capability),
  );
  const whole = target.base.sections.filter((section) => !few.includes(section)).map(({ capability }) => capability);
  const menus = await readMenus(reader, whole, target, ports);
  for (const { capability: id, rows } of few) {
    const capability = ports.capability(id);
    const call = readCallOf(capability, target.version);
    const found: Row[] = [];
    for (const row of rows) found.push(...(await reader.read({ ...call, where: { '.id': row.id } })));
    menus.set(id, menuOf(capability, target.version, found));
  }
  return menus;
}

/** A read may be asked again when the router did not answer, or not properly. */
const mayPass = (thrown: unknown): boolean => (thrown instanceof UnreachableError || thrown instanceof RouterError) && thrown.retryable;

/** Works over a new connection, again and again until the router answers or patience ends. */
export async function overFresh<Result>(
  ports: Pick<ApplyPorts, 'clock' | 'fresh'>,
  work: (link: Link) => Promise<Result>,
): Promise<Result> {
  const until = ports.clock.monotonic() + PATIENCE;
  for (;;) {
    try {
      const link = await ports.fresh();
      try {
        return await work(link);
      } finally {
        await link.close();
      }
    } catch (thrown) {
      if (!mayPass(thrown) || ports.clock.monotonic() >= until) throw thrown;
    }
    await ports.clock.sleep(PAUSE);
  }
}

/**
 * One menu after a lost reply: not at once, over a new connection, and only when two reads agree on what is not dynamic.
 * @throws UnreachableError when it does not come to rest in time
 */
export function readSettled(ports: ApplyPorts, target: Target, capabilityId: string): Promise<Menu> {
  const capability = ports.capability(capabilityId);
  return overFresh(ports, async (reader) => {
    const until = ports.clock.monotonic() + PATIENCE;
    let last: string | undefined;
    while (ports.clock.monotonic() < until) {
      await ports.clock.sleep(PAUSE);
      const menu = menuOf(capability, target.version, await reader.read(readCallOf(capability, target.version)));
      const now = canonical(staticRows(menu).map(({ id, content }) => ({ id, content })));
      if (now === last) return menu;
      last = now;
    }
    throw new UnreachableError('The menu did not come to rest.', {
      code: 'TIMED_OUT',
      retryable: false,
      hint: 'See who else is at work there.',
    });
  });
}
