import type { DeviceSample } from '../../lib/index.ts';

/** What polls said about one router. */
export interface Track {
  readonly last: DeviceSample;
  /** When it last answered; null while it never has. */
  readonly answeredAt: number | null;
  /** The last answer with numbers in it: shown, greyed, while the router is down. */
  readonly known: DeviceSample | null;
  /** Percent, oldest first. */
  readonly cpu: readonly number[];
  readonly memory: readonly number[];
}

/**
 * The newest samples of all routers. It changes in place and counts its changes: a reducer would copy
 * ten thousand entries for each one that is new. The version is what reducers and screens see.
 */
export interface Samples {
  readonly version: number;
  take(samples: readonly DeviceSample[]): void;
  of(deviceId: string): Track | undefined;
  readonly up: number;
  readonly down: number;
}

/** Values kept for sparklines: more than the widest of them shows. */
const KEPT = 24;

export function createSamples(): Samples {
  const tracks = new Map<string, Track>();
  let version = 0;
  let up = 0;
  let down = 0;
  const count = (track: Track | undefined, by: number): void => {
    if (track?.last.status === 'up') up += by;
    if (track?.last.status === 'down') down += by;
  };
  return {
    get version() {
      return version;
    },
    get up() {
      return up;
    },
    get down() {
      return down;
    },
    of: (deviceId) => tracks.get(deviceId),
    take: (samples) => {
      for (const sample of samples) {
        const before = tracks.get(sample.deviceId);
        // Answers may overtake each other; the older one is late.
        if (before && before.last.at > sample.at) continue;
        count(before, -1);
        const track = follow(before, sample);
        count(track, 1);
        tracks.set(sample.deviceId, track);
      }
      version += 1;
    },
  };
}

export const memoryShare = (sample: DeviceSample | null | undefined): number | null =>
  sample?.memoryUsed == null || !sample.memoryTotal ? null : (sample.memoryUsed / sample.memoryTotal) * 100;

function follow(before: Track | undefined, sample: DeviceSample): Track {
  const up = sample.status === 'up';
  const push = (values: readonly number[], value: number | null): readonly number[] =>
    value === null ? values : [...values, value].slice(-KEPT);
  return {
    last: sample,
    answeredAt: up ? sample.at : (before?.answeredAt ?? null),
    known: up ? sample : (before?.known ?? null),
    cpu: push(before?.cpu ?? [], sample.cpuLoad),
    memory: push(before?.memory ?? [], memoryShare(sample)),
  };
}
