import type { Catalog } from '../../capability/lookup.ts';
import { InputError } from '../../core/errors.ts';
import type { CheckKind, DeclaredCheck } from './kind.ts';
import { bgp } from './kinds/bgp.ts';
import { dhcpLease } from './kinds/dhcp-lease.ts';
import { dns } from './kinds/dns.ts';
import { interfaceRunning } from './kinds/interface.ts';
import { neighbour } from './kinds/neighbour.ts';
import { ntp } from './kinds/ntp.ts';
import { ospf } from './kinds/ospf.ts';
import { ping } from './kinds/ping.ts';
import { route } from './kinds/route.ts';
import { row } from './kinds/row.ts';
import { service } from './kinds/service.ts';
import { wordsOf } from './words.ts';

/** Tried in this order: a row check is known by its `=`, so that `interface running=true` is one. */
export const CHECK_KINDS: readonly CheckKind[] = [row, ping, dns, interfaceRunning, route, bgp, ospf, neighbour, dhcpLease, service, ntp];

/** What makes a check one of those that are required only where they held before. */
export const IF_HELD = '(if it held before)';

/** How checks are written, for help and errors. */
export const checkForms = (): readonly string[] => [...CHECK_KINDS.slice(1), row].map(({ form }) => form);

/**
 * A check that a person, a plan or a capability declared.
 * @throws InputError it is none; the hint names all forms
 * @example parseCheck('ping 8.8.8.8 from the router', catalog)
 * @example parseCheck('firewall-filter disabled=no where comment="from the office"', catalog)
 */
export function parseCheck(text: string, catalog: Catalog): DeclaredCheck {
  const trimmed = text.trim();
  const ifHeld = trimmed.toLowerCase().endsWith(IF_HELD);
  const line = ifHeld ? trimmed.slice(0, -IF_HELD.length) : trimmed;
  const words = wordsOf(line);
  for (const { kind, understand } of CHECK_KINDS) {
    const found = understand(words, catalog);
    if (!found) continue;
    const plain = line.replaceAll(/ +/g, ' ').trim();
    const whole = ifHeld ? `${plain} ${IF_HELD}` : plain;
    return Object.freeze({ kind, text: whole, ifHeld, args: Object.freeze(found.args), where: Object.freeze(found.where ?? {}) });
  }
  throw new InputError('This is no check that can be made.', {
    hint: `Write one of: ${checkForms().join('; ')}.`,
    details: { allowed: checkForms() },
  });
}
