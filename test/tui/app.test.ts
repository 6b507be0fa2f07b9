import { describe, expect, test } from 'vitest';
import type { DeviceView, ReadResult } from '../../src/lib/index.ts';
import { InputError, UnreachableError } from '../../src/lib/index.ts';
import { createTheme } from '../../src/tui/theme.ts';
import { askedFor, device, type Fixture, fixture, NOW, plan, readResult, sample } from './fixture.ts';
import { type Frames, framesOfEach } from './frames.tsx';

const KEY = { enter: '\r', escape: '\u001b', tab: '\t', backspace: '\u007f', down: '\u001b[B', ctrlC: '\u0003' };
const start = framesOfEach(
  () => 'read-',
  ({ devices }) => (devices.length > 0 ? '1 of' : undefined),
);

const FAINT = /\u001b\[2m *ether2/;
const foot = (frames: Frames): string => frames.lines().slice(-2).join('\n');

describe('a change, from the router to the router', () => {
  test('edit makes a plan; approving and applying are steps of their own', async () => {
    const data = fixture({ rows: { dns: [{ servers: ['1.1.1.1'] }] } });
    const frames = await start({ data });
    frames.press('j', KEY.enter);
    await frames.until('Fleet › edge-1');
    frames.press('8');
    await frames.until('servers');
    frames.press('e', ...'servers=9.9.9.9');
    await frames.until('DNS servers, in the order in which they are asked.');
    frames.press(KEY.enter);
    await frames.until('Planned. Nothing was changed yet.');
    expect(askedFor(data, 'plan')).toEqual([
      { device: 'id-edge-1', intents: [{ verb: 'set', capability: 'dns', values: { servers: '9.9.9.9' } }] },
    ]);
    expect(frames.frame()).toContain('1.1.1.1 → 9.9.9.9');
    frames.press('a');
    await frames.until('Approve? y and Enter:');
    frames.press('y', KEY.enter);
    await frames.until('Approved until');
    expect(askedFor(data, 'approve')).toEqual([['pln_mine', {}]]);
    expect(askedFor(data, 'apply')).toEqual([]);
    frames.press('A');
    await frames.until('Done on edge-1, and checked.');
    expect(askedFor(data, 'apply')).toEqual([{ planId: 'pln_mine' }]);
  });

  test('a refused edit keeps its text, so that it can be mended', async () => {
    const data = fixture({ rows: { dns: [{ servers: [] }] } });
    data.operator.fleet.plan = async () => {
      throw new InputError('servers does not take this value: it takes an IP address.', { hint: 'For example servers=192.0.2.1' });
    };
    const frames = await start({ data });
    frames.press('j', KEY.enter, '8');
    await frames.until('servers');
    frames.press('e', ...'servers=nine', KEY.enter);
    await frames.until('! servers does not take this value');
    expect(foot(frames)).toContain('edit dns on edge-1: servers=nine');
  });

  test('of a text longer than the line its end stays in sight', async () => {
    const frames = await start({ data: fixture({ rows: { dns: [{ servers: [] }] } }) });
    frames.press('j', KEY.enter, '8');
    await frames.until('servers');
    frames.press('e', ...'servers=', ...'192.0.2.1,'.repeat(12), ...'end');
    await frames.until('192.0.2.1,end');
    expect(foot(frames)).toMatch(/ edit dns on edge-1: ….*192\.0\.2\.1,end$/);
    expect(frames.lines().every((line) => line.length <= 80)).toBe(true);
  });

  test('keys that arrive in one piece are keys all the same', async () => {
    const frames = await start({ data: fixture({ rows: { dns: [{ servers: ['1.1.1.1'] }] } }) });
    frames.press('j\r8');
    await frames.until('servers');
    frames.press('eservers=9.9.9.9\r');
    await frames.until('Planned.');
  });
});

describe('a plan that asks for the name of its router', () => {
  const careful = plan('pln_prod', { approvalNeeds: { typedName: 'core-1', terminal: true, because: ['it changes a prod router'] } });

  test('wants it exactly', async () => {
    const data = fixture({ plans: [careful] });
    const frames = await start({ data });
    frames.press('p');
    await frames.until('agent:claude');
    frames.press('a');
    await frames.until('Type core-1 and Enter to approve:');
    frames.press('y', KEY.enter);
    await frames.until('That is not the name.');
    expect(askedFor(data, 'approve')).toEqual([]);
    frames.press('\u0015', ...'core-1', KEY.enter);
    await frames.until('Approved until');
    expect(askedFor(data, 'approve')).toEqual([['pln_prod', { typedName: 'core-1' }]]);
  });

  test('Escape leaves it as it is', async () => {
    const data = fixture({ plans: [careful] });
    const frames = await start({ data });
    frames.press('p');
    await frames.until('agent:claude');
    frames.press('a');
    await frames.until('Type core-1');
    frames.press(KEY.escape);
    await frames.until((frame) => !frame.includes('Type core-1'));
    expect(data.asked).toEqual([]);
  });

  test('can be read to its end while the question is open', async () => {
    const frames = await start({ data: fixture({ plans: [careful] }), rows: 16 });
    frames.press('p');
    await frames.until('agent:claude');
    frames.press('a');
    await frames.until('lines 1-');
    expect(frames.frame()).not.toContain('Everything here can be undone.');
    frames.press('\u001b[6~');
    await frames.until('Everything here can be undone.');
  });
});

test('a rejection needs a reason, and gives it on', async () => {
  const data = fixture({ plans: [plan('pln_1')] });
  const frames = await start({ data });
  frames.press('p');
  await frames.until('agent:claude');
  frames.press('x', KEY.enter);
  await frames.until('Say why');
  frames.press(...'wrong site', KEY.enter);
  await frames.until('Rejected.');
  expect(askedFor(data, 'reject')).toEqual([['pln_1', 'wrong site']]);
});

describe('a plan that somebody else makes', () => {
  test('shows at once wherever one is, and rings once', async () => {
    const data = fixture();
    const frames = await start({ data });
    frames.press('?');
    await frames.until('First steps');
    data.plans = [plan('pln_ai')];
    data.tell({ type: 'store-changed' });
    await frames.until('▲ 1 plan waits');
    expect(frames.frame()).toContain('New plan by agent:claude: set dns. p shows it.');
    expect(frames.bells()).toBe(1);
    data.tell({ type: 'store-changed' });
    data.plans = [plan('pln_ai'), plan('pln_2', { state: 'rejected' })];
    data.tell({ type: 'store-changed' });
    frames.press('p');
    await frames.until('rejected');
    expect(frames.bells()).toBe(1);
  });

  test('plans that waited before the start, and our own, do not ring', async () => {
    const data = fixture({ plans: [plan('pln_old')] });
    const frames = await start({ data });
    await frames.until('1 plan waits');
    data.plans = [...data.plans, plan('pln_own', { about: { author: { id: 'user:ann', origin: 'tui' } } })];
    data.tell({ type: 'store-changed' });
    await frames.until('2 plans wait');
    expect(frames.bells()).toBe(0);
  });

  test('is not lost to an older answer that comes later', async () => {
    const data = fixture();
    const frames = await start({ data });
    const answers: ((plans: Fixture['plans']) => void)[] = [];
    data.operator.fleet.plans = () => new Promise((resolve) => answers.push(resolve));
    frames.press('R', 'R');
    await frames.until(() => answers.length === 2);
    answers[1]?.([plan('pln_new')]);
    await frames.until('▲ 1 plan waits');
    answers[0]?.([]);
    frames.press('j');
    await frames.until('▸ edge-1');
    expect(frames.frame()).toContain('▲ 1 plan waits');
    expect(frames.bells()).toBe(1);
  });

  test('its steps and its end are followed from the journal', async () => {
    const data = fixture({ plans: [plan('pln_ai', { state: 'executing', targets: [{ deviceId: 'id-edge-1', state: 'executing' }] })] });
    const frames = await start({ data });
    frames.press('p');
    await frames.until('executing');
    frames.press(KEY.enter, '3');
    await frames.until('waits         /ip/dns set servers=9.9.9.9');
    const record = {
      runId: 'r',
      planId: 'pln_ai',
      deviceId: 'id-edge-1',
      phase: 'apply',
      step: 0,
      call: { verb: 'set', menu: '/ip/dns', values: {} },
      at: NOW,
    } as const;
    data.journal = [{ ...record, stage: 'sent' }];
    data.tell({ type: 'store-changed' });
    await frames.until('sent          /ip/dns');
    data.journal = [{ ...record, stage: 'verified' }];
    data.plans = [plan('pln_ai', { state: 'completed', targets: [{ deviceId: 'id-edge-1', state: 'completed' }] })];
    data.tell({ type: 'store-changed' });
    await frames.until('✓ completed');
    await frames.until('verified      /ip/dns set servers=9.9.9.9');
  });
});

describe('what is on the screen', () => {
  test('stays while it is asked for again, and a late answer is dropped', async () => {
    const answers: ((servers: string) => void)[] = [];
    const data = fixture({
      rows: {
        dns: (request) =>
          new Promise<ReadResult>((resolve) => answers.push((servers) => resolve(readResult(request, [{ servers: [servers] }])))),
      },
    });
    const frames = await start({ data });
    frames.press('j', KEY.enter, '8');
    await frames.until('Reading DNS client and cache from edge-1.');
    answers[0]?.('192.0.2.1');
    await frames.until('192.0.2.1');
    frames.press('R', 'R');
    await frames.until(() => answers.length === 3);
    expect(frames.frame()).toContain('192.0.2.1');
    answers[2]?.('192.0.2.3');
    await frames.until('192.0.2.3');
    answers[1]?.('192.0.2.2');
    data.tell({ type: 'store-changed' });
    frames.press(KEY.down);
    await frames.until(() => true);
    expect(frames.frame()).toContain('192.0.2.3');
    expect(frames.frame()).not.toContain('192.0.2.2');
  });

  test('stays, marked, when the router stops answering', async () => {
    let fails = false;
    const data = fixture({
      rows: {
        interface: async (request) => {
          if (fails) throw new UnreachableError('The router does not answer.', { code: 'TIMED_OUT', hint: 'Look at the link.' });
          return readResult(request, [
            { id: '*1', name: 'ether1' },
            { id: '*2', name: 'ether2' },
          ]);
        },
      },
    });
    const theme = createTheme({ colour: false, attributes: true, unicode: true });
    const frames = await start({ data, theme });
    frames.press('j', KEY.enter, '2');
    await frames.until('ether1');
    const row = (): string => frames.lines().find((line) => line.includes('ether2')) ?? '';
    expect(row()).not.toMatch(FAINT);
    fails = true;
    frames.press('R');
    await frames.until('The router does not answer.');
    expect(frames.frame()).toContain('Look at the link.');
    // Faint, as everything that is not fresh.
    expect(row()).toMatch(FAINT);
    fails = false;
    frames.press('R');
    await frames.until((frame) => !frame.includes('The router does not answer.'));
    expect(row()).not.toMatch(FAINT);
  });

  test('keeps the selected row selected when rows come and go', async () => {
    const data = fixture();
    const frames = await start({ data });
    frames.press('j');
    await frames.until('▸ edge-1');
    data.devices = [device('aaa'), ...data.devices];
    data.tell({ type: 'store-changed' });
    await frames.until('aaa');
    expect(frames.frame()).toContain('▸ edge-1');
    data.devices = data.devices.filter(({ name }) => name !== 'edge-1');
    data.tell({ type: 'store-changed' });
    await frames.until('▸ edge-2');
  });

  test('only visible rows are made, whatever the size of the fleet', async () => {
    let touched = 0;
    const look = (): string => {
      touched += 1;
      return 'lab';
    };
    const many = Array.from({ length: 10_000 }, (_, index): DeviceView => {
      const one = device(`r${String(index).padStart(5, '0')}`);
      return Object.defineProperty({ ...one }, 'environment', { enumerable: true, get: look });
    });
    const data = fixture({ devices: many });
    const frames = await start({ data });
    await frames.until('1 of 10000');
    touched = 0;
    data.tell({ type: 'sample', sample: sample('r00003', { cpuLoad: 77 }) });
    await new Promise((resolve) => setImmediate(resolve));
    frames.clock.advance(200);
    await frames.until('77%');
    expect(touched).toBeLessThanOrEqual(24);
    frames.press('G');
    await frames.until('▸ r09999');
  });
});

describe('keys', () => {
  test.each([
    ['e', 'Mark routers with space and plan for all of them, or open one and edit a page.'],
    ['H', 'H (pause/go on) works in the list of plans and on a plan.'],
    ['a', 'a (approve) works in the list of plans and on a plan.'],
    [KEY.escape, 'This is the first screen; q quits.'],
    ['l', 'l does nothing here. ? lists the keys.'],
  ])('%j says why it does nothing in the fleet', async (key, why) => {
    const frames = await start();
    frames.press(key);
    await frames.until(why);
  });

  test('a plan that is done says why it cannot be approved or applied', async () => {
    const frames = await start({ data: fixture({ plans: [plan('p', { state: 'completed' })] }) });
    frames.press('p');
    await frames.until('completed');
    frames.press('a');
    await frames.until('This plan is completed: only one in review can be approved.');
    frames.press('A');
    await frames.until('This plan is completed: only an approved one can be applied.');
  });

  test('a plan in review is not applied', async () => {
    const data = fixture({ plans: [plan('p')] });
    const frames = await start({ data });
    frames.press('p');
    await frames.until('review');
    frames.press('A');
    await frames.until('This plan waits for a person: a approves it.');
    expect(askedFor(data, 'apply')).toEqual([]);
  });

  test('a table that cannot be written says so', async () => {
    const frames = await start({ data: fixture({ rows: { 'system-resource': [{ boardName: 'x' }] } }) });
    frames.press(':', ...'system-resource core-1', KEY.enter);
    await frames.until('board-name');
    frames.press('e');
    await frames.until('Resources is read only');
  });

  test('read-only refuses every change and says why', async () => {
    const data = fixture({ plans: [plan('p')], rows: { dns: [{ servers: [] }] } });
    const frames = await start({ data, readOnly: 'another instance writes.' });
    expect(frames.lines()[0]).toContain('read-only');
    frames.press('p');
    await frames.until('review');
    for (const key of ['a', 'x', 'A', 'z']) {
      frames.press(key);
      await frames.until('Read-only: another instance writes.');
      frames.press('j');
      await frames.until((frame) => !frame.includes('Read-only:'));
    }
    frames.press(':', ...'set dns servers=1.1.1.1', KEY.enter);
    await frames.until('Read-only: another instance writes.');
    expect(data.asked).toEqual([]);
  });

  test('pasted text presses no keys, and is typed where something is asked', async () => {
    const data = fixture({ plans: [plan('p')] });
    const frames = await start({ data });
    frames.press('p');
    await frames.until('review');
    frames.paste('ay\r');
    frames.press('/');
    await frames.until('words that must occur');
    frames.paste('claude\r\n');
    await frames.until('/ claude');
    expect(data.asked).toEqual([]);
  });
});

describe('the filter', () => {
  test('narrows as it is typed; Enter keeps it, Escape takes it away', async () => {
    const frames = await start();
    frames.press('/', ...'edge');
    await frames.until('2 of 3 routers');
    frames.press(KEY.enter);
    await frames.until('/edge  1 of 2');
    frames.press(KEY.escape);
    await frames.until(/ 2 of 3$/m);
    expect(frames.frame()).toContain('▸ edge-1');
  });

  test('Escape while typing brings the old one back', async () => {
    const frames = await start();
    frames.press('/', ...'core', KEY.enter);
    await frames.until('/core  1 of 1');
    frames.press('/', ...'xyz');
    await frames.until('No router matches /corexyz.');
    frames.press(KEY.escape);
    await frames.until('/core  1 of 1');
  });

  test('/! keeps what does not match', async () => {
    const frames = await start();
    frames.press('/', ...'!edge', KEY.enter);
    await frames.until('1 of 3 routers');
    expect(frames.frame()).toContain('core-1');
    expect(frames.frame()).not.toContain('edge-1');
  });
});

test('o orders by a column, and turns the order round', async () => {
  const data = fixture();
  const frames = await start({ data });
  const order = (frame: string): readonly string[] => [...frame.matchAll(/^[▸ ] (\S+-\d)/gm)].map(([, name]) => name ?? '');
  frames.press('o', 'l', KEY.enter);
  await frames.until('env↑');
  expect(order(frames.frame())).toEqual(['edge-1', 'core-1', 'edge-2']);
  frames.press('o', KEY.enter);
  await frames.until('env↓');
  expect(order(frames.frame())).toEqual(['edge-2', 'core-1', 'edge-1']);
});

describe('commands', () => {
  test('are completed and taken', async () => {
    const frames = await start({ data: fixture({ rows: { 'ip-address': [{ id: '*1', address: '192.0.2.1/24' }] } }) });
    frames.press(':', ...'ip', KEY.tab, KEY.enter);
    await frames.until('192.0.2.1/24');
    expect(frames.frame()).toContain('Fleet › core-1 › IP addresses');
    frames.press(':', ...'router edge-2', KEY.enter);
    await frames.until('Fleet › edge-2');
  });

  test(':view opens a view as the last page, with what the router lacks; its answer is also shown raw', async () => {
    const told = {
      data: { logEntries: [{ id: '*1', message: 'user admin logged in' }], matching: 1 },
      missing: { disk: 'not on this router' },
    };
    const data = fixture({ views: { 'recent-logs': told } });
    const frames = await start({ data });
    frames.press(':', ...'view rec', KEY.tab, ...' edge-1 limit=5 message="logged in"', KEY.enter);
    await frames.until('user admin logged in');
    expect(askedFor(data, 'view')).toEqual([{ device: 'id-edge-1', view: 'recent-logs', input: { limit: '5', message: 'logged in' } }]);
    expect(frames.frame()).toContain('Fleet › edge-1 › Recent log lines');
    expect(frames.frame()).toContain('disk: not on this router');
    expect(frames.frame()).toContain('[recent-logs]');
    frames.press('e');
    await frames.until('A view is put together from several menus');
    frames.press('y');
    await frames.until('"matching": 1');
    frames.press(KEY.escape);
    await frames.until('[recent-logs]');
    frames.press(KEY.tab);
    await frames.until('[1 overview]');
    expect(frames.frame()).not.toContain('recent-logs');
  });

  test(':view without a name of one says which there are', async () => {
    const frames = await start();
    frames.press(':', ...'view nope', KEY.enter);
    await frames.until('Which view? bgp-ospf-status');
  });

  test('that do not exist keep the text and say so', async () => {
    const frames = await start();
    frames.press(':', ...'fleeet', KEY.enter);
    await frames.until('! There is no command fleeet.');
    expect(foot(frames)).toContain(': fleeet');
  });
});

describe('leaving', () => {
  test.each(['q', KEY.ctrlC])('%j quits at once when nothing is under way', async (key) => {
    const frames = await start();
    frames.press(key);
    await frames.until(() => frames.quits() === 1);
  });

  test('is asked about while a plan is being applied from here', async () => {
    const data = fixture({ plans: [plan('p', { state: 'approved' })] });
    data.operator.fleet.apply = () => new Promise(() => undefined);
    const frames = await start({ data });
    frames.press('p');
    await frames.until('approved');
    frames.press('A');
    await frames.until('Applying.');
    frames.press('q');
    await frames.until('Quit all the same?');
    expect(frames.quits()).toBe(0);
    frames.press(KEY.escape);
    await frames.until((frame) => !frame.includes('Quit all the same?'));
    frames.press(KEY.ctrlC);
    await frames.until('Quit all the same?');
    frames.press(KEY.ctrlC);
    await frames.until(() => frames.quits() === 1);
  });
});

test('a window that is too small says what is needed, and comes back', async () => {
  const frames = await start();
  frames.resize(59, 20);
  await frames.until('This terminal is 59x20; routeros-mcp needs 60x16.');
  frames.resize(60, 16);
  await frames.until('core-1');
  expect(frames.lines()).toHaveLength(16);
});
