import path from 'node:path';
import { type Actor, samePerson } from '../core/actor.ts';
import { DeniedError, InputError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import { type ApproverKey, countingKeys, enrolmentText } from '../plan/approver-key.ts';
import { dropApproverKey, makeApproverKey, openApproverKey } from '../vault/approver-key-file.ts';
import type { Context } from './context.ts';
import { requirePersonAtTerminal } from './people.ts';
import { isConflict } from './plans.ts';
import { auditDenial, entry } from './record.ts';
import { keysThatCount } from './standing.ts';

/** A key file and what opens it. */
export interface KeyAccess {
  /** `approver.key` in the data directory by default. */
  readonly file?: string;
  readonly passphrase: Secret;
}

export interface EnrolRequest extends KeyAccess {
  /** The enrolled key that vouches for the new one; needed as soon as there is one. */
  readonly signWith?: KeyAccess;
}

/** A key as people see it. */
export interface ApproverView {
  readonly keyId: string;
  readonly person: string;
  readonly enrolledAt: number;
  readonly enrolledBy: string;
  readonly signedBy?: string;
  readonly revokedAt?: number;
  readonly revokedBy?: string;
  /** It is enrolled, not revoked, vouched for, and named by the configuration where that names keys. */
  readonly counts: boolean;
}

const ROLES = ['approver', 'admin'] as const;

const fileOf = (context: Context, { file }: Pick<KeyAccess, 'file'>): string => file ?? path.join(context.config.dataDir, 'approver.key');

/**
 * Makes a key pair for the person who asks. The private half goes to a file under the passphrase, the public half to the store, with an
 * entry in the ledger. The first key is taken as it is; each later one is vouched for by one that counts.
 * What this cannot stop: whoever owns the files of the store owns what is enrolled there. `policy.approverKeys` in a configuration
 * that the same account cannot write does.
 *
 * @throws DeniedError not a person at a terminal, not vouched for, or the passphrase of the vouching key is another one
 * @throws InputError the passphrase is too short, or the file is there already
 */
export function enrolApprover(context: Context, actor: Actor, request: EnrolRequest): Promise<ApproverView> {
  return auditDenial(context, actor, 'approver.enrol', {}, async () => {
    requirePersonAtTerminal(actor, ROLES, 'enrol an approver key');
    const all = await context.store.approverKeys();
    const voucher = vouching(context, countingKeys(all, []), request.signWith);
    const file = fileOf(context, request);
    const made = makeApproverKey(file, request.passphrase);
    try {
      // After every revocation, whatever the clock did since: the order of times is what says who vouched for whom.
      const enrolledAt = Math.max(context.store.now(), ...all.map(({ revokedAt = 0 }) => revokedAt));
      const bare = { keyId: made.keyId, person: actor.id, publicKey: made.publicKey, enrolledAt };
      const signed = voucher && { signedBy: voucher.keyId, signature: voucher.sign(enrolmentText(bare)) };
      const key: ApproverKey = { ...bare, enrolledBy: actor.id, ...signed };
      const details = { keyId: key.keyId, person: key.person, ...(signed && { signedBy: signed.signedBy }) };
      await context.ledger.commit([{ kind: 'approver-put', key }], [entry(actor, 'approver.enrol', 'ok', { details })]);
    } catch (thrown) {
      dropApproverKey(file);
      throw thrown;
    }
    return viewOf(await listApprovers(context), made.keyId);
  });
}

/** The key that vouches; undefined where none counts yet. Opened before anything is made. */
function vouching(context: Context, live: readonly ApproverKey[], access: KeyAccess | undefined) {
  if (live.length === 0) return undefined;
  if (!access)
    throw new DeniedError('There are approver keys already: one of them must sign for a new one.', {
      code: 'CONFIRMATION_NEEDED',
      hint: 'Name its file: routeros-mcp approver enrol --key-file NEW --sign-with FILE',
    });
  const key = openApproverKey(fileOf(context, access), access.passphrase);
  if (live.some(({ keyId }) => keyId === key.keyId)) return key;
  throw new DeniedError('The key that signs is not enrolled, or was revoked.', { hint: 'See routeros-mcp approver list.' });
}

/** Every key that was ever enrolled, in that order. */
export async function listApprovers(context: Context): Promise<readonly ApproverView[]> {
  const all = await context.store.approverKeys();
  const counting = new Set(countingKeys(all, context.config.policy.approverKeys).map(({ keyId }) => keyId));
  return all.map(({ publicKey: _key, signature: _signature, ...shown }) => ({ ...shown, counts: counting.has(shown.keyId) }));
}

/**
 * From now on no approval of this key counts, given or still to come. No passphrase is needed: the one who lost it must be able to.
 * @param keyIdStart the id of the key, or as much of its beginning as names only one
 */
export function revokeApprover(context: Context, actor: Actor, keyIdStart: string): Promise<ApproverView> {
  return auditDenial(context, actor, 'approver.revoke', {}, async () => {
    requirePersonAtTerminal(actor, ROLES, 'revoke an approver key');
    const found = (await context.store.approverKeys()).filter(({ keyId }) => keyIdStart.length >= 8 && keyId.startsWith(keyIdStart));
    const [key] = found;
    if (!key || found.length > 1)
      throw new InputError('There is no one approver key of that id.', {
        hint: 'Take it from routeros-mcp approver list; 8 digits at least.',
      });
    const at = context.store.now();
    try {
      await context.ledger.commit(
        [{ kind: 'approver-revoke', keyId: key.keyId, by: actor.id, at }],
        [entry(actor, 'approver.revoke', 'ok', { details: { keyId: key.keyId, person: key.person } })],
      );
    } catch (thrown) {
      if (!isConflict(thrown)) throw thrown;
      throw new InputError('This approver key is revoked already.', { hint: 'See routeros-mcp approver list.' });
    }
    return viewOf(await listApprovers(context), key.keyId);
  });
}

function viewOf(views: readonly ApproverView[], keyId: string): ApproverView {
  const found = views.find((one) => one.keyId === keyId);
  if (found) return found;
  throw new InputError('There is no approver key of that id.', { hint: 'See routeros-mcp approver list.' });
}

/**
 * Opens the key with which this person approves.
 * @throws DeniedError it does not count, or is another person's
 */
export async function signerOf(context: Context, actor: Actor, access: KeyAccess) {
  const signer = openApproverKey(fileOf(context, access), access.passphrase);
  const key = (await keysThatCount(context)).find(({ keyId }) => keyId === signer.keyId);
  if (!key) throw new DeniedError('This approver key does not count: it is not enrolled, or was revoked.', { hint: LIST });
  if (samePerson(key.person, actor.id)) return signer;
  throw new DeniedError('This approver key is the key of another person.', { hint: LIST });
}

const LIST = 'See routeros-mcp approver list.';
