import { deleteAccount } from '../accounts/delete-account.ts';
import { undoPlanChange } from '../keys/change-plan/undo-plan-change.ts';
import { undoCreate } from '../keys/create-key.ts';
import { finishEnd } from '../keys/revoke-key.ts';
import { undoRotation } from '../keys/rotate-key.ts';
import type { Action, Intent, ReconcilePorts } from './ports.ts';

/** Finishes an interrupted operation on a key: undoes what creates or changes something, completes what ends something. */
export async function finishKeyIntent(
  ports: ReconcilePorts,
  intent: Intent,
  dryRun: boolean,
): Promise<Action> {
  const { subject, userId } = intent;
  const act = async (kind: Action['kind'], work: () => Promise<void>): Promise<Action> => {
    if (!dryRun) await work();
    return { kind, subject };
  };
  const record = await ports.records.find(userId, subject);
  if (record?.status === 'creating') return act('undo-create', () => undoCreate(ports, record));
  if (record?.status === 'active' && record.rotation !== undefined) {
    const { rotation } = record;
    return act('undo-rotate', async () => void (await undoRotation(ports, record, rotation)));
  }
  if (record?.status === 'active' && record.planChange !== undefined) {
    const { planChange } = record;
    return act('undo-change-plan', async () => void (await undoPlanChange(ports, record, planChange)));
  }
  if (record?.status === 'revoked' || record?.status === 'expired') {
    return act('finish-end', () => finishEnd(ports, record));
  }
  // The operation was complete, and only its intent was left.
  return act('drop-intent', () => ports.intents.remove(intent));
}

/** Asks Stripe again, and moves keys off plans that are no longer paid for. */
export async function finishBilling(ports: ReconcilePorts, intent: Intent, dryRun: boolean): Promise<Action> {
  const { subject, userId } = intent;
  // Left from when plans were sold.
  if (ports.billingWork === undefined) {
    if (!dryRun) await ports.intents.remove(intent);
    return { kind: 'drop-intent', subject };
  }
  if (!dryRun) await ports.billingWork.finish(userId);
  return { kind: 'finish-billing', subject };
}

/** Continues the deletion of an account for as long as there is time. */
export async function finishDeletion(
  ports: ReconcilePorts,
  { subject, userId }: Intent,
  dryRun: boolean,
  hasTime: () => boolean,
): Promise<Action> {
  const outcome = dryRun ? 'deleted' : await deleteAccount(ports, userId, hasTime);
  return { kind: outcome === 'deleted' ? 'finish-delete-user' : 'go-on-delete-user', subject };
}
