import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../src/bin/io.ts';
import { planJson } from '../../src/bin/plan-json.ts';
import { planText } from '../../src/bin/plan-text.ts';
import { fieldExists, wireName } from '../../src/lib/capability/codec.ts';
import type { Capability } from '../../src/lib/capability/define.ts';
import { FleetError, type Intent, type PlanView, Secret } from '../../src/lib/index.ts';
import { callTool, registry } from '../../src/mcp/index.ts';
import { callLines, changeLines } from '../../src/tui/screens/plan-changes.ts';
import { progressLines } from '../../src/tui/screens/plan-progress.ts';
import type { Scene } from '../../src/tui/screens/view.ts';
import { initialState } from '../../src/tui/state/app.ts';
import { createTheme } from '../../src/tui/theme.ts';
import { catalog } from '../laws/subjects.ts';
import { ALL, type Rig, startRig } from './rig.ts';

/** SAFETY I7 with a canary: set every secret there is, on every recorded router, and look for it wherever anything is kept or shown. */

const CANARY = 'Kn\\aRy"7q Zö$9';
/** Some fields take no blank or quote. */
const PLAIN = 'KnAry7qZ9mXw';

const formsOf = (value: string): readonly string[] => {
  const bytes = Buffer.from(value, 'utf8');
  // Base64 of a longer text has it at one of three offsets: what all three share in the middle.
  const shifted = [0, 1, 2].map((pad) =>
    Buffer.concat([Buffer.alloc(pad), bytes])
      .toString('base64')
      .slice(4, -6),
  );
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    value.replace(/["\\$]/g, '\\$&'),
    encodeURIComponent(value),
    bytes.toString('hex'),
    bytes.toString('latin1'),
    bytes.toString('base64url'),
    ...shifted,
  ];
};
const FORMS = [...new Set([CANARY, PLAIN].flatMap(formsOf))];
/** Any of them, anywhere? */
const found = (text: string): readonly string[] => FORMS.filter((form) => text.includes(form));
const looked: string[] = [];

function mustBeClean(what: string, value: unknown): void {
  looked.push(what);
  const texts = typeof value === 'string' ? [value] : [JSON.stringify(value) ?? '', inspect(value, { depth: 30, showHidden: true })];
  for (const text of texts) expect(found(text), what).toEqual([]);
}

/** Every byte of the data directory: database, write-ahead log and all. */
function filesAreClean(rig: Rig, when: string): void {
  const files = readdirSync(rig.dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => !name.endsWith('.key'));
  expect(files.some((name) => name.endsWith('.db-wal'))).toBe(true);
  for (const name of files) {
    const bytes = readFileSync(path.join(rig.dataDir, name));
    mustBeClean(`${name} ${when}`, bytes.toString('latin1'));
    mustBeClean(`${name} ${when}, as UTF-8`, bytes.toString('utf8'));
  }
}

const io = { plain: true, json: false, paint: (_: unknown, text: string) => text } as unknown as Io;
const scene = {
  columns: 110,
  glyphs: createTheme({ colour: false, attributes: false, unicode: true }).glyphs,
  state: initialState({ now: 0, paused: false }),
} as unknown as Scene;

async function facesAreClean(rig: Rig, view: PlanView, when: string): Promise<void> {
  const { id } = view.plan;
  const journal = await rig.fleet.journal(id);
  mustBeClean(`the plan ${when}`, view);
  mustBeClean(`the journal ${when}`, journal);
  mustBeClean(`--json ${when}`, planJson(view, { calls: true }));
  mustBeClean(`text ${when}`, planText(io, view, { calls: true }));
  mustBeClean(`screens ${when}`, [changeLines(view, scene), callLines(view.plan, scene), progressLines(view, journal, scene)]);
  mustBeClean(`the ledger ${when}`, await rig.operator.fleet.history({ limit: 1000 }));
  const calls: readonly (readonly [string, Record<string, unknown>])[] = [
    ['get_plan', { plan_id: id }],
    ['list_plans', {}],
    ['get_history', {}],
    ['read_capability', { device_id: 'edge-1', capability: 'log' }],
    ['read_capability', { device_id: 'edge-1', capability: 'history' }],
    ['read_capability', { device_id: 'edge-1', capability: '/log' }],
    ['read_capability', { device_id: 'edge-1', capability: '/system/history' }],
    ['get_config_snapshot', { device_id: 'edge-1' }],
    ['config_rollback_plan', { plan_id: id }],
  ];
  for (const [name, args] of calls) {
    const tool = registry.find(name);
    if (!tool) throw new Error(`no tool ${name}`);
    const signal = new AbortController().signal;
    mustBeClean(`${name} ${when}`, await callTool(tool, args, { fleet: rig.fleet, signal, keep: (work) => work }));
  }
}

/** Scripts that nobody can see are not planned at all. */
const secretsOf = (capability: Capability, version: string): readonly (readonly [string, string])[] =>
  Object.entries(capability.fields).flatMap(([name, field]) =>
    field.traits.secret && !field.traits.readOnly && fieldExists(field, version) ? [[name, wireName(name, field, version)] as const] : [],
  );
const SUBJECTS = catalog.capabilities.filter((one) => one.shape !== 'table' && one.id !== 'netwatch' && secretsOf(one, '7.24').length > 0);
const reached = new Set<string>();
const canaryFor = (wire: string): string => (/^(?:password|secret|passphrase|wpa2?-pre-shared-key)$/.test(wire) ? CANARY : PLAIN);

/** Rows of a menu that may be set, none of them the account we log in with. */
async function intentFor(rig: Rig, capability: Capability, version: string): Promise<Intent | undefined> {
  const { items } = await rig.fleet.read({ device: 'edge-1', capability: capability.id });
  const row = items.find((one) => one['dynamic'] !== true && one['name'] !== rig.router.username);
  const secrets = secretsOf(capability, version);
  if (!row || secrets.length === 0) return undefined;
  const values = Object.fromEntries(secrets.map(([name, wire]) => [name, new Secret(canaryFor(wire))]));
  const where = capability.shape === 'singleton' ? {} : { where: { id: row['id'] } };
  return { verb: 'set', capability: capability.id, ...where, values };
}

/** The value is on the router: otherwise it could not be anywhere. */
async function routerHasIt(rig: Rig, { plan }: PlanView): Promise<void> {
  for (const change of plan.targets.flatMap(({ changes }) => changes)) {
    const rows = rig.router.rows(change.menu);
    for (const wire of change.secret) {
      const there = change.menu === '/user' ? await letsIn(rig, change.label) : rows.some((row) => row[wire] === canaryFor(wire));
      expect(there, `${change.capability} ${wire}`).toBe(true);
      reached.add(`${change.capability} ${wire}`);
    }
  }
}

/** A router shows nobody the password of an account; it lets in who has it. */
async function letsIn(rig: Rig, name: string): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${name}:${CANARY}`, 'utf8').toString('base64')}`;
  const wrong = `Basic ${Buffer.from(`${name}:wrong`, 'utf8').toString('base64')}`;
  const ask = async (header: string) =>
    (await fetch(`${rig.router.url}/rest/system/identity`, { headers: { authorization: header } })).status;
  return (await ask(authorization)) !== 401 && (await ask(wrong)) === 401;
}

