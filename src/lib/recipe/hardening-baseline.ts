import { interfaceList } from '../capability/catalog/interface-list.ts';
import { ipService } from '../capability/catalog/ip-service.ts';
import { ipSsh } from '../capability/catalog/ip-ssh.ts';
import { macServer } from '../capability/catalog/mac-server.ts';
import { macWinbox } from '../capability/catalog/mac-winbox.ts';
import { neighborDiscoverySettings } from '../capability/catalog/neighbor-discovery-settings.ts';
import type { Capability } from '../capability/define.ts';
import { textSet, word } from '../capability/kinds.ts';
import type { Intent } from '../plan/intent.ts';
import { requireNamed } from './checks.ts';
import { defineRecipe, type Place, type Rows } from './define.ts';

/** Services that send passwords in the clear. */
const CLEAR = ['telnet', 'ftp', 'www', 'api'];

export const hardeningBaseline = defineRecipe({
  id: 'hardening-baseline',
  title: 'Hardening baseline',
  about: 'Switches off services without encryption, never the one we come by, makes SSH strict, and limits discovery to a list.',
  topic: 'user',
  reads: {
    services: ipService,
    ssh: ipSsh,
    lists: interfaceList,
    macServer,
    macWinbox,
    discovery: neighborDiscoverySettings,
  },
  input: {
    keepServices: textSet({ about: 'Services that stay as they are, as www.' }),
    interfaceList: word({ about: 'Interface list that MAC access and neighbour discovery are limited to; without it they stay.' }),
  },
  intents: ({ keepServices, interfaceList: list }, rows, place) => {
    if (list !== undefined && !BUILT_IN.includes(String(list))) requireNamed('interface-list', rows['lists'] ?? [], list);
    const keep = Array.isArray(keepServices) ? keepServices.map(String) : [];
    return [...servicesOff(rows, place, keep), ...strictSsh(rows), ...(list === undefined ? [] : limitedTo(list, rows))];
  },
  summary: () => 'Hardening baseline',
});

const BUILT_IN = ['none', 'static'];

/** What answers us stays, by name and by port: a plan that cuts its own way could never be checked. */
function servicesOff({ services = [] }: Rows, place: Place, keep: readonly string[]): readonly Intent[] {
  return services
    .filter(({ dynamic, item }) => !dynamic && item['connection'] !== true && item['disabled'] !== true)
    .filter(({ item }) => CLEAR.includes(String(item['name'])) && !keep.includes(String(item['name'])))
    .filter(({ item }) => item['name'] !== place.service && item['port'] !== place.port)
    .map(({ id }): Intent => ({ verb: 'set', capability: ipService.id, where: { id }, values: { disabled: true } }));
}

const strictSsh = ({ ssh }: Rows): readonly Intent[] =>
  ssh?.some(({ item }) => item['strongCrypto'] !== true) ? [{ verb: 'set', capability: ipSsh.id, values: { strongCrypto: true } }] : [];

function limitedTo(list: unknown, rows: Rows): readonly Intent[] {
  const limited = (capability: Capability, there: Rows[string], field: string): readonly Intent[] =>
    there && there.length > 0 ? [{ verb: 'set', capability: capability.id, values: { [field]: list } }] : [];
  return [
    ...limited(macServer, rows['macServer'], 'allowedInterfaceList'),
    ...limited(macWinbox, rows['macWinbox'], 'allowedInterfaceList'),
    ...limited(neighborDiscoverySettings, rows['discovery'], 'discoverInterfaceList'),
  ];
}
