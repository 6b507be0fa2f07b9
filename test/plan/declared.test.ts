import { expect, test } from 'vitest';
import { type Capability, type ChangeContext, type ChangeSketch, defineCapability } from '../../src/lib/capability/define.ts';
import { text } from '../../src/lib/capability/kinds.ts';
import { declaredChecks } from '../../src/lib/plan/declared.ts';
import { menuOf } from '../../src/lib/plan/menu.ts';
import type { Change } from '../../src/lib/plan/types.ts';

type Checks = NonNullable<Capability['checks']>;
const routes = (checks?: Checks): Capability =>
  defineCapability({
    id: 'test-routes',
    title: 'Routes',
    about: 'A list that is not in the catalog.',
    menu: '/test/routes',
    shape: 'list',
    topic: 'routing',
    key: [],
    fields: { gateway: text({ about: 'Gateway.' }) },
    risk: () => 'low',
    ...(checks && { checks }),
  });
/** As a capability that knows a gateway has it looked at. */
const ping: Checks = ({ after }) => (after?.['gateway'] ? [`ping ${String(after['gateway'])}`] : []);
const set = (row: string, gateway: string): Change => ({
  capability: 'test-routes',
  menu: '/test/routes',
  verb: 'set',
  row,
  label: row,
  before: { gateway: '192.0.2.1' },
  after: { gateway },
  secret: [],
});
const CONTEXT = { environment: 'lab', ownHost: '192.0.2.200' } as const;
const ROWS = [
  { '.id': '*1', gateway: '192.0.2.1' },
  { '.id': '*2', gateway: '192.0.2.1' },
];

function asked(changes: readonly Change[], checks?: Checks): readonly string[] {
  const menus = new Map([['test-routes', menuOf(routes(checks), '7.20.8', ROWS)]]);
  return declaredChecks(menus, { changes, lost: [] }, CONTEXT);
}

test('what a capability asks to hold on is asked only where it held before, and says so', () => {
  expect(asked([set('*1', '192.0.2.9')], ping)).toEqual(['ping 192.0.2.9 (if it held before)']);
});

test('the same is asked once, and eight at most: a plan of many routes is not as many pings', () => {
  expect(asked([set('*1', '192.0.2.9'), set('*2', '192.0.2.9')], ping)).toHaveLength(1);
  const many = Array.from({ length: 12 }, (_, at) => `ping 192.0.2.${at}`);
  expect(asked([set('*1', '192.0.2.9')], () => many)).toEqual(many.slice(0, 8).map((one) => `${one} (if it held before)`));
});

test('each change is judged as the ones before it leave the menu', () => {
  const seen: { readonly sketch: ChangeSketch; readonly context: ChangeContext }[] = [];
  asked([set('*1', '192.0.2.8'), set('*1', '192.0.2.9')], (sketch, context) => {
    seen.push({ sketch, context });
    return [];
  });
  expect(seen).toMatchObject([
    {
      sketch: { before: { gateway: '192.0.2.1' }, after: { gateway: '192.0.2.8' } },
      context: { ...CONTEXT, rows: [{ gateway: '192.0.2.1' }, { gateway: '192.0.2.1' }] },
    },
    {
      sketch: { before: { gateway: '192.0.2.8' }, after: { gateway: '192.0.2.9' } },
      context: { ...CONTEXT, rows: [{ gateway: '192.0.2.8' }, { gateway: '192.0.2.1' }] },
    },
  ]);
});

test('nothing, where a capability asks for nothing, or is not known', () => {
  expect(asked([set('*1', '192.0.2.9')])).toEqual([]);
  expect(asked([{ ...set('*1', '192.0.2.9'), capability: 'test-unknown' }], ping)).toEqual([]);
});