async function wholePath(rig: Rig, intents: readonly Intent[]): Promise<void> {
  const { view } = await rig.operator.fleet.plan({ device: 'edge-1', intents });
  if (!view) throw new Error('nothing planned');
  filesAreClean(rig, 'while it waits');
  const approved = await rig.operator.approve(view.plan.id, { typedName: 'edge-1' });
  mustBeClean('the approval', approved);
  const done = await rig.operator.fleet.apply({ planId: view.plan.id });
  expect(done.state, JSON.stringify(done.targets[0]?.outcome)).toBe('completed');
  await routerHasIt(rig, done);
  await facesAreClean(rig, done, 'when it is done');
  filesAreClean(rig, 'when it is done');
}

const ROUTERS = ['chr_7.24', 'hap-ac2_7.12.1', 'hap-ax3_7.22.1', 'hex-poe_7.16.2', 'rb5009_7.20.6'];

describe('every secret field of every capability that can be written', () => {
  test.each(ROUTERS)('%s', async (recording) => {
    await using rig = await startRig({ store: 'file', specs: [{ recording, name: 'edge-1' }], allow: [...ALL, 'wireless-writes'] });
    const version = recording.split('_')[1] ?? '';
    const intents: Intent[] = [];
    for (const capability of SUBJECTS) {
      const intent = await intentFor(rig, capability, version);
      if (intent) intents.push(intent);
    }
    if (recording === 'chr_7.24') {
      const values = { name: 'far', address: '192.0.2.77', ppkSecret: new Secret(PLAIN) };
      intents.push({ verb: 'add', capability: 'ipsec-peer', values });
    }
    await wholePath(rig, intents);
  });

  test('none was left out', () => {
    const all = SUBJECTS.flatMap((one) => secretsOf(one, '7.24').map(([, wire]) => `${one.id} ${wire}`));
    const old = secretsOf(catalog.capability('wireless-security-profiles'), '7.12.1').map(
      ([, wire]) => `wireless-security-profiles ${wire}`,
    );
    expect([...reached].toSorted()).toEqual(expect.arrayContaining([...new Set([...all, ...old])].toSorted()));
  });
});

