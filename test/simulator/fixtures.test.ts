import { describe, expect, test } from 'vitest';
import { markSlaves } from '../../src/simulator/effects/interfaces.ts';
import { settleRoutes } from '../../src/simulator/effects/routes.ts';
import { defaultsFile, recordedRouters, recording, schemaFor } from '../../src/simulator/fixtures.ts';
import { createRouter, type RouterState } from '../../src/simulator/index.ts';
import { kindOf, rowsOf } from '../../src/simulator/state/tables.ts';
import { START } from './support.ts';

/** Menus the schemas cannot know: they were taken from virtual routers without this hardware, and skip the proxy. */
const UNKNOWN_TO_SCHEMA = [
  '/system/routerboard',
  '/system/routerboard/settings',
  '/system/gps',
  '/interface/ethernet/poe',
  '/interface/ethernet/switch',
  '/interface/ethernet/switch/port',
  '/interface/ethernet/switch/vlan',
  '/ip/proxy',
];

const make = (folder: string): RouterState => createRouter({ spec: { recording: folder }, now: START, seed: 7 });

/** What every router has, whatever else it is. */
const COMMON =
  '/system/identity /system/resource /system/clock /system/ntp/client /system/ntp/client/servers /system/license /system/package /system/device-mode /system/health /system/logging /system/logging/action /system/history /log /user /user/group /interface /interface/ethernet /interface/bridge /interface/bridge/port /interface/list /interface/list/member /ip/address /ip/route /ip/arp /ip/dns /ip/dns/static /ip/service /ip/firewall/filter /ip/firewall/nat /ip/firewall/address-list /ip/dhcp-client /ip/dhcp-server /ip/dhcp-server/lease /ip/pool /ip/neighbor /snmp /routing/table'.split(
    ' ',
  );

describe.each(recordedRouters())('%s', (folder) => {
  const { profile, schema, menus, singletons } = recording(folder);

  test('knows only fields its version has, and menus of the kind the version says', () => {
    const strangers: string[] = [];
    for (const [menu, rows] of menus) {
      const known = schema.menu(menu);
      if (!known) {
        if (!UNKNOWN_TO_SCHEMA.includes(menu)) strangers.push(menu);
        continue;
      }
      expect([menu, singletons.has(menu)]).toEqual([menu, known.kind === 'singleton']);
      for (const name of new Set(rows.flatMap((row) => Object.keys(row))))
        if (name !== '.id' && !known.fields.has(name)) strangers.push(`${menu} ${name}`);
    }
    expect(strangers).toEqual([]);
  });

  test('holds text only, and no id twice', () => {
    for (const [menu, rows] of menus) {
      const ids = rows.map((row) => row['.id']);
      if (!singletons.has(menu)) expect([menu, ids.every((id) => /^\*[0-9A-F]+$/.test(id ?? ''))]).toEqual([menu, true]);
      expect([menu, new Set(ids).size]).toEqual([menu, ids.length]);
      for (const row of rows) for (const value of Object.values(row)) expect(typeof value).toBe('string');
    }
  });

  test('names only what is there', () => {
    const router = make(folder);
    const dangling: string[] = [];
    for (const menu of menus.keys()) {
      for (const [name, field] of schema.menu(menu)?.fields ?? []) {
        if (field.menu === undefined || kindOf(router, field.menu) === 'singleton') continue;
        const there = new Set(rowsOf(router, field.menu).map((row) => row['name']));
        for (const row of rowsOf(router, menu)) {
          const values = (row[name] ?? '').replace(/^!/, '').split(',').filter(Boolean);
          for (const value of values)
            if (!there.has(value) && !field.words.includes(value)) dangling.push(`${menu} ${row['.id'] ?? ''} ${name}=${value}`);
        }
      }
    }
    expect(dangling).toEqual([]);
  });

  test('is at rest: working out routes and slaves again changes nothing', () => {
    const router = make(folder);
    const before = structuredClone(['/interface', '/ip/route', '/ip/address'].map((menu) => rowsOf(router, menu)));
    settleRoutes(router);
    markSlaves(router);
    expect(['/interface', '/ip/route', '/ip/address'].map((menu) => rowsOf(router, menu))).toEqual(before);
  });

  test('has what every router has', () => {
    expect(COMMON.filter((menu) => !menus.has(menu))).toEqual([]);
    expect(menus.get('/system/resource')?.[0]?.['version']).toBe(`${profile.version} (stable)`);
    expect(menus.get('/system/package')?.find((row) => row['name'] === 'routeros')?.['version']).toBe(profile.version);
    expect(menus.get('/system/ntp/client')?.[0]?.['servers']).toBe(
      menus
        .get('/system/ntp/client/servers')
        ?.map((row) => row['address'])
        .join(','),
    );
  });

  test('differs from its copy in everything that tells routers apart', () => {
    const [one, two] = [0, 1].map((index) => createRouter({ spec: { recording: folder }, index, copyNumber: index, now: START, seed: 7 }));
    const of = (router: RouterState | undefined, menu: string, field: string): string | undefined =>
      router ? rowsOf(router, menu)[0]?.[field] : undefined;
    const facts: [string, string][] = [
      ['/system/identity', 'name'],
      ['/system/license', profile.board === 'chr' ? 'system-id' : 'software-id'],
      ['/interface', 'mac-address'],
    ];
    if (profile.board !== 'chr') facts.push(['/system/routerboard', 'serial-number']);
    for (const [menu, field] of facts) {
      expect([field, of(one, menu, field)]).not.toEqual([field, undefined]);
      expect([field, of(one, menu, field)]).not.toEqual([field, of(two, menu, field)]);
    }
    expect(one?.station).not.toBe(two?.station);
    for (const router of [one, two]) {
      const managed = rowsOf(router as RouterState, '/ip/service').find((row) => row['name'] === 'www');
      expect((managed?.['address'] ?? managed?.['available-from'])?.split('.').slice(0, 2)).toEqual(router?.station.split('.').slice(0, 2));
    }
  });

  test('has no placeholder left', () => {
    const router = make(folder);
    const left: string[] = [];
    for (const menu of menus.keys())
      for (const row of rowsOf(router, menu)) if (/XXXX-XXXX|X{9}|\{\w+\}/.test(Object.values(row).join(' '))) left.push(menu);
    expect(left).toEqual([]);
  });
});

test('defaults name fields that some version has', () => {
  const schemas = ['7.12.2', '7.20.8', '7.22.2', '7.24'].map(schemaFor);
  for (const [menu, row] of Object.entries(defaultsFile())) {
    for (const field of Object.keys(row))
      expect([menu, field, schemas.some((schema) => schema.menu(menu)?.fields.has(field))]).toEqual([menu, field, true]);
  }
});
