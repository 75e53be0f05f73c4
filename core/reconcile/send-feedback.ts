import { feedbackMail } from '../feedback/send-feedback.ts';
import type { Pass } from './attempt-and-park.ts';
import { change } from './pause.ts';
import { sendClaimed } from './send-claimed.ts';

/** Mails the operator what users have written. */
export async function sendDueFeedback(pass: Pass): Promise<void> {
  const { ports, report } = pass;
  const { feedback } = ports;
  if (feedback === undefined) return;
  for (const written of await feedback.due.list()) {
    if (!pass.hasTime()) return;
    if ((await change(pass, () => feedback.due.claim(written))) === false) continue;
    const outcome = report.dryRun
      ? 'sent'
      : await sendClaimed(pass, feedback, feedbackMail(feedback.to, written), () =>
          feedback.due.release(written),
        );
    if (outcome === 'later') return;
    if (outcome === 'sent') report.actions.push({ kind: 'mail-feedback', subject: written.userId });
  }
}
