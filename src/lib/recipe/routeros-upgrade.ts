import { packageUpdate } from '../capability/catalog/package-update.ts';
import { systemPackage } from '../capability/catalog/system-package.ts';
import { systemResource } from '../capability/catalog/system-resource.ts';
import { NO_DOWNGRADE, upgradeProblem } from '../capability/groups/upgrade.ts';
import { flag, oneOf, word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import { given, requireMenu } from './checks.ts';
import { defineRecipe, type ReadRow } from './define.ts';

export const routerosUpgrade = defineRecipe({
  id: 'routeros-upgrade',
  title: 'RouterOS upgrade',
  about: 'Installs the RouterOS version a channel offers, and restarts the router; there is no way back.',
  topic: 'system',
  reads: { update: packageUpdate, packages: systemPackage, resource: systemResource },
  input: {
    version: word({ about: 'Version to install, the one the channel offers.', required: true, example: '7.22.1' }),
    channel: oneOf('stable', 'long-term', 'testing', 'development')({ about: 'Channel to take it from; the one that is set by default.' }),
    allowUpgrade: flag({ about: 'Accept that the router restarts and that an upgrade is not undone.' }),
  },
  intents: ({ version, channel, allowUpgrade }, { update, packages = [], resource = [] }) => {
    const [row] = requireMenu(packageUpdate, update);
    const before = row?.item ?? {};
    if (before['installedVersion'] === version) return [];
    const problem = upgradeProblem(before, {
      ...before,
      installedVersion: String(version),
      ...(channel !== undefined && { channel: String(channel) }),
    });
    if (problem !== undefined) throw notTo(problem);
    requireRoom(packages, resource);
    if (allowUpgrade !== true)
      throw new InputError(`Nobody has accepted it: ${NO_DOWNGRADE}.`, { hint: 'Add allow-upgrade=yes where that is meant.' });
    return [{ verb: 'set', capability: packageUpdate.id, values: given({ channel, installedVersion: version }) }];
  },
  accepts: ({ allowUpgrade }) => (allowUpgrade === true ? ['upgrade'] : []),
  summary: ({ version }) => `Upgrade RouterOS to ${String(version)}`,
});

const notTo = (problem: string): InputError =>
  new InputError(`The router cannot be upgraded to this version: ${problem}.`, {
    hint: 'routeros-mcp run check-for-updates says what its channel offers.',
  });

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/**
 * Packages are unpacked beside what they came as. A version that does not say how large its packages are says in time that there is no
 * room, and changes nothing.
 * @throws InputError there is less room than twice the packages in use
 */
function requireRoom(packages: readonly ReadRow[], [resource]: readonly ReadRow[]): void {
  const used = packages.filter(({ item }) => item['available'] !== true);
  const needed = 2 * used.reduce((sum, { item }) => sum + (numberOf(item['size']) ?? 0), 0);
  const free = numberOf(resource?.item['freeHddSpace']);
  if (free === undefined || needed <= free) return;
  throw new InputError(`There is too little room on the router: ${inMiB(needed)} are needed, ${inMiB(free)} are free.`, {
    hint: 'Take away files or packages that are not needed, or upgrade it with netinstall.',
    details: { needed, free },
  });
}

const inMiB = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;
