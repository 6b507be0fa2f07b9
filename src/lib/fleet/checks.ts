import type { Catalog } from '../capability/lookup.ts';
import type { Reader } from '../client/types.ts';
import { asFleetError, RouterError } from '../core/errors.ts';
import type { DeclaredCheck, Seen } from '../insight/checks/kind.ts';
import { parseCheck } from '../insight/checks/parse.ts';
import { compareCheck, lookAtCheck } from '../insight/checks/run.ts';
import { compareHealth, type HealthSnapshot, isSnapshot, measure, measureAgain, watched } from '../insight/health/health.ts';
import type { LookFacts } from '../insight/health/look.ts';
import { touchedBy, versionAfter } from '../insight/health/touched.ts';
import { isRecord } from '../insight/health/values.ts';
import type { HealthChecks } from '../plan/ports.ts';
import type { CheckResult, Target } from '../plan/types.ts';

/** A reader over a connection of its own, which is closed after one look. */
export interface Visit extends Reader {
  close(): Promise<void>;
}

export interface ChecksParts {
  /** What the plan says must hold besides the plan itself, as it was written. */
  readonly declared: readonly string[];
  readonly catalog: Catalog;
  readonly device: { readonly facts: LookFacts };
  /** Ways to the router besides REST: each opens a new connection. Left out where none was set up. */
  readonly transports?: { readonly ssh?: () => Promise<Visit> };
}

/** What was seen before the first write, as plain data: another process may have to compare with it. */
interface Before {
  readonly format: 1;
  readonly health: HealthSnapshot;
  /** By the text of the check; left out where the router did not say. */
  readonly declared: Readonly<Record<string, Seen>>;
  readonly ssh: boolean;
}

/**
 * Health of one router before and after one change: every way to it, what is measured of it, and what was declared.
 * @throws InputError a declared check is none
 */
export function healthChecks({ declared, catalog, device: { facts }, transports = {} }: ChecksParts): HealthChecks {
  const checks = [...new Map(declared.map((text) => parseCheck(text, catalog)).map((check) => [check.text, check])).values()];
  const look = (link: Parameters<typeof lookAtCheck>[0], check: DeclaredCheck) => lookAtCheck(link, check, facts, catalog);
  let measured: Before | undefined;
  return {
    before: async (link) => {
      const health = await measure(link, facts);
      const seen: [string, Seen][] = [];
      for (const check of checks) {
        const found = await look(link, check);
        if (found) seen.push([check.text, found]);
      }
      const ssh = transports.ssh ? await answers(transports.ssh) : false;
      measured = { format: 1, health, declared: Object.fromEntries(seen), ssh };
    },
    after: async (link, target) => {
      if (!measured) return [{ check: 'health', verdict: 'inconclusive', why: 'nothing was measured before' }];
      const before = measured;
      const touched = touchedBy(target);
      // Names on the wire are those of the version that answers now.
      const now = { ...facts, version: versionAfter(target) ?? facts.version };
      const health = await measureAgain(link, now, before.health);
      const results: CheckResult[] = [
        // We came in to say so.
        { check: 'REST answers', verdict: 'pass', before: 'yes', after: 'yes' },
        ...(before.ssh ? [await overSsh(transports.ssh, target)] : []),
        ...compareHealth(before.health, health, touched),
      ];
      for (const check of checks) {
        const was = Object.hasOwn(before.declared, check.text) ? before.declared[check.text] : undefined;
        // What was never there and is required only if it was, is not asked for.
        if (check.ifHeld && !was?.holds) continue;
        const result = compareCheck(check, was, await lookAtCheck(link, check, now, catalog));
        if (result) results.push(result);
      }
      measured = { ...before, health: watched(before.health, health, touched) };
      return results;
    },
    snapshot: () => measured,
    restore: (snapshot) => {
      measured = isBefore(snapshot) ? snapshot : undefined;
    },
  };
}

/** SSH that did not answer before is not asked for after: the change cannot have shut it. */
async function overSsh(open: (() => Promise<Visit>) | undefined, target: Target): Promise<CheckResult> {
  const check = 'SSH answers';
  if (!open) return { check, verdict: 'inconclusive', before: 'yes', why: 'SSH is no longer set up for this router' };
  if (await answers(open)) return { check, verdict: 'pass', before: 'yes', after: 'yes' };
  const off = target.changes.some(({ menu, label, after }) => menu === '/ip/service' && label === 'ssh' && after?.['disabled'] === 'yes');
  return {
    check,
    verdict: off ? 'pass' : 'fail',
    before: 'yes',
    after: 'no',
    why: off ? 'the plan switches it off' : 'no new SSH connection can be had',
  };
}

/** One harmless read. A refusal is an answer. */
async function answers(open: () => Promise<Visit>): Promise<boolean> {
  try {
    const visit = await open();
    try {
      await visit.read({ verb: 'read', menu: '/system/identity' });
      return true;
    } finally {
      await visit.close();
    }
  } catch (thrown) {
    const error = asFleetError(thrown);
    if (error.kind === 'bug' || error.kind === 'store') throw thrown;
    return error instanceof RouterError;
  }
}

const isSeen = (value: unknown): value is Seen =>
  isRecord(value) && typeof value['holds'] === 'boolean' && typeof value['seen'] === 'string';

const isBefore = (value: unknown): value is Before =>
  isRecord(value) &&
  value['format'] === 1 &&
  typeof value['ssh'] === 'boolean' &&
  isSnapshot(value['health']) &&
  isRecord(value['declared']) &&
  Object.values(value['declared']).every(isSeen);
