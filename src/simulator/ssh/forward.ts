import { connect } from 'node:net';
import type { ServerChannel, TcpipRequestInfo } from 'ssh2';
import type { RouterState } from '../state/router.ts';
import { rowsOf } from '../state/tables.ts';

/** `local` or `both` in the settings of `/ip/ssh`; the default is `no`. */
const allowed = (router: RouterState): boolean => /^(?:local|both|yes)$/.test(rowsOf(router, '/ip/ssh')[0]?.['forwarding-enabled'] ?? 'no');

/** A router as a jump host. A simulated one reaches nothing but this machine. */
export function forward(router: RouterState, info: TcpipRequestInfo, accept: () => ServerChannel, reject: () => void): void {
  const host = info.destIP === 'localhost' ? '127.0.0.1' : info.destIP;
  if (!allowed(router) || !/^127(?:\.\d{1,3}){3}$/.test(host)) {
    reject();
    return;
  }
  const socket = connect({ host, port: info.destPort, noDelay: true });
  socket.once('error', reject);
  socket.once('connect', () => {
    socket.off('error', reject);
    const channel = accept();
    socket.on('error', () => channel.destroy());
    channel.on('error', () => socket.destroy());
    channel.on('close', () => socket.destroy());
    socket.pipe(channel).pipe(socket);
  });
}
