import { type Notice, noticeMail } from '../mail/notices.ts';
import type { Pass } from './attempt-and-park.ts';
import { change } from './pause.ts';
import { sendClaimed } from './send-claimed.ts';

/**
 * Mails users what became of their account. Of several notes about a user only the newest is mailed: whoever was suspended and
 * restored in between is told of the last.
 */
export async function sendNotices(pass: Pass): Promise<void> {
  const { ports, report } = pass;
  const { notices } = ports;
  if (notices === undefined) return;
  const due = await notices.due.list();
  const newest = new Map(due.map((notice): [string, Notice] => [notice.userId, notice]));
  for (const notice of due) {
    if (!pass.hasTime()) return;
    const isNewest = newest.get(notice.userId) === notice;
    if ((await change(pass, () => notices.due.claim(notice))) === false) continue;
    if (!isNewest) continue;
    const outcome = report.dryRun
      ? 'sent'
      : await sendClaimed(pass, notices, noticeMail(notice), () => notices.due.release(notice));
    if (outcome === 'later') return;
    if (outcome === 'sent') report.actions.push({ kind: 'tell', subject: notice.userId });
  }
}
