import { describe, expect, test } from 'vitest';
import { consoleBench } from './console-bench.ts';

describe('the language', () => {
  const { say } = consoleBench();
  test.each([
    [':put (1 + 2 * 3)', '7'],
    [':put (7 / 2)', '3'],
    [':put ("a" . 1 . [:len "abc"])', 'a13'],
    [':put ((1,2,3) . "a")', '1a;2a;3a'],
    [':put ("a" . 1 + 2)', 'a3'],
    [':put [:len [/interface/vlan/find where vlan-id=10 disabled=no]]', '1'],
    [':put [:len [/ip/dhcp-server/find where lease-time=1d]]', '1'],
    [':put [:len [/ip/address/find where !dynamic and (comment="users" or interface=wg-hq)]]', '2'],
    [':put (1 = 1 and !(2 > 3))', 'true'],
    [':put (1 = "1")', 'false'],
    [':put ("ab" ~ "^a")', 'true'],
    [':put (2 in (1,2))', 'true'],
    [':put ({a=1;b=2}->"b")', '2'],
    [':put [:typeof ({1;2}->5)]', 'nothing'],
    [':put [:pick "abcdef" 1 3]', 'bc'],
    [':put [:find "abc" "c"]', '2'],
    [':put [:tostr 1w1d]', '1w1d00:00:00'],
    [':put [:typeof [:toarray ""]]', 'array'],
    [':put [:tonum "0x10"]', '16'],
    [':put [:typeof [:tonum "x"]]', 'nil'],
    [':local a 1; :if ($a = 1) do={ :put one } else={ :put other }', 'one'],
    [':local a 1; { :local a 2 }; :put $a', '1'],
    [':local i 0; :while ($i < 3) do={ :set i ($i + 1) }; :put $i', '3'],
    [':local i 0; :do { :set i ($i + 1) } while=($i < 4); :put $i', '4'],
    [':for i from=3 to=1 do={ :put $i }', '3\r\n2\r\n1'],
    [':foreach k,v in={a=1;b=2} do={ :put "$k is $v" }', 'a is 1\r\nb is 2'],
    [':local f do={ :return ($1 + $extra) }; :put [$f 4 extra=2]', '6'],
    ['[[:parse ":put deep"]]', 'deep'],
    [':put "tab\\there \\24\\E2\\82\\AC \\"q\\""', 'tab\there $€ "q"'],
    [':put "sum: $[:len "ab"] $(1 + 1)"', 'sum: 2 2'],
    [':put \\\n  joined', 'joined'],
    ['# nothing but a comment', ''],
    [':onerror e in={ :error "boom" } do={ :put "caught $e" }', 'caught boom (:error; line 1)'],
    [':put [:serialize to=json value={a=1;b="x";c=true}]', '{"a":1,"b":"x","c":true}'],
    [':put ([:deserialize from=json value="{\\"a\\":[1,2]}"]->"a")', '1;2'],
  ])('%s', (script, printed) => {
    expect(say(script)).toBe(printed);
  });

  test('a variable in quotes or brackets in a condition that is named like a field is the field', () => {
    const { say: tell } = consoleBench();
    expect(tell(':local comment "users"; :put [:len [/ip/address/find where comment=$comment]]')).toBe(
      tell(':put [:len [/ip/address/find]]'),
    );
  });
});

describe('menus', () => {
  test('print show-ids has ids where the places are otherwise, and they are the ones that work', () => {
    const core = consoleBench();
    const lines = core.say('/ip/firewall/filter/print terse show-ids').split('\r\n').filter(Boolean);
    expect(lines.map((line) => /^(\*[0-9A-F]+) /.exec(line)?.[1])).toEqual(core.rows('/ip/firewall/filter').map((row) => row['.id']));
    expect(core.say('/ip/firewall/filter/print terse').split('\r\n')[0]).toMatch(/^ 0 /);
    expect(core.say('/ip/firewall/filter/print show-ids')).toMatch(/\*[0-9A-F]+ .*chain=/s);
  });

  test('find, set, get, add, remove, move, and what they leave in the history', () => {
    const core = consoleBench();
    core.run('/ip/address/set [find where comment="users"] comment="people" disabled=yes');
    expect(core.say(':put [/ip/address/get [find where comment="people"] disabled]')).toBe('true');
    core.run('/ip firewall filter\nadd chain=forward action=drop comment="mk 1"\nmove [find where comment="mk 1"] destination=0');
    expect(core.rows('/ip/firewall/filter')[0]?.['comment']).toBe('mk 1');
    expect(core.rows('/system/history')[0]).toMatchObject({ by: 'admin', action: 'filter rule moved' });
    core.run('/ip/firewall/filter/remove [find where comment="mk 1"]');
    expect(core.say(':put [:len [/ip/firewall/filter/find where comment="mk 1"]]')).toBe('0');
  });

  test('an empty selection changes nothing and is no error', () => {
    expect(consoleBench().run('/ip/address/remove [find where comment="nobody"]')).toMatchObject({ output: '' });
  });

  test('rows by name, by place, and unset', () => {
    const core = consoleBench();
    core.run('/interface/disable ether7; /ip/firewall/filter/set 1 !comment');
    expect(core.rows('/interface').find((row) => row['name'] === 'ether7')?.['disabled']).toBe('true');
    expect(core.rows('/ip/firewall/filter')[1]?.['comment'] ?? '').toBe('');
  });

  test('print gives values to a script and text to a reader', () => {
    const { say } = consoleBench();
    expect(say(':put [/ip/address/print count-only where interface=ether1]')).toBe('1');
    expect(say('/system identity print')).toBe('  name: edge-1');
    expect(say('/ip/address/print detail without-paging where comment="users"')).toContain('address=192.168.88.1/24');
    expect(JSON.parse(say(':put [:serialize to=json value=[/ip/address/print as-value where comment="users"]]'))).toMatchObject([
      { '.id': '*1', disabled: false, address: '192.168.88.1/24' },
    ]);
  });
});

