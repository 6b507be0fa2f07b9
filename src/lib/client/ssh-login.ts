import type { Algorithms, AnyAuthMethod, ConnectConfig } from 'ssh2';
import ssh2 from 'ssh2';
import { ConfigError } from '../core/errors.ts';
import type { SshLogin } from './ssh-target.ts';

/**
 * The ways an account may prove itself, in order; each is tried once.
 * @throws ConfigError the private key cannot be read: nothing is sent
 */
export function loginMethods(username: string, { agent, key, password }: SshLogin): AnyAuthMethod[] {
  const methods: AnyAuthMethod[] = [];
  if (agent !== undefined) methods.push({ type: 'agent', username, agent });
  if (key) {
    const { text, passphrase } = key;
    requireKey(text.reveal(), passphrase?.reveal());
    methods.push({ type: 'publickey', username, key: text.reveal(), ...(passphrase && { passphrase: passphrase.reveal() }) });
  }
  if (password) {
    methods.push({ type: 'password', username, password: password.reveal() });
    let asked = 0;
    methods.push({
      type: 'keyboard-interactive',
      username,
      prompt: (_name, _instructions, _language, prompts, finish) => {
        asked += 1;
        // One question that is not echoed is the password. Anything else, a new password above all, is not answered.
        const [only] = prompts;
        finish(asked === 1 && prompts.length === 1 && only?.echo !== true ? [password.reveal()] : []);
      },
    });
  }
  return methods;
}

function requireKey(text: string, passphrase: string | undefined): void {
  const parsed = ssh2.utils.parseKey(text, passphrase);
  if (!(parsed instanceof Error) && parsed.isPrivateKey()) return;
  throw new ConfigError('The private key for SSH cannot be read.', {
    hint: 'It must be an OpenSSH or PEM private key, with its passphrase where it has one.',
  });
}

/** What ssh2 offers by itself, without SHA-1 signatures of hosts. */
const TODAY: Algorithms = { serverHostKey: { append: [], prepend: [], remove: ['ssh-rsa'] } };

/** What old boxes have and nothing else; at the end of each list, so that better ones win. */
const LEGACY: Algorithms = {
  serverHostKey: { append: ['ssh-dss'], prepend: [], remove: [] },
  kex: {
    append: ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1', 'diffie-hellman-group1-sha1'],
    prepend: [],
    remove: [],
  },
  cipher: { append: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'], prepend: [], remove: [] },
  hmac: { append: ['hmac-md5'], prepend: [], remove: [] },
};

export const algorithmsFor = (legacy: boolean | undefined): NonNullable<ConnectConfig['algorithms']> => (legacy ? LEGACY : TODAY);
