import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoteText } from '../../src/lib/client/text/quote.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import { type Bootstrap, type BootstrapOptions, bootstrap } from '../../src/lib/device/bootstrap.ts';

const BASE: BootstrapOptions = { access: 'read', username: 'fleet', from: ['192.0.2.10', '2001:db8::/32'], tls: true, ssh: false };
const make = (more: Partial<BootstrapOptions> = {}): Bootstrap => bootstrap({ ...BASE, ...more });
const commands = ({ steps }: Bootstrap, kind = 'run'): readonly string[] =>
  steps.filter((step) => step.kind === kind).map(({ command }) => command);
const policies = (more: Partial<BootstrapOptions>): string =>
  make(more)
    .policies.map(({ policy }) => policy)
    .join(',');

/** Every way to ask that differs. */
const ALL = (['read', 'write'] as const).flatMap((access) =>
  [true, false].flatMap((tls) =>
    [true, false].flatMap((ssh) =>
      [undefined, '7.12.1', '7.20.6', '7.24'].flatMap((version) =>
        [[], ['192.0.2.10']].map((from) => make({ access, tls, ssh, from, ...(version !== undefined && { version }) })),
      ),
    ),
  ),
);

describe('the rights are the fewest that do', () => {
  test.each<readonly [string, Partial<BootstrapOptions>]>([
    ['read,test,api,rest-api', {}],
    ['read,test,api,rest-api,ssh', { ssh: true }],
    ['read,write,test,api,rest-api', { access: 'write', guard: false }],
    ['read,write,policy,test,api,rest-api', { access: 'write' }],
    ['read,write,policy,test,api,rest-api', { access: 'write', guard: true }],
    ['read,test,api,rest-api,sensitive', { also: ['secrets', 'secrets'] }],
    ['read,write,test,api,rest-api,ftp,reboot,sniff', { access: 'write', guard: false, also: ['files', 'reboot', 'capture'] }],
    ['read,test,api,rest-api', { version: '7.12' }],
    ['read,test,api,rest-api', { version: '7.24.3 (stable)' }],
  ])('%s', (wanted, more) => {
    expect(policies(more)).toBe(wanted);
    expect(commands(make(more))[0]).toContain(`/user/group/add name="fleet-rights" policy=${wanted} `);
    expect(make(more).policies.every(({ why }) => why.length > 0)).toBe(true);
  });

  test('what the guard costs is said where it is asked for', () => {
    expect(make({ access: 'write' }).notes.join(' ')).toContain('as good as all rights');
    expect(make({ access: 'write', guard: false }).notes.join(' ')).not.toContain('as good as all rights');
    expect(make().notes.join(' ')).not.toContain('as good as all rights');
  });
});

