/**
 * Share of many that may go by themselves while a change is made: neighbours age out, clients hang up, providers withdraw.
 * Of fewer than ten none may.
 */
const DRIFT = 0.1;

/** How many of so many may be gone without anybody's fault. */
export const mayGo = (before: number): number => Math.floor(before * DRIFT);
