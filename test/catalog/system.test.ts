import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as catalogEntries from '../../src/lib/capability/catalog/index.ts';
import { decodeRow, keyOf, wireMap } from '../../src/lib/capability/codec.ts';
import type { Capability } from '../../src/lib/capability/define.ts';
import { catalogOf } from '../../src/lib/capability/lookup.ts';
import { columnsOf } from '../../src/lib/capability/present.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { compareVersions } from '../../src/lib/core/version.ts';

/** The menus about a router itself, its accounts and services, its names and its health: every field, every recorded row. */

const IDS = `system-health system-package package-update routerboard routerboard-settings license device-mode history log logging
  logging-action file scheduler script watchdog system-note ntp-server ntp-client-servers user user-group user-active user-ssh-keys
  ip-service ip-ssh certificate certificate-settings snmp snmp-community container container-config container-mounts container-envs
  netwatch romon ip-cloud neighbor neighbor-discovery-settings mac-server mac-winbox dns-static dns-cache ip-proxy smb upnp
  upnp-interfaces ip-socks graphing email bandwidth-server radius user-aaa leds gps ups`;

const catalog = catalogOf(catalogEntries);
const capabilities = IDS.split(/\s+/).map((id) => catalog.capability(id));
const VERSIONS = ['7.12.2', '7.16.2', '7.20.8', '7.22.2', '7.23.2', '7.24'] as const;
const ROOT = path.join(import.meta.dirname, '../../fixtures');
const RECORDED = path.join(import.meta.dirname, '../../../shared/data/routeros');

const json = (...parts: readonly string[]): unknown => JSON.parse(readFileSync(path.join(...parts), 'utf8'));
const rowsIn = (found: unknown): readonly Row[] => (Array.isArray(found) ? found : [found]) as readonly Row[];

/** Fields of a schema that are not declared, and why. */
const LEFT_OUT: Readonly<Record<string, readonly { readonly names: readonly string[]; readonly why: string }[]>> = {
  'system-health': [
    {
      names:
        '12v 3.3v 5v board-temp core cpu-temp fan1 fan2 fan3 lm87-temp temp1 temp2 temp3 voltage1 voltage2 voltage3 voltage4 voltage5 voltage6 voltage7 voltage8 voltage9 voltage10'.split(
          ' ',
        ),
      why: 'readings of the one-object form before 7.12; today each is a row with name, value and type',
    },
  ],
  file: [{ names: ['contents'], why: 'a backup or a key may be in it: never asked for, never shown' }],
  'ip-service': [{ names: ['address'], why: '7.24 still takes the old name of available-from' }],
};
const leftOut = (id: string): readonly string[] => (LEFT_OUT[id] ?? []).flatMap(({ names }) => names);

/** Menus that no recorded router has, since it lacks the hardware or the package. */
const UNRECORDED: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [
    'routerboard',
    'routerboard-settings',
    'ip-proxy',
    'gps',
    'ups',
    'container',
    'container-config',
    'container-mounts',
    'container-envs',
  ].map((id) => [id, VERSIONS.filter((version) => !(catalog.capability(id).menu in menusOf(version)))]),
);

interface MenuFile {
  readonly fields?: Readonly<Record<string, string>>;
}
function menusOf(version: string): Readonly<Record<string, MenuFile>> {
  return (json(ROOT, 'schema', `routeros-${version}.json`) as { readonly menus: Readonly<Record<string, MenuFile>> }).menus;
}

describe.each(VERSIONS)('RouterOS %s', (version) => {
  const menus = menusOf(version);
  test.each(capabilities.map((one) => [one.id, one] as const))('%s declares every field of its menu', (id, capability) => {
    const menu = menus[capability.menu];
    if (!menu) return expect(UNRECORDED[id]).toContain(version);
    const declared = wireMap(capability, version);
    const missing = Object.keys(menu.fields ?? {}).filter(
      (name) => name !== 'dynamic' && !declared.has(name) && !leftOut(id).includes(name),
    );
    expect(missing).toEqual([]);
  });
});

