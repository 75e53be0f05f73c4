import { deleteAccount } from '../accounts/delete-account.ts';
import { undoPlanChange } from '../keys/change-plan/undo-plan-change.ts';
import { undoCreate } from '../keys/create-key.ts';
import { finishEnd } from '../keys/revoke-key.ts';
import { undoRotation } from '../keys/rotate-key.ts';
import type { Pass } from './attempt-and-park.ts';
import { act, change, isPaused } from './pause.ts';
import type { ActionKind, Intent } from './ports.ts';

/** Finishes an interrupted operation on a key: undoes what creates or changes something, completes what ends something. */
export async function finishKeyIntent(pass: Pass, intent: Intent): Promise<void> {
  const { ports } = pass;
  const { subject, userId } = intent;
  const finish = (kind: ActionKind, work: () => Promise<unknown>) => act(pass, { kind, subject }, work);
  const record = await ports.records.find(userId, subject);
  if (record?.status === 'creating') return finish('undo-create', () => undoCreate(ports, record));
  if (record?.status === 'active' && record.rotation !== undefined) {
    const { rotation } = record;
    return finish('undo-rotate', () => undoRotation(ports, record, rotation));
  }
  if (record?.status === 'active' && record.planChange !== undefined) {
    const { planChange } = record;
    return finish('undo-change-plan', () => undoPlanChange(ports, record, planChange));
  }
  if (record?.status === 'revoked' || record?.status === 'expired') {
    return finish('finish-end', () => finishEnd(ports, record));
  }
  // The operation was complete, and only its intent was left.
  return finish('drop-intent', () => ports.intents.remove(intent));
}

/** Asks Stripe again, and moves keys off plans that are no longer paid for. */
export async function finishBilling(pass: Pass, intent: Intent): Promise<void> {
  const { subject, userId } = intent;
  const { billingWork, intents } = pass.ports;
  // Left from when plans were sold.
  if (billingWork === undefined)
    return act(pass, { kind: 'drop-intent', subject }, () => intents.remove(intent));
  return act(pass, { kind: 'finish-billing', subject }, () => billingWork.finish(userId));
}

/** Continues the deletion of an account for as long as there is time, and no pause. */
export async function finishDeletion(
  pass: Pass,
  { subject, userId }: Intent,
  hasTime: () => boolean,
): Promise<void> {
  const { ports, report } = pass;
  const mayGoOn = async () => hasTime() && !(await isPaused(pass));
  const outcome = await change(pass, () => deleteAccount(ports, userId, mayGoOn));
  const isWhole = outcome !== 'unfinished';
  if (!isWhole) report.complete = false;
  report.actions.push({ kind: isWhole ? 'finish-delete-user' : 'go-on-delete-user', subject });
}
