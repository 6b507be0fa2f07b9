// Waits for a moment, then loads a key file and says its key. Arguments: file, the moment (ms since 1970), and `no-links` for a
// file system that has none.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [file = '', moment = '0', links = 'links'] = process.argv.slice(2);
if (links === 'no-links') {
  fs.linkSync = () => {
    throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
  };
  syncBuiltinESMExports();
}
const { loadKeyFile } = await import('../../../src/lib/vault/key-file.ts');
while (Date.now() < Number(moment));
const key = loadKeyFile({ file, create: true });
process.stdout.write(`${Buffer.from(key).toString('hex')}\n`);
