import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as entries from '../../src/lib/capability/catalog/index.ts';
import { catalogOf } from '../../src/lib/capability/lookup.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import type { Seen } from '../../src/lib/insight/checks/kind.ts';
import { checkForms, parseCheck } from '../../src/lib/insight/checks/parse.ts';
import { compareCheck, runCheck } from '../../src/lib/insight/checks/run.ts';
import { CORE, EDGE, lookout } from './lookout.ts';

const catalog = catalogOf(entries);
const parse = (text: string) => parseCheck(text, catalog);

function refused(text: string): InputError {
  try {
    parse(text);
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown;
    throw thrown;
  }
  throw new Error(`it was taken: ${text}`);
}

describe('what a person writes', () => {
  test.each<readonly [string, string, Readonly<Record<string, string>>]>([
    ['ping 8.8.8.8', 'ping', { address: '8.8.8.8', count: '3' }],
    ['ping 8.8.8.8 from the router', 'ping', { address: '8.8.8.8', count: '3' }],
    ['PING 2001:DB8::1 count 10 from 198.51.100.1', 'ping', { address: '2001:db8::1', count: '10', from: '198.51.100.1' }],
    ['ping 192.0.2.1 from 198.51.100.1 count 1', 'ping', { address: '192.0.2.1', count: '1', from: '198.51.100.1' }],
    ['dns hq.example.net', 'dns', { name: 'hq.example.net' }],
    ['interface ether1 running', 'interface', { name: 'ether1' }],
    ['interface "WAN 1" running', 'interface', { name: 'WAN 1' }],
    ['route 0.0.0.0/0 active', 'route', { prefix: '0.0.0.0/0' }],
    ['route 2001:db8::/32 active', 'route', { prefix: '2001:db8::/32' }],
    ['bgp edge established', 'bgp', { peer: 'edge' }],
    ['BGP peer 192.0.2.1 established', 'bgp', { peer: '192.0.2.1' }],
    ['bgp peer established', 'bgp', { peer: 'peer' }],
    ['ospf 192.0.2.2 Full', 'ospf', { address: '192.0.2.2' }],
    ['neighbour "core switch"', 'neighbour', { identity: 'core switch' }],
    ['neighbor sw-01', 'neighbour', { identity: 'sw-01' }],
    ['dhcp-lease 192.0.2.20', 'dhcp-lease', { address: '192.0.2.20' }],
    ['service www-ssl enabled', 'service', { name: 'www-ssl' }],
    ['ntp synchronized', 'ntp', {}],
    ['dns allow-remote-requests=no', 'row', { capability: 'dns', field: 'allowRemoteRequests', value: 'no' }],
    ['interface running=true where name=ether1', 'row', { capability: 'interface', field: 'running', value: 'yes' }],
  ])('%s', (text, kind, args) => {
    expect(parse(text)).toMatchObject({ kind, args, text, ifHeld: false });
    expect(parse(`${text} (if it held before)`)).toMatchObject({ kind, args, ifHeld: true, text: `${text} (if it held before)` });
  });

  test('conditions of a row check', () => {
    const check = parse('firewall-filter disabled=no where chain=input and comment="from the office"');
    expect(check).toMatchObject({ args: { field: 'disabled', value: 'no' }, where: { chain: 'input', comment: 'from the office' } });
    expect(JSON.parse(JSON.stringify(check))).toEqual(check);
  });

  test.each([
    ['', 'This is no check that can be made.'],
    ['reboot', 'This is no check that can be made.'],
    ['ping', 'A ping goes to an IP address.'],
    ['ping example.com', 'A ping goes to an IP address.'],
    ['ping 192.0.2.1 count 11', 'After the address of a ping stand count and a number up to 10, or from and an address of the router.'],
    ['ping 192.0.2.1 count 0', 'After the address of a ping stand count and a number up to 10, or from and an address of the router.'],
    ['ping 192.0.2.1 from ether1', 'After the address of a ping stand count and a number up to 10, or from and an address of the router.'],
    ['dns', 'This is no name that can be looked up.'],
    ['dns a b', 'This is no name that can be looked up.'],
    ['dns a/b', 'This is no name that can be looked up.'],
    ['dns name"', 'A quotation mark is left open.'],
    ['interface ether1', 'This is no check that can be made.'],
    ['route 192.0.2.1/24 active', 'A route is named by its network and length, and the word active.'],
    ['ospf core full', 'An OSPF neighbour is named by its address, and the word full.'],
    ['dhcp-lease sw', 'A lease is named by its address.'],
    ['neighbour', 'This is no check that can be made.'],
    ['neighbour ""', 'This is no check that can be made.'],
    ['nothing a=b', 'There is no capability of that name.'],
    ['interface runing=true where name=ether1', 'interface has no field of that name.'],
    ['interface running=maybe where name=ether1', 'The value of a field in this check must be yes or no.'],
    ['interface running=true', 'Which rows are meant is said by where and a field.'],
    ['interface running=true name=ether1', 'Which rows are meant is said by where and a field.'],
    ['interface running=true where name', 'interface has no field of that name.'],
    ['wireguard-peers preshared-key=x where interface=wg', 'A secret cannot be checked: it is never read.'],
    [`ping ${'1'.repeat(300)}`, 'A check has at most 200 characters.'],
  ])('is refused: %s', (text, message) => {
    const error = refused(text);
    expect(error.message).toBe(message);
    expect(error.hint).not.toBe('');
  });

  test('the hint names every form', () => {
    const { hint } = refused('what?');
    for (const form of checkForms()) expect(hint).toContain(form);
    expect(checkForms()).toHaveLength(11);
  });

  test.each([
    'dns a$b',
    'dns "a]; /system/reboot"',
    'neighbour \u001b[31mx',
    'neighbour a\u202eb',
    'neighbour a\nb',
    'dns `x`',
    'bgp {x} established',
  ])('hostile text is refused, and stands in no error: %j', (text) => {
    const error = refused(text);
    expect(error.message).toMatch(/^A check holds letters/);
    expect(JSON.stringify(error)).not.toContain('reboot');
  });

  test('any text is understood or refused, and never breaks; what goes into a script is a name', () => {
    const word = fc.oneof(
      fc.constantFrom('ping', 'dns', 'bgp', 'route', 'where', 'interface', 'a=b', 'running=yes', '"', '1.2.3.4'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const text = words.join(' ');
        try {
          const { kind, args } = parse(text);
          if (kind === 'dns') expect(args['name']).toMatch(/^[\w.:-]+$/);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});

describe('on a router', () => {
  const verdictOf = async (recording: string, text: string, before?: (at: Awaited<ReturnType<typeof lookout>>) => void | Promise<void>) => {
    await using at = await lookout(recording);
    await before?.(at);
    const { check, verdict, after } = await runCheck(at.link, parse(text), at.facts, catalog);
    expect(check).toBe(text);
    expect(at.router.requests().filter(({ write }) => write)).toEqual([]);
    return [verdict, after];
  };

  test.each([
    [EDGE, 'ping 10.10.99.1', 'pass', '3 of 3 answered'],
    [EDGE, 'ping 10.10.99.254 count 2', 'fail', '0 of 2 answered'],
    [EDGE, 'ping 10.7.7.7 count 1', 'fail', '0 of 1 answered'],
    [EDGE, 'dns nobody.invalid', 'fail', 'dns name does not exist'],
    [EDGE, 'interface ether1 running', 'pass', 'running'],
    [EDGE, 'interface ether2 running', 'fail', 'not running'],
    [EDGE, 'interface ether99 running', 'fail', 'no such interface'],
    [EDGE, 'route 10.60.10.0/24 active', 'pass', '1 active'],
    [EDGE, 'route 0.0.0.0/0 active', 'pass', '1 active'],
    [EDGE, 'route 2001:db8:60::/48 active', 'pass', '1 active'],
    [EDGE, 'route 10.61.0.0/16 active', 'fail', '0 active'],
    [CORE, 'bgp peer-a established', 'pass', '1 of 1 established'],
    [CORE, 'bgp peer-a-1 established', 'pass', '1 of 1 established'],
    [CORE, 'bgp 192.0.2.1 established', 'pass', '1 of 1 established'],
    [CORE, 'bgp peer established', 'fail', 'no such session'],
    [CORE, 'ospf 10.0.12.2 full', 'pass', 'Full'],
    [CORE, 'ospf 10.0.12.3 full', 'fail', 'no such neighbour'],
    [EDGE, 'neighbour sw-01', 'pass', 'seen'],
    [EDGE, 'neighbour sw-02', 'fail', 'not seen'],
    [EDGE, 'dhcp-lease 192.168.88.101', 'pass', 'bound'],
    [EDGE, 'dhcp-lease 192.168.20.50', 'fail', 'waiting'],
    [EDGE, 'dhcp-lease 192.168.20.51', 'fail', 'no such lease'],
    [EDGE, 'service www enabled', 'pass', 'enabled'],
    [EDGE, 'service www-ssl enabled', 'pass', 'enabled'],
    [EDGE, 'service telnet enabled', 'fail', 'disabled'],
    [EDGE, 'service gopher enabled', 'fail', 'no such service'],
    [CORE, 'service btest enabled', 'fail', 'no such service'],
    [EDGE, 'ntp synchronized', 'pass', 'synchronized'],
    [EDGE, 'dns allow-remote-requests=yes', 'pass', '1 of 1 rows'],
    [EDGE, 'dns allow-remote-requests=no', 'fail', '0 of 1 rows'],
    [EDGE, 'interface running=true where type=ether and name=ether1', 'pass', '1 of 1 rows'],
    [EDGE, 'ip-route active=yes where dst-address=10.60.10.0/24', 'pass', '1 of 1 rows'],
    [EDGE, 'ip-route active=yes where dst-address=0.0.0.0/0', 'fail', '1 of 2 rows'],
    [EDGE, 'ip-route disabled=no where dst-address=0.0.0.0/0 static=yes', 'pass', '1 of 1 rows'],
    [EDGE, 'interface running=true where name=ether99', 'fail', 'no such row'],
  ])('%s: %s', async (recording, text, verdict, after) => {
    expect(await verdictOf(recording, text)).toEqual([verdict, after]);
  });

  test('a name that is there', async () => {
    expect(await verdictOf(EDGE, 'dns example.com')).toEqual(['pass', expect.stringMatching(/^192\.0\.2\.\d+$/)]);
  });

  test('a session that is down, a neighbour on its way, time that is lost', async () => {
    const down = await verdictOf(CORE, 'bgp peer-a established', (at) =>
      at.edit('/routing/bgp/session', ['name', 'peer-a-1'], { '!established': '' }),
    );
    expect(down).toEqual(['fail', '0 of 1 established']);
    const init = await verdictOf(CORE, 'ospf 10.0.12.2 full', (at) =>
      at.edit('/routing/ospf/neighbor', ['address', '10.0.12.2'], { state: 'Init' }),
    );
    expect(init).toEqual(['fail', 'Init']);
    const lost = await verdictOf(EDGE, 'ntp synchronized', (at) => at.edit('/system/ntp/client', undefined, { enabled: 'false' }));
    expect(lost).toEqual(['fail', 'stopped']);
  });

  test('an open connection is no service, and what listens by itself neither', async () => {
    const off = await verdictOf(EDGE, 'service www-ssl enabled', (at) => {
      const own = at.router.rows('/ip/service').find((row) => row['name'] === 'www-ssl' && row['connection'] === undefined);
      at.router.edit('/ip/service', own?.['.id'], { disabled: 'true' });
    });
    expect(off).toEqual(['fail', 'disabled']);
  });

  test('a ping is sent from where it was asked', async () => {
    await using at = await lookout(EDGE);
    await runCheck(at.link, parse('ping 10.10.99.2 count 2 from 10.10.99.1'), at.facts, catalog);
    const sent: unknown = JSON.parse(at.router.requests().at(-1)?.body ?? '');
    expect(sent).toEqual({ address: '10.10.99.2', count: '2', interval: '200ms', 'src-address': '10.10.99.1' });
  });

  test('of a long table the router picks the rows', async () => {
    await using at = await lookout(EDGE);
    await runCheck(at.link, parse('ip-route distance=1 where dst-address=10.60.10.0/24 disabled=no'), at.facts, catalog);
    const path = decodeURIComponent(at.router.requests().at(-1)?.path ?? '');
    expect(path).toContain('dst-address=10.60.10.0/24');
    expect(path).not.toContain('disabled=no');
  });

  test.each([
    ['ping 192.0.2.1', '/tool/ping'],
    ['bgp peer-a established', '/routing/bgp/session'],
    ['route 0.0.0.0/0 active', '/ip/route/print'],
    ['dns example.com', '/execute'],
  ])('what a router does not say is inconclusive: %s', async (text, path) => {
    expect(await verdictOf(CORE, text, (at) => at.refuse(path))).toEqual(['inconclusive', undefined]);
  });

  test('what a router says is data, cleaned and short', async () => {
    const words = `Init\u001b[31m${'x'.repeat(300)}`;
    const [, after] = await verdictOf(CORE, 'ospf 10.0.12.2 full', (at) =>
      at.edit('/routing/ospf/neighbor', ['address', '10.0.12.2'], { state: words }),
    );
    expect(after).toMatch(/^Initx{10,}…$/);
    expect(after?.length).toBeLessThanOrEqual(60);
  });
});

describe('before and after', () => {
  const yes: Seen = { holds: true, seen: 'up' };
  const no: Seen = { holds: false, seen: 'down' };
  const always = parse('ntp synchronized');
  const ifHeld = parse('ntp synchronized (if it held before)');

  test.each([
    [yes, yes, 'pass', undefined],
    [yes, no, 'fail', 'it held before the change'],
    [yes, undefined, 'inconclusive', 'the router does not say'],
    [no, yes, 'pass', 'it did not hold before'],
    [no, no, 'inconclusive', 'it did not hold before'],
    [no, undefined, 'inconclusive', 'the router does not say'],
    [undefined, yes, 'pass', undefined],
    [undefined, no, 'inconclusive', 'it is not known whether it held before'],
    [undefined, undefined, 'inconclusive', 'the router does not say'],
  ] as const)('%j, then %j: %s', (before, after, verdict, why) => {
    const result = compareCheck(always, before, after);
    expect([result?.verdict, result?.why]).toEqual([verdict, why]);
    const lesser = compareCheck(ifHeld, before, after);
    // Not required where it did not hold: it may pass, and cannot stop anything.
    expect(lesser?.verdict).toBe(before?.holds || after?.holds ? verdict : undefined);
  });
});
