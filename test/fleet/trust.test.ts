import { generateKeyPairSync } from 'node:crypto';
import ssh2 from 'ssh2';
import { describe, expect, test } from 'vitest';
import { exposureOf, Secret } from '../../src/lib/index.ts';
import { privateKeyState } from '../../src/lib/operator.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { EDGE, enrol, refusal, startRig } from './rig.ts';

async function startTls() {
  const simulator = await startSimulator({ specs: [{ recording: EDGE, name: 'edge' }], https: true, ssh: true });
  const [edge] = simulator.routers;
  if (!edge) throw new Error('no router');
  return { simulator, edge, address: edge.httpsUrl ?? '' };
}

describe('whether what is shown is what was accepted', () => {
  test.each(['pinned', 'authority', 'unchecked'] as const)('a %s certificate', async (kind) => {
    await using rig = await startRig({ strangers: true });
    const { simulator, edge, address } = await startTls();
    await using _closed = simulator;
    const trust = {
      pinned: { fingerprint: edge.certificate?.fingerprint256 ?? '' },
      authority: { authority: edge.certificate?.pem ?? '' },
      unchecked: { insecure: true },
    }[kind];
    const view = await enrol(rig.operator, edge, { address, ...trust });
    expect(view.trust.kind).toBe(kind);
    expect(exposureOf(view)).toBe(kind === 'unchecked' ? 'certificate not checked' : undefined);
    expect(await rig.operator.seeDevice('edge')).toMatchObject({ certificate: { accepted: true, trusted: false } });
    edge.replaceCertificate();
    const { certificate, hostKey } = await rig.operator.seeDevice('edge');
    expect([certificate?.accepted, hostKey]).toEqual([kind === 'unchecked', undefined]);
    if (kind === 'unchecked') return;
    const stopped = await refusal(rig.fleet.read({ device: 'edge', capability: 'dns' }));
    expect(['TLS_PIN_MISMATCH', 'TLS_UNTRUSTED']).toContain(stopped.code);
    await rig.operator.updateDevice('edge', { fingerprint: certificate?.fingerprint ?? '' });
    expect((await rig.fleet.read({ device: 'edge', capability: 'dns' })).total).toBe(1);
  });

  test('plain HTTP has no certificate, and another way can be looked at before it is taken', async () => {
    await using rig = await startRig({ strangers: true });
    const { simulator, edge, address } = await startTls();
    await using _closed = simulator;
    await enrol(rig.operator, edge);
    expect(await rig.operator.seeDevice('edge')).not.toHaveProperty('certificate');
    const sight = await rig.operator.seeDevice('edge', { address, ssh: { port: edge.sshPort ?? 0 } });
    expect(sight).toMatchObject({ certificate: { accepted: false }, hostKey: { seen: edge.hostKey, accepted: false } });
  });
});

describe('a private key', () => {
  const PASSPHRASE = new Secret('correct-horse');
  const locked = ssh2.utils.generateKeyPairSync('ed25519', { passphrase: PASSPHRASE.reveal(), cipher: 'aes256-ctr', rounds: 16 });
  const gcm = ssh2.utils.generateKeyPairSync('ed25519', { passphrase: PASSPHRASE.reveal(), cipher: 'aes256-gcm@openssh.com', rounds: 16 });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const pem = rsa.export({ format: 'pem', type: 'pkcs1' }).toString();
  const lockedPem = rsa.export({ format: 'pem', type: 'pkcs1', cipher: 'aes-128-cbc', passphrase: PASSPHRASE.reveal() }).toString();

  test.each([
    ['open', ssh2.utils.generateKeyPairSync('ed25519').private, undefined, 'usable'],
    ['PEM', pem, undefined, 'usable'],
    ['locked, without a passphrase', locked.private, undefined, 'locked'],
    ['locked, with another', locked.private, new Secret('x'), 'locked'],
    ['locked, with its own', locked.private, PASSPHRASE, 'usable'],
    ['locked with GCM, with another', gcm.private, new Secret('x'), 'locked'],
    ['locked with GCM, with its own', gcm.private, PASSPHRASE, 'usable'],
    ['PEM locked', lockedPem, undefined, 'locked'],
    ['PEM locked, with another', lockedPem, new Secret('x'), 'locked'],
    ['PEM locked, with its own', lockedPem, PASSPHRASE, 'usable'],
    ['public', locked.public, undefined, 'none'],
    ['none', 'x', undefined, 'none'],
  ] as const)('%s', (_what, text, passphrase, state) => expect(privateKeyState(new Secret(text), passphrase)).toBe(state));
});
