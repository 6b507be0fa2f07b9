import { expect, test } from 'vitest';
import { acceptValue, requireField } from '../../src/lib/capability/accept.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { dnsNtpRollout } from '../../src/lib/recipe/dns-ntp-rollout.ts';
import { recipes } from '../../src/lib/recipe/index.ts';
import { catalog } from '../laws/subjects.ts';
import { draft } from '../plan/helpers.ts';

/** Input as a caller writes it, checked as the fleet checks it. */
function intentsFor(written: Readonly<Record<string, unknown>>): readonly Intent[] {
  const input = Object.entries(written).map(([key, value]) => {
    const { name, field } = requireField({ id: dnsNtpRollout.id, fields: dnsNtpRollout.input }, key);
    return [name, acceptValue(dnsNtpRollout.id, name, field, value)];
  });
  return dnsNtpRollout.intents(Object.fromEntries(input), {}, PLACE);
}

/** It looks at no router. */
const PLACE = { version: '7.20.8', host: '192.0.2.1', port: 443, service: 'www-ssl' } as const;
const DNS = ['9.9.9.9', '1.1.1.1'];
const router = { dns: [{ servers: '8.8.8.8' }], 'ntp-client': [{ enabled: 'false', servers: '' }] };

test('both, in one plan over two menus, DNS before NTP', () => {
  const { changes, lost } = draft(router, ...intentsFor({ 'dns-servers': '9.9.9.9,1.1.1.1', ntpServers: ['ntp.example.net'] }));
  expect(changes.map(({ capability, before, after }) => [capability, before, after])).toEqual([
    ['dns', { servers: '8.8.8.8' }, { servers: '9.9.9.9,1.1.1.1' }],
    ['ntp-client', { servers: '', enabled: 'no' }, { servers: 'ntp.example.net', enabled: 'yes' }],
  ]);
  expect(lost).toEqual([]);
});

test('one of the two', () => {
  expect(intentsFor({ dnsServers: DNS })).toEqual([{ verb: 'set', capability: 'dns', values: { servers: DNS } }]);
  expect(intentsFor({ ntpServers: 'a.b', dnsServers: '' })).toEqual([
    { verb: 'set', capability: 'ntp-client', values: { servers: ['a.b'], enabled: true } },
  ]);
});

test('what is already so needs no change', () => {
  expect(draft({ dns: [{ servers: '9.9.9.9,1.1.1.1' }] }, ...intentsFor({ dnsServers: DNS })).changes).toEqual([]);
});

test('neither, too many, or no addresses', () => {
  for (const input of [{}, { dnsServers: '' }, { dnsServers: [], ntpServers: [] }]) expect(() => intentsFor(input)).toThrow(InputError);
  expect(() => intentsFor({ dnsServers: '1.1.1.1,1.1.1.2,1.1.1.3,1.1.1.4' })).toThrow('dns-servers takes at most 3 servers.');
  expect(() => intentsFor({ ntpServers: ['a.b', 'c.d', 'e.f', 'g.h', 'i.j'] })).toThrow('ntp-servers takes at most 4 servers.');
  for (const dnsServers of ['dns.example.net', '1.1.1', '1.1.1.1;2.2.2.2']) expect(() => intentsFor({ dnsServers })).toThrow(InputError);
});

test('a summary in words of ours, never the caller’s', () => {
  const say = (input: Readonly<Record<string, unknown>>) => dnsNtpRollout.summary(input);
  expect([say({ dnsServers: DNS }), say({ ntpServers: DNS }), say({ dnsServers: DNS, ntpServers: DNS })]).toEqual([
    'Set DNS servers',
    'Set NTP servers',
    'Set DNS servers and NTP servers',
  ]);
});

test('every recipe has one name and one tool, and plans for capabilities that exist', () => {
  const names = recipes.flatMap(({ id, tool }) => [id, ...(tool === undefined ? [] : [tool])]);
  expect(new Set(names).size).toBe(names.length);
  expect(recipes).toContain(dnsNtpRollout);
  for (const { capability } of intentsFor({ dnsServers: DNS, ntpServers: 'a.b' }))
    expect(catalog.capability(capability).id).toBe(capability);
});
