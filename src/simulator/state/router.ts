import { type ConsoleMemory, emptyMemory } from '../console/memory.ts';
import type { Recording } from '../fixtures.ts';
import { recording } from '../fixtures.ts';
import { hash } from '../noise.ts';
import { managementOf } from '../reach/management.ts';
import type { Management, ManagementSpec } from '../reach/packet.ts';
import type { VersionSchema } from '../schema.ts';
import { type ChangeMemory, noChanges } from './changes.ts';
import { type CopyTexts, copyTexts } from './copies.ts';
import type { Row } from './row.ts';

/** A console account besides those of the recording. */
export interface AccountSpec {
  readonly name: string;
  readonly password: string;
  /** A group of the router, or a new one made of these policies: `['read', 'write', 'api', 'rest-api']`. */
  readonly group?: string;
  readonly policies?: readonly string[];
}

export interface RouterSpec {
  /** The folder under `fixtures/routers`: `rb5009_7.20.6`. */
  readonly recording: string;
  /** Its identity and its name in the simulator. */
  readonly name?: string;
  readonly accounts?: readonly AccountSpec[];
  /** How long each answer takes, one after the other. */
  readonly latencyMs?: number;
  readonly hardware?: Partial<Hardware>;
  /** Where the station is that manages it: decides what the firewall, the services and the routes make of our connections. */
  readonly management?: ManagementSpec;
}

export interface Hardware {
  /** A clock with a battery. Without one every start begins in 1970. */
  readonly rtc: boolean;
  /** How long a start takes. */
  readonly startMs: number;
  /** How long after a start the clock is right again, on a board without a battery. */
  readonly syncMs: number;
  /** How many answers after a start carry the body of another menu. */
  readonly mixedAnswers: number;
}

const HARDWARE: Hardware = Object.freeze({ rtc: true, startMs: 20_000, syncMs: 30_000, mixedAnswers: 0 });

/** On, or on its way there. */
export interface PowerState {
  /** Until then nobody answers. */
  upAt: number;
  /** It went down and what a start does is still to be done. */
  starting: boolean;
  /** How often it started since it was put on. */
  starts: number;
  syncedAt: number;
  /** How far the clock is from the truth. */
  clockOffset: number;
  mixedAnswers: number;
}

/** Everything one router is. It changes only inside `handle` and `edit`, never by itself: time is a parameter. */
export interface RouterState {
  readonly name: string;
  readonly board: string;
  /** That of the recording, until another one is installed. */
  version: string;
  readonly seed: number;
  readonly recording: Recording;
  schema: VersionSchema;
  /** The version whose packages were fetched and are installed by the next start. */
  fetched: string | undefined;
  /** The address the router believes we come from. */
  readonly station: string;
  /** The way from there to the router, as it was when it was put on. */
  readonly management: Management;
  /** The station is not where the recording has it. */
  readonly stationMoved: boolean;
  /** What differs from the other copies of the same recording. */
  readonly copy: CopyTexts;
  readonly tables: Map<string, Row[]>;
  /** The last number given out as `.id`, per pool of ids. */
  readonly lastIds: Map<string, number>;
  readonly passwords: Map<string, string>;
  /** Sessions the router believes to be open: they are never logged out. */
  readonly sessions: Set<string>;
  bootedAt: number;
  readonly hardware: Hardware;
  readonly power: PowerState;
  /** What can be undone, and who has safe mode. */
  readonly changes: ChangeMemory;
  /** What the console keeps: variables, and scripts that are under way. */
  readonly console: ConsoleMemory;
  /** When the recording was put on: times in it count from here. */
  readonly startedAt: number;
}

export interface RouterOptions {
  readonly spec: RouterSpec;
  /** The number of this router among all, and among the copies of its recording. */
  readonly index?: number;
  readonly copyNumber?: number;
  readonly seed?: number;
  readonly now: number;
}

/** A router made of a recording, with its own name, serial number, addresses and accounts. */
export function createRouter(options: RouterOptions): RouterState {
  const { spec, index = 0, copyNumber = index, now } = options;
  const recorded = recording(spec.recording);
  const seed = hash(options.seed ?? 0, spec.recording, index);
  const name = spec.name ?? `${recorded.profile.role}-${copyNumber + 1}`;
  const copy = copyTexts(recorded.profile, name, copyNumber, seed);
  let management: Management | undefined;
  return {
    name,
    board: recorded.profile.board,
    version: recorded.profile.version,
    seed,
    recording: recorded,
    schema: recorded.schema,
    fetched: undefined,
    station: spec.management?.source ?? copy.text(recorded.profile.station),
    // Worked out when first needed, on a router like this one that nobody has touched.
    get management() {
      management ??= managementOf(createRouter(options), spec.management ?? {}, recorded.profile.management ?? {});
      return management;
    },
    stationMoved: spec.management !== undefined,
    copy,
    tables: new Map(),
    lastIds: new Map(),
    passwords: new Map(),
    sessions: new Set(),
    bootedAt: now,
    hardware: { ...HARDWARE, ...spec.hardware },
    power: { upAt: now, starting: false, starts: 0, syncedAt: now, clockOffset: 0, mixedAnswers: 0 },
    changes: noChanges(),
    console: emptyMemory(now),
    startedAt: now,
  };
}
