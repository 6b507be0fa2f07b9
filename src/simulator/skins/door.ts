import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A port of a router. */
export interface Door {
  readonly port: number;
  /** Connections open now. */
  readonly open: number;
  /** Nothing listens any more, or again; connections stay. */
  bar(shut: boolean): Promise<void>;
  /** Breaks all connections; where everything has been said it is not taken back. */
  cut(): void;
  close(): Promise<void>;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 128 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    // Calls back when the last connection has ended, which nobody waits for: the port is free at once.
    server.close();
    resolve();
  });

/** Listens on one address. Answers leave at once: with Nagle's rule every command over SSH costs 40 ms and more. */
export async function openDoor(host: string, port: number, meet: (socket: Socket, door: Door) => void): Promise<Door> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Broken connections are what clients and faults make; whoever speaks on one hears of it too.
    socket.on('error', () => socket.destroy());
    meet(socket, door);
  });
  await listen(server, host, port);
  const own = (server.address() as AddressInfo).port;
  let barred = false;
  const cut = (): void => {
    for (const socket of sockets) {
      if (socket.writableEnded) socket.destroy();
      else socket.resetAndDestroy();
    }
  };
  const door: Door = {
    port: own,
    get open() {
      return sockets.size;
    },
    bar: async (shut) => {
      if (shut === barred) return;
      barred = shut;
      await (shut ? stop(server) : listen(server, host, own));
    },
    cut,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      if (!barred) await stop(server);
      barred = true;
    },
  };
  return door;
}
