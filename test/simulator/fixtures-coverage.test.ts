import { describe, expect, test } from 'vitest';
import { recordedRouters, recording } from '../../src/simulator/fixtures.ts';

/** Menus that screens, tools and plans are about: some router has rows in each of them. */
const WITH_ROWS =
  '/ipv6/address /ipv6/route /ipv6/firewall/filter /ipv6/firewall/mangle /ipv6/firewall/raw /ipv6/firewall/address-list /ipv6/nd /ipv6/nd/prefix /ipv6/dhcp-client /ipv6/dhcp-server /ipv6/pool /ipv6/neighbor /interface/bridge /interface/bridge/vlan /interface/bridge/host /interface/bridge/port /interface/bridge/mdb /interface/ethernet /interface/ethernet/switch /interface/ethernet/switch/port /interface/ethernet/poe /user /user/group /user/active /user/ssh-keys /ip/service /ip/ssh /certificate /interface/wireguard /interface/wireguard/peers /routing/bgp/connection /routing/bgp/session /routing/bgp/template /routing/bgp/instance /routing/ospf/instance /routing/ospf/area /routing/ospf/interface-template /routing/ospf/interface /routing/ospf/neighbor /routing/ospf/lsa /routing/table /routing/rule /routing/filter/rule /routing/id /routing/route /routing/bfd/session /tool/netwatch /ip/firewall/filter /ip/firewall/nat /ip/firewall/mangle /ip/firewall/raw /ip/firewall/connection /ip/firewall/connection/tracking /ip/firewall/address-list /queue/simple /queue/tree /queue/type /queue/interface /ppp/profile /ppp/secret /ppp/active /interface/pppoe-client /interface/pppoe-server/server /interface/l2tp-client /interface/l2tp-server/server /interface/sstp-client /interface/sstp-server/server /interface/ovpn-client /interface/ovpn-server/server /interface/ovpn-server /interface/pptp-client /interface/pptp-server/server /ip/ipsec/peer /ip/ipsec/proposal /ip/ipsec/profile /ip/ipsec/identity /ip/ipsec/policy /ip/ipsec/active-peers /ip/ipsec/installed-sa /snmp /snmp/community /system/logging /system/logging/action /system/scheduler /system/script /container/config /interface/gre /interface/eoip /interface/ipip /interface/vxlan /interface/vxlan/vteps /interface/vrrp /interface/bonding /interface/vlan /interface/macvlan /interface/lte /interface/lte/apn /interface/list /interface/list/member /ip/neighbor /ip/neighbor/discovery-settings /system/device-mode /system/history /file /ip/dhcp-server /ip/dhcp-server/network /ip/dhcp-server/lease /ip/dhcp-server/option /ip/pool /ip/pool/used /ip/dhcp-client /ip/dhcp-relay /interface/wireless /interface/wireless/registration-table /interface/wireless/security-profiles /interface/wireless/access-list /interface/wifi /interface/wifi/registration-table /interface/wifi/configuration /interface/wifi/security /interface/wifi/channel /interface/wifi/datapath /interface/wifi/access-list /interface/wifi/radio /interface/wifi/cap /interface/wifi/capsman /caps-man/manager /caps-man/configuration /caps-man/provisioning /caps-man/security /caps-man/datapath /caps-man/channel /system/ntp/client /system/ntp/server /system/clock /tool/romon /tool/romon/port /ip/upnp /ip/upnp/interfaces /ip/cloud /ip/smb /ip/smb/shares /ip/smb/users /ip/arp /system/routerboard /system/watchdog /system/package /radius /ip/vrf /ip/dns/adlist /ip/dns/forwarders'.split(
    ' ',
  );

test('every menu people ask for has rows on some router', () => {
  const all = recordedRouters().map((folder) => recording(folder).menus);
  expect(WITH_ROWS.filter((menu) => !all.some((menus) => (menus.get(menu)?.length ?? 0) > 0))).toEqual([]);
});

/** Read back as words although the schema calls them truths. */
const WORDS = new Set(['/ip/ipsec/active-peers side', '/interface/wifi/cap enabled', '/interface/wifi/capsman enabled']);

describe.each(recordedRouters())('%s', (folder) => {
  const { schema, menus, profile } = recording(folder);

  test('spells what is true and what is not as REST does', () => {
    const strange: string[] = [];
    for (const [menu, rows] of menus) {
      for (const [name, { kind }] of schema.menu(menu)?.fields ?? []) {
        if (kind !== 'bool' || WORDS.has(`${menu} ${name}`)) continue;
        // Present and empty is a flag that is set.
        for (const row of rows) if (!/^(?:true|false)?$/.test(row[name] ?? '')) strange.push(`${menu} ${name}=${row[name]}`);
      }
    }
    expect(strange).toEqual([]);
  });

  test('has every setting of its version that others read without asking', () => {
    const settings =
      '/ip/dns /ip/settings /ip/ssh /ip/smb /ip/socks /ip/cloud /ip/upnp /snmp /system/clock /system/note /tool/romon /tool/graphing /tool/sniffer /interface/l2tp-server/server /interface/pptp-server/server /interface/sstp-server/server /ip/ipsec/settings /ip/traffic-flow /radius/incoming'.split(
        ' ',
      );
    expect(settings.filter((menu) => schema.has(menu) && !menus.has(menu))).toEqual([]);
  });

  test('how much there is', () => {
    const lists = [...menus].filter(([, rows]) => rows.length > 0);
    console.log(
      `${profile.board} ${profile.version}: ${menus.size} menus, ${lists.length} of them with rows, ${lists.reduce((sum, [, rows]) => sum + rows.length, 0)} rows`,
    );
    expect(lists.length).toBeGreaterThan(80);
  });
});
