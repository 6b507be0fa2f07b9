import { interfaces } from '../capability/catalog/interface.ts';
import { interfaceTraffic } from '../capability/catalog/interface-traffic.ts';
import { textSet } from '../capability/kinds.ts';
import { defineView, type Input } from './define.ts';
import { type Parts, pick, rowsOf } from './values.ts';

/** Enough for a router of ports and tunnels, and one request that answers soon. */
const MOST = 50;

export const interfaceStats = defineView({
  id: 'interface-stats',
  title: 'Interface traffic',
  about: 'Measures what goes over interfaces right now: those named, else all that are running.',
  topic: 'interface',
  tool: 'get_interface_stats',
  input: {
    interfaceNames: textSet({ about: `Interfaces by name, at most ${MOST}; all running ones by default.` }),
  },
  parts: {
    interfaces: { read: interfaces, fields: ['name', 'type', 'running', 'disabled'] },
    traffic: {
      run: interfaceTraffic,
      args: (input, parts) => {
        const { measured } = chosen(input, parts);
        return measured.length > 0 ? { interface: measured.join(',') } : undefined;
      },
    },
  },
  compose: (parts, input) => {
    const { measured, left } = chosen(input, parts);
    const rows = rowsOf(parts['traffic']);
    // One interface is answered without its name by some versions: there is no doubt which it is.
    const rowOf = (name: string) => rows.find((row) => row['name'] === name) ?? (measured.length === 1 ? rows[0] : undefined);
    const stats = measured.flatMap((name) => {
      const row = rowOf(name);
      return row ? [{ ...pick(row, ...RATES), name }] : [];
    });
    const silent = measured.filter((name) => !rowOf(name)).map((name) => ({ name, why: 'the router gave no figures' }));
    return { stats, notMeasured: [...left, ...silent] };
  },
});

const RATES = [
  'name',
  'rxBitsPerSecond',
  'txBitsPerSecond',
  'rxPacketsPerSecond',
  'txPacketsPerSecond',
  'rxDropsPerSecond',
  'txDropsPerSecond',
  'rxErrorsPerSecond',
  'txErrorsPerSecond',
];

/** What is measured, and what is not and why: no zeros for what nobody measured. */
function chosen(input: Input, parts: Parts) {
  const there = rowsOf(parts['interfaces']);
  const named = Array.isArray(input['interfaceNames']) ? input['interfaceNames'].map(String) : undefined;
  const wanted = named ?? there.filter((row) => row['running'] === true).map((row) => String(row['name']));
  const why = (name: string, nth: number): string | undefined => {
    if (!there.some((row) => row['name'] === name)) return 'no interface of that name';
    if (name.includes(',')) return 'a name with a comma cannot be measured';
    return nth >= MOST ? `only ${MOST} are measured at a time` : undefined;
  };
  const judged = [...new Set(wanted)].map((name, nth) => ({ name, why: why(name, nth) }));
  return {
    measured: judged.filter((one) => one.why === undefined).map(({ name }) => name),
    left: judged.filter((one) => one.why !== undefined),
  };
}