interface Reference {
  readonly menus: Readonly<Record<string, { readonly args?: Row; readonly ro?: Row } | undefined>>;
}
test.skipIf(!existsSync(RECORDED))('menus that no router was recorded with have the fields of the reference, where it has the menu', () => {
  const { menus } = json(RECORDED, 'schema/cli-reference-fields.json') as Reference;
  const checked = ['routerboard', 'routerboard-settings', 'ip-proxy'];
  for (const id of checked) {
    const capability = catalog.capability(id);
    const { args, ro } = menus[capability.menu] ?? {};
    expect([...wireMap(capability, '7.24').keys()].sort(), id).toEqual(Object.keys({ ...args, ...ro }).sort());
  }
});

test('every field says what it is, and a person is shown at most ten of them', () => {
  for (const { id, fields, ...capability } of capabilities) {
    for (const [name, { traits }] of Object.entries(fields)) {
      expect(traits.about, `${id}.${name}`).toMatch(/^[A-Z].{7,}\.$/);
      if (capability.shape === 'table') expect(traits.readOnly, `${id}.${name}`).toBe(true);
    }
    const columns = columnsOf({ fields }).length;
    expect(columns, id).toBeLessThanOrEqual(10);
    expect(columns, id).toBeGreaterThanOrEqual(Math.min(2, Object.keys(fields).length));
  }
});

const SECRET = `license.softwareId license.oldSoftwareId license.systemId history.redo history.undo scheduler.onEvent script.source
  user.password certificate.challengePassword snmp.trapCommunity snmp-community.name snmp-community.authenticationPassword
  snmp-community.encryptionPassword container.cmd container.env container.envCurrent container.configJson container-config.password
  container-envs.value netwatch.upScript netwatch.downScript netwatch.testScript romon.secrets ip-cloud.vpnPrivateKey
  ip-cloud.vpnPeerPrivateKey ip-cloud.vpnWireguardClientConfig ip-cloud.vpnWireguardClientConfigQrcode email.password radius.secret`;

test('what is secret', () => {
  const found = capabilities.flatMap(({ id, fields }) =>
    Object.entries(fields).flatMap(([name, { traits }]) => (traits.secret ? [`${id}.${name}`] : [])),
  );
  expect(found.sort()).toEqual(SECRET.split(/\s+/).sort());
});

test('what is in a file is never asked for: a large menu is read by its declared fields', () => {
  const { large, fields } = catalog.capability('file');
  expect([large, 'contents' in fields]).toEqual([true, false]);
});

const understood = { fields: 0, left: 0 };

function leftOver(capability: Capability, row: Row, version: string): readonly string[] {
  const { extra } = decodeRow(capability, row, version);
  return Object.keys(extra).filter((name) => !leftOut(capability.id).includes(name));
}

describe('every row of the simulated routers is understood', () => {
  for (const router of readdirSync(path.join(ROOT, 'routers'))) {
    const version = router.split('_')[1] ?? '';
    for (const capability of capabilities) {
      const file = path.join(ROOT, 'routers', router, `${capability.menu.slice(1)}.json`);
      if (!existsSync(file)) continue;
      test(`${router} ${capability.id}`, () => {
        for (const row of rowsIn(json(file))) expect(leftOver(capability, row, version), JSON.stringify(row)).toEqual([]);
      });
    }
  }
});

/** Answers of real routers, and whole routers written by hand: menu, rows, and the version where it is known. */
function samples(): readonly { readonly menu: string; readonly rows: readonly Row[]; readonly version?: string }[] {
  const real = path.join(RECORDED, 'rest-samples/terraform-provider-routeros');
  const pasted = readdirSync(real).flatMap((file) => {
    const { samples: all } = json(real, file) as { readonly samples: readonly { readonly path: string; readonly response: unknown }[] };
    return all.map(({ path: menu, response }) => ({ menu, rows: rowsIn(response) }));
  });
  const made = readdirSync(path.join(RECORDED, 'synthetic')).filter((file) => file.endsWith('.rest.json'));
  const whole = made.flatMap((file) => {
    const { responses } = json(RECORDED, 'synthetic', file) as { readonly responses: Readonly<Record<string, unknown>> };
    const version = /-(\d[\d.]*)\.rest\.json$/.exec(file)?.[1] ?? '';
    return Object.entries(responses).map(([asked, answer]) => ({
      menu: asked.replace(/^GET \/rest/, '').replace(/\?.*$/, ''),
      rows: rowsIn(answer),
      version,
    }));
  });
  return [...pasted, ...whole];
}

