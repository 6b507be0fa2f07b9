import { z } from 'zod';
import { compareVersions } from '../core/version.ts';
import type { BootstrapCertificate, BootstrapStep } from './bootstrap-step.ts';
import { quoted } from './quoted.ts';

/** What the doors of the router are set up for. */
export interface Doors {
  readonly from: readonly string[];
  readonly version: string | undefined;
  readonly address: string | undefined;
  readonly certificate: BootstrapCertificate;
}

const AUTHORITY = 'routeros-mcp-ca';
/** What the certificate we have made is called on the router. */
export const CERTIFICATE_NAME = 'routeros-mcp';

/** ` address=…`, or nothing: an empty list would take the limit off that is there. Every word of it was checked to be a network. */
export const addressArgument = (from: readonly string[], name = 'address'): string =>
  from.length === 0 ? '' : ` ${name}=${from.join(',')}`;

/** The list of a service has another name from 7.24 on. */
const serviceAddress = ({ from, version }: Doors): string =>
  addressArgument(from, version !== undefined && compareVersions(version, '7.24') >= 0 ? 'available-from' : 'address');

const run = (command: string, why: string): BootstrapStep => ({ kind: 'run', command, why });

/**
 * An authority of the router's own and a certificate under it. A certificate for servers only cannot sign itself, and one that can
 * is an authority, which strict clients refuse as the certificate of a server. P-256, because each request is a new handshake.
 */
export function certificateSteps({ certificate, address }: Doors): readonly BootstrapStep[] {
  if (certificate !== 'self-signed') return [];
  const common = `key-size=prime256v1 days-valid=3650`;
  const named = address === undefined ? 'common-name=[/system/identity/get name]' : `common-name=${quoted(address)}`;
  const also =
    address === undefined
      ? ''
      : ` subject-alt-name=${quoted(`${z.union([z.ipv4(), z.ipv6()]).safeParse(address).success ? 'IP' : 'DNS'}:${address}`)}`;
  const wait = run(':delay 3s', 'What was signed can be named by others a moment later.');
  return [
    run(
      `/certificate/add name=${quoted(AUTHORITY)} common-name=${quoted(AUTHORITY)} ${common} key-usage=key-cert-sign,crl-sign`,
      'An authority that only this router has, to sign its certificate.',
    ),
    run(`/certificate/sign ${quoted(AUTHORITY)}`, 'Makes its key; it takes a while on a small board.'),
    wait,
    run(
      `/certificate/add name=${quoted(CERTIFICATE_NAME)} ${named}${also} ${common} key-usage=digital-signature,key-encipherment,tls-server`,
      'The certificate of HTTPS, by what the router is reached by.',
    ),
    run(`/certificate/sign ${quoted(CERTIFICATE_NAME)} ca=${quoted(AUTHORITY)}`, 'Makes its key and signs it.'),
    wait,
  ];
}

/** HTTPS, last of what is run: whoever is cut off by it has all the rest behind them. */
export function serviceSteps(doors: Doors): readonly BootstrapStep[] {
  const { certificate, from, version } = doors;
  const name = certificate === 'self-signed' ? CERTIFICATE_NAME : certificate.name;
  const limited = from.length > 0 ? ' from these addresses only,' : '';
  const on = run(
    `/ip/service/set www-ssl certificate=${quoted(name)} tls-version=only-1.2${serviceAddress(doors)} disabled=no`,
    `HTTPS with this certificate,${limited} and nothing older than TLS 1.2.`,
  );
  if (version !== undefined && compareVersions(version, '7.21') < 0) return [on];
  const rest: BootstrapStep = {
    kind: 'optional',
    command: '/ip/service/webserver/set rest-secure=yes',
    why: 'From 7.21 on REST has a switch of its own; only if it was switched off.',
  };
  return [on, rest];
}

/** A door that is shut is opened, and to these addresses only; one that is open is in use, and stays as it is. */
function openDoor(service: string, doors: Doors, why: string): readonly BootstrapStep[] {
  const on = run(`:if ([/ip/service/get ${service} disabled]) do={ /ip/service/set ${service}${serviceAddress(doors)} disabled=no }`, why);
  if (doors.from.length === 0) return [on];
  const limit: BootstrapStep = {
    kind: 'optional',
    command: `/ip/service/set ${service}${serviceAddress(doors)}`,
    why: `Limits ${service} to these addresses for everybody, you too: add your own before.`,
  };
  return [on, limit];
}

export const sshSteps = (doors: Doors): readonly BootstrapStep[] =>
  openDoor('ssh', doors, 'SSH, where it is off; where it is on, it stays as it is.');

export const plainSteps = (doors: Doors): readonly BootstrapStep[] =>
  openDoor('www', doors, 'REST over plain HTTP, where it is off; where it is on, it stays as it is.');
