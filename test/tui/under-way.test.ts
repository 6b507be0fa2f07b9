import { describe, expect, test } from 'vitest';
import { StoreError } from '../../src/lib/index.ts';
import { createTheme } from '../../src/tui/theme.ts';
import { askedFor, device, type Fixture, fixture, job, NOW, plan, TARGET } from './fixture.ts';
import { type Frames, framesOfEach } from './frames.tsx';
import { ARMED, CUT_OFF, guardRecords, openRun, outcome, rolloutPlan, targetOf } from './many.ts';

const KEY = { enter: '\r', escape: '\u001b', tab: '\t', space: ' ' };
const start = framesOfEach(() => '1 of');
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

const GOING = rolloutPlan('pln_go', [[targetOf('edge-1')], [targetOf('edge-2')]], {
  state: 'executing',
  states: { 'edge-1': 'executing', 'edge-2': 'approved' },
  runs: [openRun('pln_go')],
});
const ONE = plan('pln_one', {
  about: { targets: [{ ...TARGET, guard: ARMED }] },
  state: 'executing',
  targets: [{ deviceId: 'id-edge-1', state: 'executing' }],
  runs: [openRun('pln_one')],
});

describe('a plan under way', () => {
  test('a rollout is paused and goes on with one key', async () => {
    const data = fixture({ plans: [GOING], jobs: [job('pln_go')] });
    const frames = await start({ data });
    frames.press('p');
    await frames.until('executing');
    frames.press('H');
    await frames.until('Paused: no more routers are started.');
    frames.press('H');
    await frames.until('It goes on.');
    expect(askedFor(data, 'control')).toEqual([
      ['pln_go', 'pause'],
      ['pln_go', 'resume'],
    ]);
  });

  test('is called off after a yes only', async () => {
    const data = fixture({ plans: [ONE], jobs: [job('pln_one')] });
    const frames = await start({ data });
    frames.press('p');
    await frames.until('executing');
    frames.press('C', 'n', KEY.enter);
    await frames.until('y and Enter calls it off');
    expect(askedFor(data, 'control')).toEqual([]);
    frames.press('\u0015', 'y', KEY.enter);
    await frames.until('Called off');
    expect(askedFor(data, 'control')).toEqual([['pln_one', 'cancel']]);
  });

  test('of one router is not paused, and says what can be done', async () => {
    const data = fixture({ plans: [ONE], jobs: [job('pln_one')] });
    const frames = await start({ data });
    frames.press('p');
    await frames.until('executing');
    frames.press('H');
    await frames.until('A plan of one router cannot be paused: C calls it off');
    frames.press(':', ...'pause', KEY.enter);
    await frames.until('! A plan of one router cannot be paused');
    expect(askedFor(data, 'control')).toEqual([]);
  });

  test.each([
    ['pause', 'Paused:'],
    ['resume', 'It goes on.'],
  ])(':%s does it from the line', async (word, said) => {
    const data = fixture({ plans: [GOING], jobs: [job('pln_go')] });
    const frames = await start({ data });
    frames.press('p');
    await frames.until('executing');
    frames.press(':', ...word, KEY.enter);
    await frames.until(said);
    expect(askedFor(data, 'control')).toEqual([['pln_go', word]]);
  });

  test('that is over cannot be called off, nor one from a screen that may only look', async () => {
    const frames = await start({ data: fixture({ plans: [plan('p', { state: 'completed' })] }) });
    frames.press('p');
    await frames.until('completed');
    frames.press('C');
    await frames.until('This plan is completed: it is not under way.');
    const looking = await start({ data: fixture({ plans: [GOING] }), readOnly: 'look only.' });
    looking.press('p');
    await looking.until('executing');
    looking.press('C');
    await looking.until('Read-only: look only.');
  });
});

describe('an armed guard', () => {
  const armed = (): Fixture =>
    fixture({ plans: [ONE], jobs: [job('pln_one')], journal: guardRecords('pln_one', 'edge-1', ['lock', 'job']) });

  test('counts down in the header, once a second, and nothing else moves', async () => {
    const frames = await start({ data: armed() });
    const before = (await frames.until('guard 5:00')).split('\n');
    frames.clock.advance(1000);
    const after = (await frames.until('guard 4:59')).split('\n');
    expect(after.filter((line, at) => line !== before[at])).toEqual([expect.stringContaining('guard 4:59')]);
  });

  test('is asked about by q and by :quit', async () => {
    const frames = await start({ data: armed() });
    await frames.until('guard 5:00');
    frames.press('q');
    await frames.until('A guard is armed on edge-1');
    expect(frames.quits()).toBe(0);
    frames.press(KEY.escape);
    await frames.until((frame) => !frame.includes('Quit all the same?'));
    frames.press(':', ...'quit', KEY.enter);
    await frames.until('Quit all the same?');
    expect(frames.quits()).toBe(0);
    frames.press('y', KEY.enter);
    await frames.until(() => frames.quits() === 1);
  });
});

