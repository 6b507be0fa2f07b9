import { certificate } from '../capability/catalog/certificate.ts';
import { firewallFilter } from '../capability/catalog/firewall-filter.ts';
import { firewallNat } from '../capability/catalog/firewall-nat.ts';
import { ipService } from '../capability/catalog/ip-service.ts';
import { log } from '../capability/catalog/log.ts';
import { ntpClient } from '../capability/catalog/ntp-client.ts';
import { packageUpdate } from '../capability/catalog/package-update.ts';
import { routerboard } from '../capability/catalog/routerboard.ts';
import { systemIdentity } from '../capability/catalog/system-identity.ts';
import { systemResource } from '../capability/catalog/system-resource.ts';
import { user } from '../capability/catalog/user.ts';
import { userGroup } from '../capability/catalog/user-group.ts';
import { integer } from '../capability/kinds.ts';
import { defineView } from './define.ts';
import { type Item, listOf, numberOf, onlyOf, orNull, type Parts, percentOf, pick, rowsOf, tally, totalOf } from './values.ts';

const DAY = 86_400;
const LINES = 10;

/** Facts for whoever judges: no mark is given here. */
export const deviceReview = defineView({
  id: 'device-review',
  title: 'Device review',
  about: 'Facts for a review: load, open services, users, firewall counts, updates, ending certificates, time, errors in the log.',
  topic: 'system',
  tool: 'review_device',
  input: {
    certificateDays: integer({ min: 1, max: 3_650 })({ about: 'Name certificates that end within this many days; 30 by default.' }),
  },
  parts: {
    resource: { read: systemResource },
    identity: { read: systemIdentity },
    board: { read: routerboard },
    updates: { read: packageUpdate },
    services: { read: ipService },
    users: { read: user },
    groups: { read: userGroup },
    filter: { read: firewallFilter, fields: ['chain', 'action', 'disabled', 'invalid'] },
    nat: { read: firewallNat, fields: ['chain', 'disabled'] },
    certificates: { read: certificate },
    ntp: { read: ntpClient },
    log: { read: log, last: true },
  },
  compose: (parts, { certificateDays = 30 }) => ({
    connectivity: { answered: true, identity: orNull(onlyOf(parts['identity'])['name']) },
    load: loadOf(onlyOf(parts['resource'])),
    updates: updatesOf(parts),
    services:
      listOf(parts['services'], (row) => row)
        ?.filter((row) => row['disabled'] === false && row['connection'] !== true)
        .map((row) => pick(row, 'name', 'port', 'address', 'certificate', 'vrf')) ?? null,
    users: listOf(parts['users'], (row) => pick(row, 'name', 'group', 'address', 'disabled', 'lastLoggedIn')),
    groups: listOf(parts['groups'], (row) => pick(row, 'name', 'policy')),
    firewall: firewallOf(parts),
    certificates: certificatesOf(parts, Number(certificateDays)),
    time: pick(onlyOf(parts['ntp']), 'enabled', 'status', 'syncedServer', 'syncedStratum', 'systemOffset'),
    logErrors: errorsOf(parts),
  }),
});

function loadOf(now: Item): Item {
  const [total, free] = [numberOf(now['totalMemory']), numberOf(now['freeMemory'])];
  return {
    cpuUsagePercent: numberOf(now['cpuLoad']),
    memoryUsagePercent: percentOf(total === null || free === null ? null : total - free, total),
    diskFreePercent: percentOf(numberOf(now['freeHddSpace']), numberOf(now['totalHddSpace'])),
    uptimeSeconds: numberOf(now['uptime']),
  };
}

/** As the router knew when it last asked: looking for updates is another command. */
const updatesOf = (parts: Parts): Item => ({
  ...pick(onlyOf(parts['updates']), 'channel', 'installedVersion', 'latestVersion', 'status'),
  runningVersion: orNull(onlyOf(parts['resource'])['version']),
  ...pick(onlyOf(parts['board']), 'currentFirmware', 'upgradeFirmware'),
});

function firewallOf(parts: Parts): Item {
  const rules = rowsOf(parts['filter']).filter((row) => row['dynamic'] !== true);
  return {
    filterRules: totalOf(parts['filter']),
    filterByChain: tally(rules, (row) => row['chain']),
    filterDisabled: rules.filter((row) => row['disabled'] === true).length,
    filterInvalid: rules.filter((row) => row['invalid'] === true).length,
    inputDrops: rules.filter((row) => row['chain'] === 'input' && row['action'] === 'drop' && row['disabled'] !== true).length,
    natRules: totalOf(parts['nat']),
  };
}

function certificatesOf(parts: Parts, days: number): Item {
  const all = rowsOf(parts['certificates']);
  // RouterOS says how long a certificate still lasts, and nothing more once it has ended.
  const ending = all.filter((row) => row['expired'] === true || (numberOf(row['expiresAfter']) ?? Number.POSITIVE_INFINITY) <= days * DAY);
  return {
    total: totalOf(parts['certificates']),
    withinDays: days,
    ending: ending.map((row) => pick(row, 'name', 'commonName', 'invalidAfter', 'expiresAfter', 'expired')),
  };
}

function errorsOf(parts: Parts): Item {
  const grave = rowsOf(parts['log']).filter(
    ({ topics }) => Array.isArray(topics) && (topics.includes('error') || topics.includes('critical')),
  );
  return {
    searched: rowsOf(parts['log']).length,
    count: parts['log']?.missing === undefined ? grave.length : null,
    newest: grave
      .slice(-LINES)
      .toReversed()
      .map((row) => pick(row, 'time', 'topics', 'message')),
  };
}
