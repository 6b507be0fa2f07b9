import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/lib/index.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { ANN, EDGE, enrol, MODEL, refusal, startRig } from './rig.ts';

describe('a device is changed', () => {
  test('from the revision it was seen at, or not at all', async () => {
    await using rig = await startRig({ store: 'file' });
    const { revision } = await rig.fleet.device('edge-1');
    const other = await rig.open(ANN);
    expect((await other.updateDevice('edge-1', { tags: { site: 'wien' }, revision })).revision).toBe(revision + 1);
    const late = await refusal(rig.operator.updateDevice('edge-1', { tags: { site: 'graz' }, revision }));
    expect([late.code, late.retryable]).toEqual(['STORE_CONFLICT', true]);
    expect((await rig.fleet.device('edge-1')).tags).toEqual({ site: 'wien' });
    // A revision alone asks for nothing.
    expect((await refusal(rig.operator.updateDevice('edge-1', { revision: revision + 1 }))).code).toBe('INVALID_INPUT');
    await other.close();
  });

  test('a key for SSH stays when only the port or the host key is named, and goes with SSH', async () => {
    await using rig = await startRig({ strangers: true });
    await using simulator = await startSimulator({ specs: [{ recording: EDGE, name: 'edge' }], ssh: true });
    const [edge] = simulator.routers;
    if (!edge) throw new Error('no router');
    const { generateKeyPairSync } = (await import('ssh2')).default.utils;
    const pair = generateKeyPairSync('ed25519');
    edge.authorizeKey(edge.username, pair.public);
    const ssh = { port: edge.sshPort ?? 0, hostKeys: [edge.hostKey ?? ''] };
    await enrol(rig.operator, edge, { ssh: { ...ssh, key: { text: new Secret(pair.private) } } });
    const logins = async () => (await rig.operator.testDevice('edge')).ok;
    // From here on the password does not open SSH: only the key does, while it is kept.
    edge.edit('/ip/ssh', undefined, { 'always-allow-password-login': 'no' });
    expect(await logins()).toBe(true);
    edge.changeHostKey();
    await rig.operator.updateDevice('edge', { ssh: { port: edge.sshPort ?? 0, hostKeys: [edge.hostKey ?? ''] } });
    expect(await logins()).toBe(true);
    expect((await rig.fleet.history({ operation: 'device.trust' })).length).toBe(1);
    await rig.operator.updateDevice('edge', { ssh: null });
    const refused = await refusal(rig.operator.updateDevice('edge', { ssh: { port: edge.sshPort ?? 0, hostKeys: [edge.hostKey ?? ''] } }));
    expect(refused.code).toBe('LOGIN_REFUSED');
  });

  test('by a person only', async () => {
    await using rig = await startRig({ store: 'file' });
    const model = await rig.open(MODEL);
    expect((await refusal(model.updateDevice('edge-1', { tags: {} }))).code).toBe('DENIED');
    await model.close();
  });
});
