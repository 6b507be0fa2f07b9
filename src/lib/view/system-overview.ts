import { license } from '../capability/catalog/license.ts';
import { routerboard } from '../capability/catalog/routerboard.ts';
import { systemHealth } from '../capability/catalog/system-health.ts';
import { systemIdentity } from '../capability/catalog/system-identity.ts';
import { systemResource } from '../capability/catalog/system-resource.ts';
import { writeDuration } from '../capability/duration.ts';
import { defineView } from './define.ts';
import { type Item, numberOf, onlyOf, percentOf, pick, rowsOf, textOf } from './values.ts';

export const systemOverview = defineView({
  id: 'system-overview',
  title: 'System overview',
  about: 'Identity, version, board, load, memory, storage, uptime and sensors of a router.',
  topic: 'system',
  tool: 'get_system_overview',
  input: {},
  parts: {
    resource: { read: systemResource },
    identity: { read: systemIdentity },
    routerboard: { read: routerboard },
    health: { read: systemHealth },
    license: { read: license },
  },
  compose: ({ resource, identity, routerboard: board, health, license: licence }) => {
    const now = onlyOf(resource);
    const hardware = onlyOf(board);
    const [version = null, channel = null] = String(now['version'] ?? '').match(/[^\s()]+/g) ?? [];
    const uptime = numberOf(now['uptime']);
    const sensors = rowsOf(health);
    return {
      systemIdentity: textOf(onlyOf(identity)['name']),
      routerosVersion: version,
      channel,
      hardwareModel: textOf(now['boardName']),
      model: textOf(hardware['model']),
      serialNumber: textOf(hardware['serialNumber']),
      firmwareVersion: textOf(hardware['currentFirmware']),
      firmwareAvailable: textOf(hardware['upgradeFirmware']),
      // Boards have a number, virtual routers a word.
      licenseLevel: textOf(String(onlyOf(licence)['level'] ?? onlyOf(licence)['nlevel'] ?? '')),
      architecture: textOf(now['architectureName']),
      cpuCount: numberOf(now['cpuCount']),
      cpuUsagePercent: numberOf(now['cpuLoad']),
      ...space('memory', now['totalMemory'], now['freeMemory']),
      ...space('disk', now['totalHddSpace'], now['freeHddSpace']),
      uptimeSeconds: uptime,
      uptimeFormatted: uptime === null ? null : writeDuration(uptime),
      temperatureCelsius: sensor(sensors, 'temperature', 'board-temperature', 'board-temperature1'),
      cpuTemperatureCelsius: sensor(sensors, 'cpu-temperature'),
      voltageVolts: sensor(sensors, 'voltage', 'psu1-voltage'),
      sensors: sensors.map((one) => pick(one, 'name', 'value', 'type')),
    };
  },
});

/** A sensor may answer a word (`ok`, `no-input`): that is no measurement. */
function sensor(sensors: readonly Item[], ...names: readonly string[]): number | null {
  const found = names.map((name) => sensors.find((one) => one['name'] === name)).find((one) => one !== undefined);
  return numberOf(found?.['value']);
}

function space(name: string, whole: unknown, left: unknown): Item {
  const [total, free] = [numberOf(whole), numberOf(left)];
  const used = total === null || free === null ? null : total - free;
  return {
    [`${name}TotalBytes`]: total,
    [`${name}UsedBytes`]: used,
    [`${name}FreeBytes`]: free,
    [`${name}UsagePercent`]: percentOf(used, total),
  };
}
