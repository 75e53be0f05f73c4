import { spendWarningMail } from '../mail/spend-warning-mail.ts';
import type { SpendWarning } from '../metering/ports.ts';
import { reachedStep } from '../metering/spend-warnings.ts';
import type { Pass } from './attempt-and-park.ts';
import { change } from './pause.ts';
import type { WarningMails } from './ports.ts';
import { sendClaimed } from './send-claimed.ts';

/**
 * Mails what limits in dollars have reached: to users who want that, and of the ceilings to the operator. Each step of a
 * window is mailed once. A mail of which it is unknown whether it was taken counts as mailed.
 */
export async function sendWarnings(pass: Pass): Promise<void> {
  const { ports, report } = pass;
  const mails = ports.warnings;
  if (mails === undefined) return;
  const noted = await mails.due.list();
  const due = [...highest(noted), ...(await ofDeployment(mails, ports.clock.now()))];
  for (const warning of due) {
    if (!pass.hasTime()) return;
    const to = await recipient(mails, warning);
    if (to === undefined || warning.resetsAt <= ports.clock.now()) continue;
    if (report.dryRun) {
      report.actions.push({ kind: 'warn', subject: subjectOf(warning) });
      continue;
    }
    if (!(await change(pass, () => mails.due.claim(warning)))) continue;
    const mail = spendWarningMail(to, warning, await keyName(pass, warning));
    const outcome = await sendClaimed(pass, mails, mail, () => mails.due.release(warning));
    // Its note stays, and so do those of the others.
    if (outcome === 'later') return;
    if (outcome === 'sent') report.actions.push({ kind: 'warn', subject: subjectOf(warning) });
  }
  for (const warning of noted) await change(pass, () => mails.due.remove(warning));
}

const subjectOf = ({ of, keyId, userId }: SpendWarning) => (of === 'key' ? keyId : userId) ?? of;

/** Of each limit and window the highest step that was noted. */
function highest(noted: readonly SpendWarning[]): SpendWarning[] {
  const byLimit = new Map<string, SpendWarning>();
  for (const warning of noted) {
    const name = [warning.of, subjectOf(warning), warning.window, warning.resetsAt].join('#');
    if ((byLimit.get(name)?.step ?? 0) < warning.step) byLimit.set(name, warning);
  }
  return [...byLimit.values()];
}

async function ofDeployment(mails: WarningMails, now: number): Promise<SpendWarning[]> {
  if (mails.operator === undefined) return [];
  const ceilings = await mails.due.readCeilings(now);
  return ceilings.flatMap((standing) => {
    const { window, limit, resetsAt } = standing;
    const step = reachedStep(standing);
    return step === undefined ? [] : [{ of: 'deployment', step, window, limit, resetsAt } as const];
  });
}

/** @returns undefined if the user doesn't want warnings, or is gone */
async function recipient(mails: WarningMails, { of, userId }: SpendWarning): Promise<string | undefined> {
  if (of === 'deployment') return mails.operator;
  return userId === undefined ? undefined : mails.addressOf(userId);
}

async function keyName({ ports }: Pass, { of, userId, keyId }: SpendWarning): Promise<string | undefined> {
  if (of !== 'key' || userId === undefined || keyId === undefined) return undefined;
  return (await ports.records.find(userId, keyId))?.name ?? keyId;
}
