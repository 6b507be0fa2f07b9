import type { Socket } from 'node:net';
import type { Service } from '../faults.ts';
import type { HttpPeer, HttpSkin } from '../http.ts';
import type { Machine } from '../simulated-router.ts';
import { type Door, openDoor } from './door.ts';
import { isOn, mostSessions, takesFrom } from './service.ts';
import { verdictAt } from './wall.ts';

/** Where a router listens. */
export interface Doors {
  readonly ports: Readonly<Partial<Record<Service, number>>>;
  /** Shuts or opens them as faults and power have it. */
  settle(): Promise<void>;
  cut(): void;
  close(): Promise<void>;
}

/** Speaks to a connection that was let in. */
type Speak = (socket: Socket) => void;

/** What a connection meets before anybody speaks. Over plain HTTP the request decides the rest: there it can still be answered. */
function meet({ core, state }: Machine, service: Service, socket: Socket, door: Door, speak: Speak): void {
  // The system has taken the connection already, so the nearest thing to a packet that is dropped is never to say a word.
  const verdict = core.power.down ? 'reset' : verdictAt(state(), core.now(), service, 'new');
  if (verdict !== 'pass' && !core.power.down) core.log.lose();
  if (verdict === 'silence' || core.faults.silent(service)) {
    socket.resume();
    return;
  }
  if (verdict === 'reset') {
    socket.resetAndDestroy();
    return;
  }
  const turnAway = (): void => {
    // What the client said is thrown away: unread, it would keep the connection from ending.
    socket.resume().end();
  };
  const limit = core.faults.standing('session-limit', service)?.sessions ?? mostSessions(state(), service);
  if (door.open > limit) turnAway();
  else if (service !== 'www' && !isOn(state(), service)) socket.resetAndDestroy();
  else if (service !== 'www' && !takesFrom(state(), service, state().station)) turnAway();
  else speak(socket);
}

const peerOf = ({ core }: Machine, service: Service): HttpPeer => ({
  exchange: (request) => core.exchange(request, service, true),
  gaveUp: () => core.gaveUp(),
  unheard: (outcome) => core.unheard(outcome),
  pause: (ms) => core.pause(ms),
});

function speakers(machine: Machine, http: HttpSkin): Readonly<Record<Service, Speak>> {
  const plain = peerOf(machine, 'www');
  const secure = peerOf(machine, 'www-ssl');
  const wrong = () => machine.core.faults.standing('wrong-certificate', 'www-ssl');
  return {
    www: (socket) => http.speak(socket, socket, plain),
    'www-ssl': (socket) => http.speak(machine.tls().secure(socket, wrong()), socket, secure),
    ssh: (socket) => machine.ssh().speak(socket),
  };
}

/** Opens the doors asked for, each on its port (0: one that is free). */
export async function openDoors(machine: Machine, http: HttpSkin, ports: Readonly<Partial<Record<Service, number>>>): Promise<Doors> {
  const speak = speakers(machine, http);
  const doors = new Map<Service, Door>();
  const close = async (): Promise<void> => {
    machine.core.power.forget();
    await Promise.all([...doors.values()].map((door) => door.close()));
  };
  const { core, router } = machine;
  try {
    for (const [name, port] of Object.entries(ports)) {
      const service = name as Service;
      doors.set(service, await openDoor(router.host, port, (socket, door) => meet(machine, service, socket, door, speak[service])));
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  const shut = (service: Service): boolean => core.power.down || core.faults.standing('refuse', service) !== undefined;
  return {
    ports: Object.fromEntries([...doors].map(([service, { port }]) => [service, port])),
    settle: async () => {
      await Promise.all([...doors].map(([service, door]) => door.bar(shut(service))));
    },
    cut: () => {
      for (const door of doors.values()) door.cut();
    },
    close,
  };
}
