import type { ApproverKey } from '../plan/approver-key.ts';
import { build } from './schema.ts';
import type { Step } from './step.ts';
import type { StoreWrite } from './store.ts';

export const putApprover = (key: ApproverKey): readonly Step[] => [
  build.insertInto('approvers').values({
    id: key.keyId,
    person: key.person,
    public_key: key.publicKey,
    enrolled_at: key.enrolledAt,
    enrolled_by: key.enrolledBy,
    signed_by: key.signedBy ?? null,
    signature: key.signature ?? null,
    revoked_at: key.revokedAt ?? null,
    revoked_by: key.revokedBy ?? null,
  }),
];

export const revokeApprover = (write: Extract<StoreWrite, { readonly kind: 'approver-revoke' }>): readonly Step[] => [
  build
    .updateTable('approvers')
    .set({ revoked_at: write.at, revoked_by: write.by })
    .where('id', '=', write.keyId)
    .where('revoked_at', 'is', null),
];
