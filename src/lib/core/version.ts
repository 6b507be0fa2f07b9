/** RouterOS versions as words: read and ordered. */

/** `7.20.6 (stable)` as RouterOS writes it, in parts. */
export function parseVersion(text: string): { readonly version: string; readonly channel: string } {
  const found = /^(\d+\.\d+(?:\.\d+)?(?:(?:beta|rc|alpha)\d*)?)(?:\s+\((.+)\))?/.exec(text.trim());
  return { version: found?.[1] ?? '', channel: found?.[2] ?? '' };
}

/** Orders RouterOS versions: 7.9 < 7.12 < 7.12.1; a beta or release candidate comes before its release. */
export function compareVersions(a: string, b: string): number {
  const left = versionParts(a);
  const right = versionParts(b);
  for (let index = 0; index < 4; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function versionParts(text: string): readonly number[] {
  const found = /^(\d+)\.(\d+)(?:\.(\d+))?(?:(alpha|beta|rc)(\d*))?/.exec(text);
  if (!found) return [0, 0, 0, 0];
  const stage = { alpha: -3000, beta: -2000, rc: -1000 }[found[4] ?? ''] ?? 0;
  return [Number(found[1]), Number(found[2]), Number(found[3] ?? 0), stage === 0 ? 0 : stage + Number(found[5] || 0)];
}
