import { afterEach, describe, expect, test } from 'vitest';
import { device, fixture, NOW, plan, readResult, sample, TARGET } from './fixture.ts';
import { type Frames, openFrames } from './frames.tsx';

const BARE = device('bare', { trust: { kind: 'unchecked' } });
const PLAIN = device('plain', { address: 'http://192.0.2.7', trust: { kind: 'none' } });
const SAFE = device('safe', {
  trust: { kind: 'pinned', fingerprint: 'ab'.repeat(32) },
  ssh: { port: 2222, hostKeys: ['SHA256:key'], agent: true, legacy: false },
  via: [{ host: 'bastion', port: 22, username: 'ops', hostKeys: ['SHA256:hop'], agent: false, legacy: false }],
});
const SURVEYED = device('surveyed', {
  facts: {
    ...SAFE.facts,
    survey: {
      readAt: NOW,
      account: { group: 'fleet', policies: ['read', 'test'] },
      deviceMode: { mode: 'home', container: 'false', email: 'true' },
      license: { level: '5' },
      clock: { timeZone: 'Europe/Riga', ntp: 'synchronized' },
    },
  },
});

let frames: Frames | undefined;
afterEach(() => frames?.end());
const shown = (devices = [BARE, PLAIN, SAFE], rows = {}, plans: ReturnType<typeof plan>[] = []) => {
  frames = openFrames({ data: fixture({ devices, rows, plans }), columns: 100, rows: 50 });
  return frames;
};

describe('a router that anyone on the way could read', () => {
  test('has a sign in the list, with words above it, and is found by them', async () => {
    const screen = shown();
    await screen.until('2 exposed (!)');
    expect(screen.frame()).toMatch(/! bare/);
    expect(screen.frame()).toMatch(/! plain/);
    expect(screen.frame()).not.toMatch(/! safe/);
    screen.press('/', 'not checked', '\r');
    await screen.until('1 of 3 routers');
    expect(screen.frame()).toContain('! bare');
  });

  test('says so in the header of its panes', async () => {
    const screen = shown([PLAIN], { interface: [] });
    await screen.until('! plain');
    screen.press('\r');
    await screen.until('Ways and rights');
    expect(screen.lines()[1]).toContain('! plain HTTP: readable on the way');
    expect(screen.frame()).toMatch(/exposed +! plain HTTP: readable on the way/);
    screen.press('\t');
    await screen.until('Interface');
    expect(screen.lines()[1]).toContain('! plain HTTP: readable on the way');
  });

  test('and in the header of a plan for it, of the question about that plan, and of what is opened in full', async () => {
    const waiting = plan('pln_0123456789abcdef', {
      about: { targets: [{ ...TARGET, deviceId: PLAIN.id, deviceName: 'plain' }] },
      targets: [{ deviceId: PLAIN.id, state: 'review' }],
    });
    const screen = shown([PLAIN, SAFE], {}, [waiting]);
    await screen.until('! plain');
    screen.press('p');
    await screen.until('Plans');
    expect(screen.lines()[1]).not.toContain('!');
    screen.press('\r');
    await screen.until('! plain: plain HTTP: readable on the way');
    screen.press('d');
    await screen.until('details');
    expect(screen.lines()[1]).toContain('! plain: plain HTTP');
    screen.press('\u001b');
    await screen.until((frame) => !frame.includes('details'));
    screen.press('a');
    await screen.until('Approve?');
    expect(screen.lines()[1]).toContain('! plain: plain HTTP');
  });

  test('no other router does, and its ways are shown', async () => {
    const screen = shown([SAFE]);
    await screen.until('safe');
    expect(screen.frame()).not.toContain('exposed');
    screen.press('\r');
    await screen.until('Ways and rights');
    expect(screen.lines()[1]).not.toContain('!');
    expect(screen.frame()).toMatch(/ssh +port 2222, by agent, host key SHA256:key/);
    expect(screen.frame()).toMatch(/via +ops@bastion, port 22, host key SHA256:hop/);
  });
});

test('what a router said when it was surveyed', async () => {
  const screen = shown([SURVEYED]);
  await screen.until('surveyed');
  screen.press('\r');
  await screen.until('Ways and rights');
  for (const words of [
    /account +group fleet/,
    /it may +read, test/,
    /license +level=5/,
    /device-mode +home; off: container/,
    /clock +Europe\/Riga, NTP synchronized/,
  ])
    expect(screen.frame()).toMatch(words);
});

test('SSH that served an answer is said, REST is not', async () => {
  const screen = shown([SAFE], {
    interface: async (request: Parameters<typeof readResult>[0]) => ({ ...readResult(request, []), transport: 'ssh' as const }),
  });
  await screen.until('safe');
  screen.data.tell({ type: 'sample', sample: sample('safe', { transport: 'ssh' }) });
  await new Promise((resolve) => setImmediate(resolve));
  screen.clock.advance(200);
  screen.press('\r');
  await screen.until('over SSH: REST does not');
  screen.press('\t');
  await screen.until('over SSH, REST does not answer');
});
