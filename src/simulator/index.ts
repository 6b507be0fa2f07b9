/**
 * Routers that behave like RouterOS, for tests, demos and benchmarks: real HTTP, HTTPS and SSH on loopback addresses, answers imitated
 * from recordings and measured behaviour. Nothing here knows our client.
 *
 * @example
 * await using simulator = await startSimulator({ routers: 4 });
 * const [edge] = simulator.routers;
 * // { name: 'edge-1', url: 'http://127.0.0.1:40123', username: 'admin', password: '…', board: 'rb5009', version: '7.20.6' }
 * edge.fault({ method: 'write', nth: 2, action: { kind: 'answer', status: 400, detail: 'failure: not now' } });
 * edge.edit('/ip/dns', undefined, { servers: '9.9.9.9' }); // somebody else's change
 * edge.rows('/ip/dns/static'); // what is stored now
 * edge.requests(); // what was asked, in order
 *
 * @example
 * await using fleet = await startSimulator({ routers: 2, https: true, ssh: true });
 * const [router] = fleet.routers;
 * router.httpsUrl; // with `router.certificate`, which `replaceCertificate()` changes
 * router.sshPort; // with `router.hostKey`, which `changeHostKey()` changes
 * await router.fault({ service: 'ssh', action: { kind: 'half-open' } });
 *
 * A change that locks us out really does: connections are judged by the input chain, the services, the addresses and the routes of the
 * router, as coming from its management station. Where that is can be said (here outside, where the edge takes nobody):
 *
 * @example
 * await using lab = await startSimulator({ specs: [{ recording: 'rb5009_7.20.6', management: { source: '203.0.113.200', interface: 'ether1' } }] });
 * lab.routers[0].lost; // how many connections and requests never got there
 *
 * @packageDocumentation
 */
export { addAccount } from './accounts.ts';
export { reboot } from './console/power.ts';
export { type ConsoleResult, type ConsoleSession, runConsole } from './console/run.ts';
export { tick } from './console/tick.ts';
export { jumpDeviceClock } from './device-clock.ts';
export type { DoorFault, FaultAction, FaultCount, FaultRule, RequestFault, Service } from './faults.ts';
export { handle } from './handle.ts';
export type { Manner, Outcome } from './outcome.ts';
export type { ManagementSpec } from './reach/packet.ts';
export type { SimRequest, SimResponse } from './request.ts';
export type { RequestEntry } from './request-log.ts';
export type { SimulatedRouter } from './simulated-router.ts';
export { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';
export { type AccountSpec, createRouter, type Hardware, type RouterOptions, type RouterSpec, type RouterState } from './state/router.ts';
export type { Row } from './state/row.ts';
export type { Certificate } from './tls/certificate.ts';