test.skipIf(!existsSync(RECORDED))('answers of real routers leave at most 2 % of their fields over', () => {
  for (const { menu, rows, version } of samples()) {
    const capability = capabilities.find((one) => one.menu === menu);
    if (!capability) continue;
    for (const row of rows) {
      // Where the version is not known, the row is of one that understands it best.
      const tries = (version === undefined ? VERSIONS : [version]).map((one) => leftOver(capability, row, one));
      const [best = []] = tries.toSorted((a, b) => a.length - b.length);
      if (best.length > 0) console.log(`${capability.id}: ${best.map((name) => `${name}=${row[name]}`).join(', ')}`);
      understood.fields += Object.keys(row).filter((name) => !name.startsWith('.')).length;
      understood.left += best.length;
    }
  }
  console.log(`system menus: ${understood.left} of ${understood.fields} fields of real samples left over`);
  expect(understood.fields).toBeGreaterThan(500);
  expect(understood.left / understood.fields).toBeLessThanOrEqual(0.02);
});
if (!existsSync(RECORDED)) console.log('system menus: no recorded data beside the checkout; real samples were not read');

/** Two rows of a menu: may they stand side by side? As probed on 7.23.2, or as two rows of one recorded router do. */
const PAIRS: readonly (readonly [string, Row, Row, 'collide' | 'coexist'])[] = [
  ['logging-action', { name: 'a', target: 'disk' }, { name: 'a', target: 'memory' }, 'collide'],
  ['logging-action', { name: 'a', target: 'disk' }, { name: 'b', target: 'disk' }, 'coexist'],
  ['user-group', { name: 'a', policy: 'read' }, { name: 'a', policy: 'write' }, 'collide'],
  ['user-group', { name: 'a', policy: 'read' }, { name: 'b', policy: 'read' }, 'coexist'],
  ['user', { name: 'a', group: 'read' }, { name: 'a', group: 'full' }, 'collide'],
  ['user', { name: 'a', group: 'read' }, { name: 'b', group: 'read' }, 'coexist'],
];
/** Menus in which RouterOS takes rows that agree in every field a person would name them by. */
const NO_KEY = ['logging', 'dns-static', 'netwatch', 'snmp-community', 'radius', 'leds', 'user-active', 'neighbor', 'log', 'history'];

test.each(PAIRS)('keys of %s: %j and %j %s', (id, one, other, verdict) => {
  for (const version of VERSIONS) {
    const key = (row: Row) => keyOf(catalog.capability(id), decodeRow(catalog.capability(id), row, version).content, version);
    expect(key(one)).toBeDefined();
    expect(key(one) === key(other)).toBe(verdict === 'collide');
  }
});

test('a menu without a natural key has none', () => {
  for (const id of NO_KEY) expect(catalog.capability(id).key, id).toEqual([]);
});

/** Rows that only show what is there: their key is what the router keeps apart. */
test.each([
  ['system-package', 'name'],
  ['system-health', 'name'],
  ['file', 'name'],
  ['scheduler', 'name'],
  ['script', 'name'],
  ['certificate', 'name'],
  ['ip-service', 'name'],
  ['ntp-client-servers', 'address'],
  ['upnp-interfaces', 'interface'],
])('rows of %s are told apart by %s on every recorded router', (id, name) => {
  const { key, menu } = catalog.capability(id);
  expect(key).toEqual([name]);
  for (const router of readdirSync(path.join(ROOT, 'routers'))) {
    const file = path.join(ROOT, 'routers', router, `${menu.slice(1)}.json`);
    const names = existsSync(file)
      ? rowsIn(json(file))
          .filter((row) => row['dynamic'] !== 'true')
          .map((row) => row[name])
      : [];
    expect(new Set(names).size, router).toBe(names.length);
  }
});

test('a service has its networks under the name its version gives them', () => {
  const capability = catalog.capability('ip-service');
  const seen = VERSIONS.map((version) => [...wireMap(capability, version)].find(([, { name }]) => name === 'address')?.[0]);
  expect(seen).toEqual(VERSIONS.map((version) => (compareVersions(version, '7.24') >= 0 ? 'available-from' : 'address')));
});
