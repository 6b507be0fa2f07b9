/** The recorded words with which RouterOS refuses an incomplete or a second row. */

interface RequiredRow {
  readonly path: string;
  readonly required: readonly string[];
  readonly rawError: string;
}
interface Verdicts {
  readonly verdicts: readonly {
    readonly path: string;
    readonly field?: string;
    readonly verdict: string;
    readonly detail?: string | null;
  }[];
}
export interface Refusals {
  required(menu: string, fields: Record<string, string>): { required?: readonly string[]; anyRequired?: true; requiredText?: string };
  unique(menu: string, fields: Record<string, string>): { unique?: Record<string, string> };
}

/** `failure: x (/ip/pool/add; line 1)` is a script's wording; REST leaves the place out. */
const withoutPlace = (text: string): string => text.replace(/ \(\/[^()]*; line \d+\)$/, '');
const MISSING = /^Script Error: missing value\(s\) of argument\(s\) (.+)$/;
/** Names the probes used; the value stands there in a real refusal. */
const PROBE_NAMES = /keyprobe1|uqp-probe/g;
/** Measured with too little in the row: the second row was refused for another reason than this field. */
const NOT_BY_NAME = new Set(['/interface/ovpn-server/server']);
/** The two probes contradict each other: whole rows were alike there, and what else counts is unknown. */
const UNDECIDED = new Set(['/ip/dhcp-server/matcher name']);
/** Refused only together: the probes kept the second field at its default, so they saw the first one alone refused. */
const TOGETHER: Readonly<Record<string, string>> = {
  '/ppp/secret name': 'service',
  '/ip/hotspot/user name': 'server',
  '/routing/table name': 'fib',
  '/interface/vrrp interface': 'vrid',
  '/interface/pppoe-server/server interface': 'service-name',
};
/** The words of an `add` without arguments tell what must be unique here. */
const ALSO_UNIQUE: Readonly<Record<string, string>> = {
  '/ipv6/nd interface': 'failure: configuration for this interface already exists',
  '/interface/eoip remote-address+tunnel-id': 'failure: already have such tunnel',
  '/interface/eoipv6 remote-address+tunnel-id': 'failure: already have such tunnel',
};
/** The measurement names no argument, its words do. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  '/user/group': ['name'],
  '/interface/macvlan': ['interface'],
  '/ip/dns/adlist': ['url', 'file'],
};

export function refusals(read: <T>(name: string) => T, version: string): Refusals {
  const measured = Number(version.split('.')[1] ?? 0) >= 22 ? '7.22.1' : '7.20.8';
  const rows = new Map(read<RequiredRow[]>(`errors/required-args.v${measured}.json`).map((row) => [row.path, row]));
  const unique = new Map<string, string>();
  for (const { path, field, verdict, detail } of read<Verdicts>('probes/key-uniqueness.7.23.2.json').verdicts) {
    if (field === undefined || detail == null || (verdict !== 'UNIQUE' && verdict !== 'AMBIGUOUS')) continue;
    if (verdict === 'AMBIGUOUS' && (field !== 'name' || NOT_BY_NAME.has(path))) continue;
    unique.set(`${path} ${field}`, detail.replace(PROBE_NAMES, '{}'));
  }
  for (const { path, verdict, detail } of read<Verdicts>('probes/name-uniqueness.7.23.2.json').verdicts) {
    if (verdict !== 'UNIQUE' || detail == null || unique.has(`${path} name`) || UNDECIDED.has(`${path} name`)) continue;
    const body = JSON.parse(detail) as { detail?: string };
    if (body.detail) unique.set(`${path} name`, body.detail.replace(PROBE_NAMES, '{}'));
  }
  for (const [key, text] of Object.entries(ALSO_UNIQUE)) unique.set(key, text);
  return {
    required(menu, fields) {
      const row = rows.get(menu);
      if (!row || row.rawError === '') return {};
      const words = MISSING.exec(withoutPlace(row.rawError))?.[1];
      if (words !== undefined) return { required: words.split(' ') };
      const text = withoutPlace(row.rawError).replace(/^Script Error: /, '');
      if (text.startsWith('failure: configuration for this interface')) return {};
      const required = (MEANT[menu] ?? row.required).filter((name) => Object.hasOwn(fields, name));
      const any = required.length > 1 && (/ or |exactly one/.test(text) || menu in MEANT);
      return { required, ...(any ? { anyRequired: true as const } : {}), requiredText: text };
    },
    unique(menu, fields) {
      const found = [...unique].flatMap(([key, text]) => {
        const [path, names = ''] = key.split(' ');
        if (path !== menu || !names.split('+').every((name) => Object.hasOwn(fields, name))) return [];
        const other = TOGETHER[key];
        return [[other === undefined ? names : `${names}+${other}`, text] as const];
      });
      return found.length === 0 ? {} : { unique: Object.fromEntries(found) };
    },
  };
}
