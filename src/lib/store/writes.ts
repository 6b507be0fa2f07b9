import { dropPlanSecrets, putPlanSecret } from './plan-secrets.ts';
import type { Step } from './step.ts';
import type { StoreWrite } from './store.ts';
import { putApprover, revokeApprover } from './write-approvers.ts';
import { holdLease, putCredential, putDevice, releaseLease, removeDevice, renewLease, takeLease } from './write-devices.ts';
import { appendLedger } from './write-ledger.ts';
import {
  appendJournal,
  consumeApproval,
  controlRun,
  decidePlan,
  endRun,
  insertPlan,
  moveTarget,
  putApproval,
  startRun,
} from './write-plans.ts';

/** A write of the contract as statements, each of which must change exactly one row. */
export function stepsOf(write: StoreWrite): readonly Step[] {
  switch (write.kind) {
    case 'device-put':
      return putDevice(write.device);
    case 'device-remove':
      return removeDevice(write.deviceId);
    case 'credential-put':
      return putCredential(write.credential);
    case 'plan-insert':
      return insertPlan(write.plan, write.state);
    case 'plan-secret-put':
      return putPlanSecret(write.secret);
    case 'plan-secret-drop':
      return dropPlanSecrets(write.planId, write.deviceId);
    case 'target-move':
      return moveTarget(write);
    case 'plan-decide':
      return decidePlan(write);
    case 'approval-put':
      return putApproval(write.approval);
    case 'approval-consume':
      return consumeApproval(write);
    case 'approver-put':
      return putApprover(write.key);
    case 'approver-revoke':
      return revokeApprover(write);
    case 'run-start':
      return startRun(write.run);
    case 'run-end':
      return endRun(write);
    case 'run-control':
      return controlRun(write);
    case 'lease-hold':
      return holdLease(write);
    case 'journal':
      return appendJournal(write.record);
    case 'ledger':
      return appendLedger(write.record);
    case 'lease-take':
      return takeLease(write);
    case 'lease-renew':
      return renewLease(write);
    case 'lease-release':
      return releaseLease(write);
  }
}
