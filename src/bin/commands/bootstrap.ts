import { bootstrap, hostOf } from '../../lib/operator.ts';
import type { Run } from '../command.ts';
import { listed, needed, oneOf } from '../values.ts';

/** Prints what a person runs on the router; nothing is sent anywhere. */
export const deviceBootstrap: Run = async ({ flags }) => {
  const access = oneOf('access', needed('access', flags.text('access'), 'Say what the account is for: --access read or --access write'), [
    'read',
    'write',
  ]);
  const address = flags.text('address');
  const version = flags.text('routeros');
  const made = bootstrap({
    access,
    username: needed('username', flags.text('username'), 'Say what the account is to be called: --username fleet'),
    from: listed(flags.texts('from')),
    tls: !flags.on('insecure'),
    ssh: flags.on('ssh'),
    ...(version !== undefined && { version }),
    ...(address !== undefined && { address: URL.canParse(address) ? hostOf(address) : address }),
  });
  return { data: made, text: () => made.script };
};