describe('on the ways that go wrong', () => {
  const rigged = () => startRig({ store: 'file' });
  const set = (wire = 'password', capability = 'ppp-secret', value: unknown = new Secret(CANARY)): Intent => ({
    verb: 'set',
    capability,
    where: { id: '*1' },
    values: { [wire]: value },
  });
  const planned = async (rig: Rig, intent: Intent): Promise<PlanView> => {
    const { view } = await rig.operator.fleet.plan({ device: 'edge-1', intents: [intent] });
    if (!view) throw new Error('nothing planned');
    await rig.operator.approve(view.plan.id, { typedName: 'edge-1' });
    return view;
  };

  test.each([
    ['repeated in a refusal', { kind: 'answer', status: 400, detail: `failure: ${CANARY} is not what I want` }],
    [
      'repeated in a refusal, quoted',
      { kind: 'answer', status: 400, detail: `bad value "${CANARY.replace(/["\\$]/g, '\\$&')}" of argument` },
    ],
    ['cut off in a refusal', { kind: 'answer', status: 400, detail: `${'x'.repeat(290)} ${CANARY}` }],
    ['repeated in a fault', { kind: 'answer', status: 500, detail: CANARY }],
    ['with the reply lost', { kind: 'lose-reply' }],
    ['with garbage for an answer', { kind: 'speak-garbage' }],
  ] as const)('%s', async (_how, action) => {
    await using rig = await rigged();
    const view = await planned(rig, set());
    rig.router.fault({ method: 'PATCH', path: '/ppp/secret/*', nth: 1, action });
    const done = await rig.operator.fleet.apply({ planId: view.plan.id });
    mustBeClean('how it ended', done);
    await facesAreClean(rig, done, 'when it failed');
    filesAreClean(rig, 'when it failed');
    expect(rig.router.requests().filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });

  test('refused in every way a caller can ask, the refusal has no word of it', async () => {
    await using rig = await rigged();
    const wishes: readonly Intent[] = [
      set('password', 'ppp-secret', CANARY),
      set('pass-word', 'ppp-secret'),
      set('password', 'ppp-secret', new Secret(`${CANARY}\u0007`)),
      set('name', 'user'),
      { verb: 'remove', capability: 'ppp-secret', where: { password: CANARY } },
      { verb: 'add', capability: 'netwatch', values: { host: '192.0.2.1', upScript: new Secret(CANARY) } },
    ];
    for (const intent of wishes) {
      const thrown: unknown = await rig.operator.fleet.plan({ device: 'edge-1', intents: [intent] }).catch((reason: unknown) => reason);
      expect(thrown, JSON.stringify(intent)).toBeInstanceOf(FleetError);
      mustBeClean('a refusal', thrown);
    }
    const tool = registry.find('plan_change');
    const args = { device_id: 'edge-1', capability: 'ppp-secret', verb: 'set', row: ['*1'], values: [`password=${CANARY}`] };
    const signal = new AbortController().signal;
    const answer = tool && (await callTool(tool, args, { fleet: rig.fleet, signal, keep: (work) => work }));
    mustBeClean('the refusal a model gets', answer);
    expect(JSON.stringify(answer)).toMatch(/not taken as plain text.*--secret password/);
    filesAreClean(rig, 'when it was refused');
  });
});

test('it was looked for', () => expect(looked.length).toBeGreaterThan(250));
