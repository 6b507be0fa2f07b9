import { connect, type Server, type Socket } from 'node:net';
import { createServer } from 'node:tls';

/** A certificate nobody vouches for, with its key; made for these tests and used for nothing else. */
const CERT = `-----BEGIN CERTIFICATE-----
MIIBlDCCATqgAwIBAgIUCnM8mOEj8aiVP+0XGgB/+K6lAc4wCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLcm91dGVyLnRlc3QwIBcNMjYxMTIyMTYxNTM3WhgPMjEyNjEw
MjkxNjE1MzdaMBYxFDASBgNVBAMMC3JvdXRlci50ZXN0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEcsqket3A+brSvee/hyFP2JJnyuTp5+2R0tDKpmKhgqfRM/L5
Ni8Gc9SrYSo6vTiOb3bvDGCkOfACyBGqR8MrXaNkMGIwHQYDVR0OBBYEFOFfJKhN
wgScSG0Ffa7m6PiicFrtMB8GA1UdIwQYMBaAFOFfJKhNwgScSG0Ffa7m6PiicFrt
MA8GA1UdEwEB/wQFMAMBAf8wDwYDVR0RBAgwBocEfwAAATAKBggqhkjOPQQDAgNI
ADBFAiBHHa3Kp9ggafNwKvyxoLIaT+Wn/bBrKwK+acH+TvicxQIhAPIkI8NWu2fA
4DgMrc3JlPa+1moqpl/fVqRb5t0J7Pd/
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQS/YuBmfci5y5/MK
vKqjfKF4rXHYrtaDZsXcw86oe2yhRANCAARyyqR63cD5utK957+HIU/YkmfK5Onn
7ZHS0MqmYqGCp9Ez8vk2LwZz1KthKjq9OI5vdu8MYKQ58ALIEapHwytd
-----END PRIVATE KEY-----
`;

export interface Front extends AsyncDisposable {
  readonly address: string;
  /** Bytes that came out of the encryption: empty as long as nobody trusted the certificate. */
  seen(): string;
}

/** TLS in front of a simulated router. */
export async function tlsFront(url: string): Promise<Front> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let bytes = '';
  const server = createServer({ cert: CERT, key: KEY }, (socket) => {
    const router = connect(Number(port), hostname);
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.toString('latin1');
    });
    for (const end of [socket, router]) {
      open.add(end);
      end.on('error', () => end.destroy()).on('close', () => open.delete(end));
    }
    socket.pipe(router).pipe(socket);
  });
  // A client that turns away from the certificate breaks the handshake: that is what is tested.
  server.on('tlsClientError', () => {});
  const { port: own } = await listening(server);
  return {
    address: `https://127.0.0.1:${own}`,
    seen: () => bytes,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function listening(server: Server): Promise<{ readonly port: number }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port };
}