describe('what a dead process left', () => {
  test('is taken up at the start and every minute, announced with a bell', async () => {
    const data = fixture({ plans: [plan('pln_1', { state: 'completed' })] });
    const frames = await start({ data });
    data.lost = ['pln_1'];
    data.jobs = [job('pln_1', { status: 'interrupted' })];
    frames.clock.advance(59_000);
    await settle();
    expect(askedFor(data, 'recover')).toEqual([]);
    frames.clock.advance(1_000);
    await frames.until('Taken up and settled: "set dns".');
    expect(frames.bells()).toBe(2);
  });

  test('keeps the program from leaving unasked while it is taken up', async () => {
    const data = fixture({ jobs: [job('pln_1', { status: 'interrupted' })], lost: ['pln_1'] });
    data.operator.fleet.recover = () => new Promise(() => undefined);
    const frames = await start({ data });
    await frames.until('is gone: it is taken up from here.');
    frames.press('q');
    await frames.until('1 plan is being worked on from here.');
  });

  test('is left alone by a screen that may only look', async () => {
    const data = fixture({ jobs: [job('pln_1', { status: 'interrupted' })], lost: ['pln_1'] });
    const frames = await start({ data, readOnly: 'look only' });
    await frames.until('! 1 interrupted');
    await settle();
    expect(askedFor(data, 'recover')).toEqual([]);
  });

  test('that cannot be taken up is said, and tried again', async () => {
    const data = fixture({ lost: ['pln_1'] });
    const { recover } = data.operator.fleet;
    data.operator.fleet.recover = async () => {
      throw new StoreError('The store is busy.', { code: 'STORE_BUSY' });
    };
    const frames = await start({ data });
    await frames.until('The store is busy.');
    data.operator.fleet.recover = recover;
    frames.clock.advance(60_000);
    await frames.until('Taken up and settled: pln_1.');
  });
});

describe('a stuck plan', () => {
  const stuck = (environment: 'lab' | 'prod') =>
    plan('pln_s', {
      about: { targets: [{ ...TARGET, environment }] },
      state: 'stuck',
      targets: [{ deviceId: 'id-edge-1', state: 'stuck', outcome: outcome('stuck', { left: TARGET.changes }) }],
    });
  const on = async (data: Fixture): Promise<Frames> => {
    const frames = await start({ data });
    frames.press('p');
    await frames.until('stuck');
    return frames;
  };

  test('is closed with a reason', async () => {
    const data = fixture({ plans: [stuck('lab')] });
    const frames = await on(data);
    frames.press(':', ...'resolve pre', KEY.enter);
    await frames.until('What did you see on edge-1?');
    frames.press(KEY.enter);
    await frames.until('it is written to the ledger');
    frames.press(...'as it was', KEY.enter);
    await frames.until('Closed: edge-1 is completed.');
    expect(askedFor(data, 'resolve')).toEqual([['pln_s', { as: 'pre', reason: 'as it was' }]]);
  });

  test('on a prod router wants its name as well', async () => {
    const data = fixture({ plans: [stuck('prod')] });
    const frames = await on(data);
    frames.press(':', ...'resolve accept', KEY.enter);
    await frames.until('What did you see');
    frames.press(...'fine', KEY.enter);
    await frames.until('It is a prod router. Type edge-1 and Enter:');
    frames.press(...'edge', KEY.enter);
    await frames.until('That is not the name. Type edge-1, exactly.');
    expect(askedFor(data, 'resolve')).toEqual([]);
    frames.press('-', '1', KEY.enter);
    await frames.until('Closed:');
    expect(askedFor(data, 'resolve')).toEqual([['pln_s', { as: 'accept', reason: 'fine' }]]);
  });

  test.each([
    ['resolve', 'How does the router stand?'],
    ['resolve maybe', 'How does the router stand?'],
    ['resolve pre core-1', 'It is not stuck on that router.'],
  ])(':%s says what is missing', async (words, said) => {
    const frames = await on(fixture({ plans: [stuck('lab')] }));
    frames.press(':', ...words, KEY.enter);
    await frames.until(said);
  });
});

