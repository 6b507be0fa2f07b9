import type { AuthContext, KeyboardAuthContext, PublicKeyAuthContext } from 'ssh2';
import type { Account } from '../accounts.ts';
import type { RouterState } from '../state/router.ts';
import { accountOf, knownKey, type LoginName, loginName, mayUsePassword, passwordLogin, refusedLogin } from './accounts.ts';

/** Who came in. */
export interface Visitor {
  readonly account: Account;
  readonly name: LoginName;
}

export interface Gate {
  readonly router: RouterState;
  now(): number;
  /** Console parameters in the name keep everybody out. */
  refusesSuffix(): boolean;
  enter(visitor: Visitor): void;
}

const METHODS = ['password', 'keyboard-interactive', 'publickey'] as const;

function keyLogin(router: RouterState, context: PublicKeyAuthContext, user: string): Account | 'ask' | undefined {
  const key = knownKey(router, user, context.key);
  if (!key) return undefined;
  // Without a signature the client only asks whether this key would do.
  if (!context.signature || !context.blob) return 'ask';
  return key.verify(context.blob, context.signature, context.hashAlgo) === true ? accountOf(router, user) : undefined;
}

function asked(context: KeyboardAuthContext): Promise<string> {
  return new Promise((resolve) => {
    context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => resolve(answers[0] ?? ''));
  });
}

/** One attempt to come in. */
export async function authenticate({ router, now, refusesSuffix, enter }: Gate, context: AuthContext): Promise<void> {
  const name = loginName(context.username);
  const { user } = name;
  const decide = (account: Account | undefined): void => {
    if (account && !(name.suffixed && refusesSuffix())) {
      enter({ account, name });
      context.accept();
      return;
    }
    refusedLogin(router, user, now());
    context.reject([...METHODS]);
  };
  const withPassword = (password: string): void => decide(mayUsePassword(router, user) ? passwordLogin(router, user, password) : undefined);
  switch (context.method) {
    case 'password':
      return withPassword(context.password);
    case 'keyboard-interactive':
      return withPassword(await asked(context));
    case 'publickey': {
      const found = keyLogin(router, context, user);
      return found === 'ask' ? context.accept() : found ? decide(found) : context.reject([...METHODS]);
    }
    default:
      return context.reject([...METHODS]);
  }
}