describe('the commands', () => {
  test('for reading over HTTPS, as they are printed', () => {
    expect(commands(make({ address: '192.0.2.1', version: '7.20.6' }))).toEqual([
      '/user/group/add name="fleet-rights" policy=read,test,api,rest-api comment="routeros-mcp: read"',
      '/user/add name="fleet" group="fleet-rights" address=192.0.2.10,2001:db8::/32 disabled=yes password=[:rndstr length=40] comment="routeros-mcp"',
      '/certificate/add name="routeros-mcp-ca" common-name="routeros-mcp-ca" key-size=prime256v1 days-valid=3650 key-usage=key-cert-sign,crl-sign',
      '/certificate/sign "routeros-mcp-ca"',
      ':delay 3s',
      '/certificate/add name="routeros-mcp" common-name="192.0.2.1" subject-alt-name="IP:192.0.2.1" key-size=prime256v1 days-valid=3650 key-usage=digital-signature,key-encipherment,tls-server',
      '/certificate/sign "routeros-mcp" ca="routeros-mcp-ca"',
      ':delay 3s',
      '/ip/service/set www-ssl certificate="routeros-mcp" tls-version=only-1.2 address=192.0.2.10,2001:db8::/32 disabled=no',
    ]);
  });

  test.each([
    ['192.0.2.1', 'common-name="192.0.2.1" subject-alt-name="IP:192.0.2.1"'],
    ['2001:db8::1', 'common-name="2001:db8::1" subject-alt-name="IP:2001:db8::1"'],
    ['edge-1.example.net', 'common-name="edge-1.example.net" subject-alt-name="DNS:edge-1.example.net"'],
    [undefined, 'common-name=[/system/identity/get name] key-size'],
  ])('a certificate for %s', (address, names) => {
    const made = make(address === undefined ? {} : { address });
    expect(commands(made).join('\n')).toContain(names);
    expect(made.notes.some((note) => note.includes('not checked by name'))).toBe(address === undefined);
  });

  test('a certificate that is there is taken as it is', () => {
    const made = make({ certificate: { name: 'self-signed' } });
    expect(commands(made).filter((command) => command.includes('certificate'))).toEqual([
      expect.stringContaining('/ip/service/set www-ssl certificate="self-signed" '),
    ]);
  });

  test('the list of a service has the name of its version', () => {
    const service = (version?: string) => commands(make(version === undefined ? {} : { version })).at(-1);
    expect(service()).toContain(' address=192.0.2.10');
    expect(service('7.23.2')).toContain(' address=192.0.2.10');
    expect(service('7.24')).toContain(' available-from=192.0.2.10');
    expect(commands(make({ version: '7.24' }))[1]).toContain(' address=192.0.2.10');
  });

  test('REST has a switch from 7.21 on', () => {
    const hasSwitch = (version?: string) =>
      commands(make(version === undefined ? {} : { version }), 'optional').some((one) => one.includes('webserver'));
    expect([undefined, '7.20.6', '7.21', '7.24'].map(hasSwitch)).toEqual([true, false, true, true]);
  });
});

describe('whatever is asked for', () => {
  test('every step is one line with a reason in one line', () => {
    for (const { steps } of ALL) {
      for (const { command, why } of steps) {
        expect(command).toMatch(/^[/:{][^\n\r]+$/);
        expect(why).toMatch(/^[A-Z][^\n\r]{10,}\.$/);
      }
    }
  });

  test('what is run comes first, then what a person types, then what they may', () => {
    for (const { steps } of ALL) expect(steps.map(({ kind }) => kind).join(' ')).toMatch(/^(?:run )+person(?: optional)*$/);
  });

  test('the account comes to be disabled, under a password that is nowhere, and a person is asked for another', () => {
    for (const made of ALL) {
      const [account, ...others] = commands(made).filter((command) => command.startsWith('/user/add '));
      expect(others).toEqual([]);
      expect(account).toContain(' disabled=yes password=[:rndstr length=40] ');
      expect(commands(made).some((command) => /\/user\/(?:set|enable)/.test(command))).toBe(false);
      const [asked, ...more] = commands(made, 'person');
      expect(more).toEqual([]);
      expect(asked).toMatch(
        /\[\/terminal\/ask [^\]]*\]; :if \(\[:len \$secret\] < 12\) do=\{ :error [^}]*\}; \/user\/set \[find where name="fleet"\] password=\$secret disabled=no/,
      );
      for (const { command } of made.steps) expect(command.match(/password=(?!\[:rndstr length=40\] |\$secret )/)).toBeNull();
    }
  });

  test('no door that may be in use is shut or narrowed by the script', () => {
    for (const made of ALL) {
      for (const command of commands(made)) {
        expect(command.match(/^\/ip\/service\/(?!set www-ssl )/), command).toBeNull();
        expect(command).not.toMatch(/^\/ip\/service.*disabled=yes|^\/ip\/service\/disable|\/user\/remove|\/certificate\/remove/);
      }
      for (const command of commands(made).filter((one) => /service.*(?:ssh|www) /.test(one) && !one.includes('www-ssl'))) {
        expect(command).toMatch(/^:if \(\[\/ip\/service\/get (ssh|www) disabled\]\) do=\{ \/ip\/service\/set \1 /);
      }
      const lines = made.script.split('\n').filter((line) => !line.startsWith('#') && line !== '');
      expect(lines).toEqual(commands(made));
      for (const command of [...commands(made, 'optional'), ...commands(made, 'person')]) expect(made.script).toContain(`\n# ${command}\n`);
    }
  });

  test('www is ended only as a proposal, and only where there is HTTPS', () => {
    for (const made of ALL) {
      const tls = commands(made).some((command) => command.includes('www-ssl'));
      expect(commands(made, 'optional').includes('/ip/service/set www disabled=yes')).toBe(tls);
    }
  });

  test('HTTPS is no older than 1.2, has a certificate, and is the last thing that is run', () => {
    expect(commands(make({ ssh: true })).at(-1)).toMatch(
      /^\/ip\/service\/set www-ssl certificate="routeros-mcp" tls-version=only-1\.2 .*disabled=no$/,
    );
    expect(commands(make({ tls: false })).join('\n')).not.toMatch(/certificate|www-ssl/);
    expect(make({ tls: false }).notes.join(' ')).toContain('for a laboratory only');
  });

  test('addresses limit the account and every door that is opened; without them no limit is written, or taken away', () => {
    const opened = (made: Bootstrap) => commands(made).filter((command) => /user\/add |disabled=no/.test(command));
    for (const command of opened(make({ ssh: true }))) expect(command).toMatch(/(?:address|available-from)=192\.0\.2\.10,2001:db8::\/32/);
    for (const made of [make({ ssh: true, from: [] }), make({ ssh: true, tls: false, from: [] })]) {
      expect(made.steps.map(({ command }) => command).join('\n')).not.toMatch(/ (?:address|available-from)=/);
      expect(made.notes.join(' ')).toContain('from anywhere');
    }
  });
});

