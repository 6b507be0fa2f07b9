import { expect, test } from 'vitest';
import { acceptValue, acceptValues, fieldNamed, requireField } from '../../src/lib/capability/accept.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import { capabilityOf, tunnels } from '../laws/subjects.ts';

const dns = capabilityOf('dns');

function refused(values: Readonly<Record<string, unknown>>, of = dns): InputError {
  try {
    acceptValues(of, values);
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown;
    throw thrown;
  }
  throw new Error('it was taken');
}

test('a field by its declared, dashed or underscored name', () => {
  for (const written of ['allowRemoteRequests', 'allow-remote-requests', 'allow_remote_requests'])
    expect(fieldNamed(dns.fields, written)).toBe('allowRemoteRequests');
  for (const written of ['allowremoterequests', 'Allow-Remote-Requests', 'toString', '__proto__', 'constructor', ''])
    expect(fieldNamed(dns.fields, written)).toBeUndefined();
});

test('text as RouterOS writes it, or values as JSON carries them', () => {
  const wanted = { servers: ['1.1.1.1', '8.8.8.8'], allowRemoteRequests: true, cacheSize: 2048, cacheMaxTtl: 604_800 };
  expect(acceptValues(dns, wanted)).toEqual(wanted);
  expect(
    acceptValues(dns, { servers: '1.1.1.1,8.8.8.8', 'allow-remote-requests': 'true', cache_size: '0x800', 'cache-max-ttl': '7d00:00:00' }),
  ).toEqual(wanted);
});

test('an unknown field: the valid ones are named', () => {
  const error = refused({ nameservers: '1.1.1.1' });
  expect(error).toMatchObject({
    code: 'UNKNOWN_FIELD',
    message: 'dns has no field of that name.',
    details: { capability: 'dns', field: 'nameservers' },
  });
  expect(error.hint).toContain('servers, dynamic-servers, allow-remote-requests');
  expect(error.details['allowed']).toContain('cache-size');
  expect(String(refused({ ['x'.repeat(500)]: 1 }).details['field'])).toHaveLength(64);
  expect(requireField({ id: 'x', fields: dns.fields }, 'servers').name).toBe('servers');
});

test('a field of the router’s own, a secret, a field given twice', () => {
  expect(refused({ 'cache-used': 5 })).toMatchObject({ code: 'READ_ONLY', details: { field: 'cache-used' } });
  expect(refused({ presharedKey: 'x' }, tunnels)).toMatchObject({
    code: 'INVALID_INPUT',
    message: 'preshared-key is secret: it is not taken as plain text.',
    hint: expect.stringContaining('--secret preshared-key'),
  });
  expect(refused({ cacheSize: 100, 'cache-size': 200 }).message).toBe('cache-size is given twice.');
});

test('a wrong value: the message names the field, what is allowed, and an example; never the value', () => {
  const error = refused({ maxUdpPacketSize: 'evil-value' });
  expect(error).toMatchObject({
    code: 'INVALID_INPUT',
    message: 'max-udp-packet-size does not take this value: it takes a whole number from 50 to 65507.',
    hint: 'For example max-udp-packet-size=1500',
    details: { capability: 'dns', field: 'max-udp-packet-size', allowed: 'a whole number from 50 to 65507', example: '1500' },
  });
  expect(JSON.stringify(error)).not.toContain('evil-value');
  for (const value of [49, 65_508, '49', '', 'auto', null, undefined, true, [], {}, Number.NaN, 50.5])
    expect(refused({ maxUdpPacketSize: value }).code).toBe('INVALID_INPUT');
});

test('an empty text says nothing of a switch', () => {
  expect(refused({ allowRemoteRequests: '' }).message).toContain('yes or no');
  expect(acceptValues(dns, { useDohServer: '', servers: '', mdnsRepeatIfaces: '' })).toEqual({
    useDohServer: '',
    servers: [],
    mdnsRepeatIfaces: [],
  });
});

const HIDDEN: Readonly<Record<string, string>> = {
  'an escape': '\u001b[31m',
  'an 8-bit escape': '\u009b31m',
  bell: '\u0007',
  null: '\u0000',
  'a carriage return': 'a\rb',
  'a Windows line end': 'a\r\nb',
  'a right-to-left override': '\u202e',
  'an isolate': '\u2066',
  'an Arabic letter mark': '\u061c',
  'a zero-width space': '\u200b',
  'a zero-width joiner': '\u200d',
  'a word joiner': '\u2060',
  'a byte order mark': '\ufeff',
  'a soft hyphen': '\u00ad',
  'a variation selector': '\ufe0f',
  'a tag character': '\u{e0041}',
  'half a pair': '\ud83d',
  'a line separator': '\u2028',
};

for (const [what, text] of Object.entries(HIDDEN)) {
  test(`text that is cleaned on its way out is refused on its way in: ${what}`, () => {
    const list = capabilityOf('firewall-address-list');
    const field = requireField(list, 'comment').field;
    expect(() => acceptValue('x', 'comment', field, `a${text}b`)).toThrow(InputError);
    expect(refused({ mdnsRepeatIfaces: ['ok', `e${text}1`] }).code).toBe('INVALID_INPUT');
    expect(refused({ mdnsRepeatIfaces: `ok,e${text}1` }).code).toBe('INVALID_INPUT');
    const filter = capabilityOf('firewall-filter');
    expect(refused({ content: `!a${text}b` }, filter).code).toBe('INVALID_INPUT');
  });
}

test('line feeds, tabs, accents and pictures may stay', () => {
  const field = requireField(dns, 'useDohServer').field;
  for (const text of ['a\nb', 'a\tb', 'Füße', 'Привет', '漢字', '🛰', 'e\u0301'])
    expect(acceptValue('dns', 'useDohServer', field, text)).toBe(text);
});