describe('routers that are marked', () => {
  const marked = async (data: Fixture): Promise<Frames> => {
    const frames = await start({ data });
    frames.press(KEY.space, KEY.space);
    await frames.until('2 marked (*)');
    return frames;
  };

  test('are planned for together, and who is left out is said and stays on the plan', async () => {
    const data = fixture();
    data.operator.fleet.planMany = async (request) => {
      (data.asked as unknown[]).push(['planMany', request]);
      const view = plan('pln_many', { about: { author: { id: 'user:ann', origin: 'tui' } } });
      data.plans = [view];
      return { planned: true, view, unplanned: [{ device: 'edge-1', code: 'TIMED_OUT', why: 'The router does not answer.' }] };
    };
    const frames = await marked(data);
    frames.press('e', ...'dns servers=9.9.9.9', KEY.enter);
    await frames.until('Planned for 1 of 2 routers. Left out: edge-1 (The router does not answer.).');
    expect(askedFor(data, 'planMany')).toEqual([
      { devices: ['id-core-1', 'id-edge-1'], intents: [{ verb: 'set', capability: 'dns', values: { servers: '9.9.9.9' } }] },
    ]);
    frames.press('j');
    await frames.until('edge-1: The router does not answer.');
    frames.press(KEY.escape);
    await frames.until((frame) => frame.includes('Fleet') && !frame.includes('marked'));
  });

  test.each([
    [
      'set interface where:name=ether1 comment=up',
      { verb: 'set', capability: 'interface', where: { name: 'ether1' }, values: { comment: 'up' } },
    ],
    ['add dns-static name=x address=192.0.2.1', { verb: 'add', capability: 'dns-static', values: { name: 'x', address: '192.0.2.1' } }],
  ])('take :plan %s', async (words, intent) => {
    const data = fixture();
    const frames = await marked(data);
    frames.press(':', ...`plan ${words}`, KEY.enter);
    await frames.until('Planned.');
    expect(askedFor(data, 'planMany')).toEqual([{ devices: ['id-core-1', 'id-edge-1'], intents: [intent] }]);
  });

  test('take a recipe; a secret is not left on the screen', async () => {
    const data = fixture();
    const frames = await marked(data);
    frames.press('e', ...'wireguard-peers where:preshared-key=hunter2 comment=x', KEY.enter);
    await frames.until('is secret');
    expect(frames.frame()).not.toContain('hunter2');
    frames.press(...'recipe dns-ntp-rollout dns-servers=9.9.9.9', KEY.enter);
    await frames.until((frame) => frame.includes('Planned.') || frame.includes('Which recipe?'));
    expect(askedFor(data, 'planMany')).toEqual([
      { devices: ['id-core-1', 'id-edge-1'], recipe: 'dns-ntp-rollout', input: { 'dns-servers': '9.9.9.9' } },
    ]);
  });

  test('Escape takes the marks away; a router that goes takes its own', async () => {
    const data = fixture();
    const frames = await marked(data);
    data.devices = [device('edge-1'), device('edge-2')];
    data.tell({ type: 'store-changed' });
    await frames.until('1 marked (*)');
    frames.press(KEY.escape);
    await frames.until((frame) => !frame.includes('marked'));
    frames.press('e');
    await frames.until('Mark routers with space');
  });
});

test('a plan that an approver key must sign says which command to type', async () => {
  const data = fixture({
    plans: [
      plan('pln_key', { approvalNeeds: { typedName: null, terminal: true, approverKey: true, because: ['an approver key must sign'] } }),
    ],
  });
  const frames = await start({ data });
  frames.press('p');
  await frames.until('agent:claude');
  frames.press('a');
  await frames.until('An approver key must sign. In a shell: routeros-mcp plan approve pln_key');
  expect(askedFor(data, 'approve')).toEqual([]);
});

test('the number of routers is typed where policy asks for it', async () => {
  const view = rolloutPlan('pln_n', [[targetOf('edge-1')], [targetOf('edge-2')]], {
    approvalNeeds: { typedName: '2 routers', terminal: true, because: [] },
  });
  const data = fixture({ plans: [view] });
  const frames = await start({ data });
  frames.press('p');
  await frames.until('2 routers ');
  frames.press('a', ...'2 router', KEY.enter);
  await frames.until('Type 2 routers, exactly.');
  frames.press('s', KEY.enter);
  await frames.until('Approved until');
  expect(askedFor(data, 'approve')).toEqual([['pln_n', { typedName: '2 routers' }]]);
});

test('jobs of other processes are counted, and their guards seen', async () => {
  const data = fixture({ plans: [ONE], journal: guardRecords('pln_one', 'edge-1', ['lock', 'job'], { at: NOW - 250_000 }) });
  const frames = await start({ data });
  expect(frames.frame()).not.toContain('running');
  data.jobs = [job('pln_one')];
  data.tell({ type: 'store-changed' });
  await frames.until(/● 1 running {3}guard 0:50/);
});

test('a way that will be cut off is said in red, with the rule that decides, and no longer when all is over', async () => {
  const view = rolloutPlan('pln_cut', [[targetOf('edge-1', { reach: [CUT_OFF] })]]);
  const data = fixture({ plans: [view] });
  const frames = await start({ data, theme: createTheme({ colour: true, attributes: true, unicode: true }) });
  frames.press('p', KEY.enter);
  const shown = await frames.until('WILL BE CUT OFF');
  expect(shown).toContain('\u001b[31m✗ rest: WILL BE CUT OFF');
  expect(shown).toContain('\u001b[31mby the rule: drop all else');
  data.plans = [{ ...view, state: 'completed', targets: [{ deviceId: 'id-edge-1', state: 'completed' }] }];
  data.tell({ type: 'store-changed' });
  frames.press('3');
  await frames.until((frame) => frame.includes('Done and checked') && !frame.includes('CUT OFF'));
});
