import { addressSequence, hostSequence } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import type { Intent } from '../plan/intent.ts';
import { defineRecipe } from './define.ts';

/** DNS and NTP servers together, in one plan over two menus: a clock that cannot resolve its servers is of no use. */
export const dnsNtpRollout = defineRecipe({
  id: 'dns-ntp-rollout',
  title: 'DNS and NTP servers',
  about: 'Sets the DNS servers, the NTP servers, or both, in one plan.',
  topic: 'dns-ntp',
  tool: 'config_plan_dns_ntp_rollout',
  input: {
    dnsServers: addressSequence({ about: 'DNS servers, in the order in which they are asked; at most 3.' }),
    ntpServers: hostSequence({ about: 'Time servers, in order; at most 4.' }),
  },
  intents: ({ dnsServers, ntpServers }) => {
    const dns = servers(dnsServers, 3, 'dns-servers');
    const ntp = servers(ntpServers, 4, 'ntp-servers');
    if (!dns && !ntp) throw new InputError('Neither DNS nor NTP servers were given.', { hint: 'For example dns-servers=1.1.1.1,8.8.8.8' });
    const intents: Intent[] = [];
    if (dns) intents.push({ verb: 'set', capability: 'dns', values: { servers: dns } });
    if (ntp) intents.push({ verb: 'set', capability: 'ntp-client', values: { servers: ntp, enabled: true } });
    return intents;
  },
  summary: ({ dnsServers, ntpServers }) =>
    [dnsServers && 'DNS servers', ntpServers && 'NTP servers'].filter(Boolean).join(' and ').replace(/^/, 'Set ') || 'Set nothing',
});

function servers(value: unknown, most: number, name: string): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (value.length > most) throw new InputError(`${name} takes at most ${most} servers.`, { hint: 'Leave out the last ones.' });
  return value.map(String);
}