describe('texts are quoted as the client quotes them', () => {
  test('whatever the name of a certificate is, it stays one word of one line', () => {
    const unit = fc.oneof(fc.constantFrom(...'"\\$?;{}[]=\n\r\t\u0000\u007f a'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }));
    const text = fc.array(unit, { minLength: 1, maxLength: 40 }).map((units) => units.join(''));
    fc.assert(
      fc.property(
        text.filter((name) => name.isWellFormed()),
        (name) => {
          const made = make({ certificate: { name } });
          expect(commands(made).at(-1)).toBe(
            `/ip/service/set www-ssl certificate=${quoteText(name)} tls-version=only-1.2 address=192.0.2.10,2001:db8::/32 disabled=no`,
          );
          expect(made.script.split('\n').filter((line) => !line.startsWith('#') && line !== '')).toHaveLength(3);
        },
      ),
      { numRuns: 500, seed: 7 },
    );
    expect(() => make({ certificate: { name: '\ud800' } })).toThrow(InputError);
  });
});

describe('what cannot be used is refused, with what can', () => {
  test.each<readonly [Partial<BootstrapOptions>, RegExp]>([
    [{ username: '' }, /1 to 63 letters/],
    [{ username: 'a b' }, /1 to 63 letters/],
    [{ username: 'a"; /user/remove admin' }, /1 to 63 letters/],
    [{ username: 'fleet+cte' }, /1 to 63 letters/],
    [{ username: 'a:b' }, /1 to 63 letters/],
    [{ username: 'admin' }, /of its own/],
    [{ from: ['192.0.2.300'] }, /192\.0\.2\.10/],
    [{ from: ['192.0.2.1 disabled=no'] }, /192\.0\.2\.10/],
    [{ from: ['192.0.2.0/33'] }, /192\.0\.2\.10/],
    [{ from: ['edge.example.net'] }, /192\.0\.2\.10/],
    [{ from: Array.from({ length: 51 }, () => '192.0.2.1') }, /At most 50/],
    [{ version: 'seven' }, /7\.20\.6/],
    [{ version: '7.11.3' }, /Upgrade/],
    [{ version: '6.49.10' }, /Upgrade/],
    [{ address: 'https://192.0.2.1' }, /without a port/],
    [{ address: 'a b' }, /without a port/],
    [{ address: 'x'.repeat(65) }, /64 characters/],
    [{ certificate: { name: '' } }, /name on the router/],
    [{ guard: true }, /Leave the guard out/],
    [{ also: ['everything' as never] }, /secrets, files, reboot, capture/],
    [{ also: ['toString' as never] }, /secrets, files, reboot, capture/],
  ])('%j', (more, hint) => {
    expect(() => make(more)).toThrow(expect.objectContaining({ kind: 'input', hint: expect.stringMatching(hint) }));
  });
});