describe('refusals', () => {
  const { run } = consoleBench();
  test.each([
    [':foobar', 'bad command name foobar (line 1 column 2)'],
    ['/nope/print', 'syntax error (line 1 column 6)'],
    [':put 1 2', 'expected end of command (line 1 column 8)'],
    [':local caf\u00e9 1', 'expected end of command (line 1 column 11)'],
    [':if (1=1) do={ :put 1', 'expected closing brace (line 1 column 22)'],
    ['/ip/address/add address=10.0.0.1/24 interface=ether1 disabled=true', 'syntax error (line 1 column 63)'],
    ['/ip address add no-such-arg=x', 'bad parameter no-such-arg (line 1 column 28)'],
    ['/ip/address/add address=10.0.0.1/24', 'Script Error: missing value(s) of argument(s) interface'],
    ['/ip/address/add address=x interface=ether1', 'invalid value for argument address (/ip/address/add (address); line 1)'],
    ['\n/ip/address/set *99 disabled=yes', 'no such item (/ip/address/set; line 2)'],
    [':error "boom"', 'boom (:error; line 1)'],
    [':beep', 'failure: :beep is not simulated (:beep; line 1)'],
    ['/ip/firewall/filter/find where chain=a,b', 'syntax error (line 1 column 39)'],
    [':put $f; $f', 'bad command name $f'],
  ])('%s', (script, words) => {
    expect(run(script).error).toBe(words);
  });

  test('what cannot be read does nothing at all; what fails later has begun', () => {
    const core = consoleBench();
    expect(core.run('/system/identity/set name=a; :put (1;2)').error).toBe('syntax error (line 1 column 37)');
    expect(core.rows('/system/identity')).toMatchObject({ name: 'edge-1' });
    expect(core.run('/system/identity/set name=b; :foobar').error).toContain('bad command name foobar');
    expect(core.rows('/system/identity')).toMatchObject({ name: 'b' });
  });

  test('rights are those of the account', () => {
    const core = consoleBench('rb5009_7.20.6', [{ name: 'viewer', password: 'pw', policies: ['read', 'api', 'rest-api', 'ssh'] }]);
    expect(core.run('/system/identity/set name=x', 'viewer').error).toBe('not enough permissions (9) (/system/identity/set; line 1)');
    expect(core.run(':put [:len [/ip/address/find]]', 'viewer').error).toBeUndefined();
  });
});

describe('export', () => {
  test('reads back into another router', () => {
    const core = consoleBench();
    core.run('/ip/firewall/filter/add chain=forward action=drop comment="say \\"hi\\" \\$x" log-prefix=p');
    const text = core.say('/ip/firewall/filter/export');
    expect(text).toContain('add action=drop chain=forward comment="say \\"hi\\" \\$x" log-prefix=p');
    const other = consoleBench();
    other.run('/ip/firewall/filter/remove [find where !dynamic]');
    expect(other.run(text).error).toBeUndefined();
    const seen = (rows: readonly Record<string, string>[]) =>
      rows
        .filter((row) => row['dynamic'] !== 'true')
        .map(({ chain, action, comment, 'in-interface-list': list }) => ({ chain, action, comment, list }));
    expect(seen(other.rows('/ip/firewall/filter'))).toEqual(seen(core.rows('/ip/firewall/filter')));
  });

  test('has a header, keeps secrets to itself, and names ports by what they are', () => {
    const core = consoleBench();
    core.run(
      '/interface/wireguard/peers/add interface=wg-hq name=p public-key="SYNTHETICpublicKeyOfPeerLaptop000000000009A=" preshared-key="SYNTHETICpresharedKey000000000000000000000A=" allowed-address=10.9.9.9/32',
    );
    const hidden = core.say('/export');
    expect(hidden).toMatch(/^# \d{4}-\d\d-\d\d \d\d:\d\d:\d\d by RouterOS 7\.20\.6\r\n# software id = /);
    expect(hidden).toContain('set [ find default-name=ether1 ] comment=WAN');
    expect(hidden).not.toContain('SYNTHETICpresharedKey');
    expect(core.say('/export show-sensitive')).toContain('SYNTHETICpresharedKey');
    expect(core.say('/ip/address/export terse where comment="users"')).toMatch(
      /\/ip address add address=192\.168\.88\.1\/24 comment=users/,
    );
  });

  test('goes into a file, over REST too', () => {
    const core = consoleBench();
    core.run('/ip/address/export file=a');
    expect(core.ask('POST', '/export', { compact: '' })).toMatchObject({ status: 400, body: { detail: 'missing =file=' } });
    expect(core.ask('POST', '/export', { compact: '', file: 'b' }).status).toBe(200);
    const files = core.rows('/file').filter((row) => row['type'] === 'script');
    expect(files.map((row) => row['name'])).toEqual(expect.arrayContaining(['a.rsc', 'b.rsc']));
    expect(files.find((row) => row['name'] === 'b.rsc')?.['contents']).toContain('/ip address');
  });
});

test('an older console does not know what came later', () => {
  const { run } = consoleBench('hap-ac2_7.12.1');
  expect(run(':put [:serialize to=json value=1]').error).toBe('bad command name serialize (line 1 column 8)');
  expect(run('/ip/address/export where comment=x').error).toContain('expected end of command');
});
