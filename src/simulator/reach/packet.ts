/** What the first rule that matches is asked about: a TCP packet from the station to the router itself. */
export interface Packet {
  readonly source: string;
  readonly destination: string;
  /** The interface it comes in on. */
  readonly interface: string;
  readonly port: string;
  /** `new` opens a connection; what follows on one that is open is `established`. Rules that say `notrack` make it `untracked`. */
  readonly state: 'new' | 'established' | 'untracked';
}

/**
 * Where the management station is, as the router sees it. A connection to 127.0.0.1 comes from nowhere a router knows, so this says
 * what it is taken for; the rest of the router's configuration then decides whether it gets in.
 */
export interface ManagementSpec {
  /** Its address. Default: what the recording says, on the router's management network. */
  readonly source?: string;
  /** The interface its packets come in on. Default: the one through which the router would answer it. */
  readonly interface?: string;
  /** The address of the router that it calls. Default: the router's own on that interface. */
  readonly address?: string;
}

/** The same, worked out when the router was put on: cables stay where they are, whatever is configured later. */
export interface Management {
  readonly source: string;
  /** The id of the interface: names can change. Undefined when there is none: then nothing but the services themselves refuse. */
  readonly interfaceId: string | undefined;
  readonly address: string | undefined;
  /** The answer left through the same interface, so it is lost when it does not do so any more. */
  readonly returns: boolean;
}
