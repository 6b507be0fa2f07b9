import { iso, oneLine } from '../../lib/index.ts';
import type { ApproverView } from '../../lib/operator.ts';
import type { Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { askNewPassphrase, askPassphrase } from '../passphrase.ts';
import { confirm } from '../prompt.ts';
import { table } from '../text-table.ts';

/** A key for the person at the terminal. Everything that can be refused without a passphrase is refused by the library all the same. */
export const approverEnrol: Run = async ({ flags, io, operator }) => {
  const door = await operator();
  const file = flags.text('key-file');
  const voucher = flags.text('sign-with');
  const signWith =
    voucher === undefined ? {} : { signWith: { file: voucher, passphrase: await askPassphrase(io, `Passphrase of ${voucher}:`) } };
  const passphrase = await askNewPassphrase(io);
  const made = await door.enrolApprover({ passphrase, ...(file === undefined ? {} : { file }), ...signWith });
  return {
    data: shown(made),
    text: () => `Enrolled ${made.keyId} for ${made.person}.`,
    note: () =>
      made.counts
        ? 'Rules of the policy can ask for it with approverKey. Keep the file and the passphrase apart.'
        : 'It does not count yet: the setting policy.approverKeys names other keys.',
  };
};

export const approverList: Run = async ({ io, operator }) => {
  const keys = await (await operator()).approvers();
  return {
    data: { keys: keys.map(shown) },
    text: () =>
      table(
        io,
        [
          { head: 'key', value: ({ keyId }) => keyId },
          { head: 'person', value: ({ person }) => oneLine(person) },
          { head: 'enrolled', value: ({ enrolledAt }) => iso(enrolledAt) },
          { head: 'state', value: stateOf },
        ],
        keys,
      ),
  };
};

export const approverRevoke: Run = async ({ args, flags, io, operator }) => {
  const door = await operator();
  if (!flags.on('yes')) {
    if (!io.canAsk) throw new UsageError('Nobody can be asked whether the key is to be revoked.', 'Run it in a terminal.');
    if (!(await confirm('Revoke it for ever? Its approvals no longer count.')))
      throw new UsageError('The key was not revoked.', 'Nothing was changed.');
  }
  const revoked = await door.revokeApprover(args[0] ?? '');
  return { data: shown(revoked), text: () => `Revoked ${revoked.keyId} of ${revoked.person}.` };
};

const stateOf = ({ revokedAt, revokedBy, counts }: ApproverView): string => {
  if (revokedAt !== undefined) return `revoked by ${oneLine(revokedBy ?? '')} at ${iso(revokedAt)}`;
  return counts ? 'counts' : 'does not count';
};

const shown = ({ enrolledAt, revokedAt, ...rest }: ApproverView) => ({
  ...rest,
  enrolledAt: iso(enrolledAt),
  ...(revokedAt !== undefined && { revokedAt: iso(revokedAt) }),
});
