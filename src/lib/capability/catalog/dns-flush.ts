import { defineAction } from '../define.ts';

export const dnsFlush = defineAction({
  id: 'dns-flush',
  title: 'Flush the DNS cache',
  about: 'Forgets all cached DNS answers; configuration is untouched.',
  menu: '/ip/dns/cache',
  command: 'flush',
  topic: 'dns-ntp',
  effect: 'cache',
  args: {},
  answer: {},
  tool: 'flush_dns_cache',
});
