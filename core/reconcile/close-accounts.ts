import { liveKeys } from '../keys/hold-keys.ts';
import { meterIdOf } from '../keys/standing.ts';
import { type Mail, MailNotSent } from '../mail/ports.ts';
import { dayMs, dayOf } from '../metering/windows.ts';
import type { Pass } from './attempt-and-park.ts';
import type { Action, StandingRecord } from './ports.ts';

type User = StandingRecord & { userId: string };

/**
 * Closes the account of an active user if it has ended, or if nobody has used it for long and the user was told in time. Only
 * users with live keys are looked at: without one, an account does nothing until its user logs in.
 */
export async function closeIfOver(pass: Pass, user: User): Promise<Action[]> {
  const { ports, report } = pass;
  const now = ports.clock.now();
  if (user.endsAt !== undefined && user.endsAt <= now) return close(pass, user, 'ended');
  if (ports.mailer === undefined || !user.email) return [];
  const { dormantAfterDays, noticeDays } = ports.accounts;
  if (user.endsAt !== undefined && user.endsAt - now <= noticeDays * dayMs) {
    return tellOfEnd(pass, { ...user, email: user.email, endsAt: user.endsAt });
  }
  if (dormantAfterDays === undefined) return [];
  const since = now - dormantAfterDays * dayMs;
  const { lastSeenAt = user.createdAt ?? now, dormancyToldAt } = user;
  // Reading the keys is left out for whoever was there lately.
  if (lastSeenAt > since) return [];
  const lastUsedAt = Math.max(lastSeenAt, await lastUseOf(pass, user.userId));
  if (lastUsedAt > since) return [];
  const wasTold = dormancyToldAt !== undefined && dormancyToldAt > lastUsedAt;
  if (wasTold) return now - dormancyToldAt < noticeDays * dayMs ? [] : close(pass, user, 'dormant');
  if (!report.dryRun) {
    await tell(pass, user.email, { lastUsedAt, closesAt: now + noticeDays * dayMs });
    await ports.standings.toldOfDormancy(user.userId, now);
  }
  return [{ kind: 'tell-dormant', subject: user.userId }];
}

/** Whoever is told of the end isn't told of dormancy, too. */
async function tellOfEnd(
  { ports, report }: Pass,
  user: User & { email: string; endsAt: number },
): Promise<Action[]> {
  if (user.endToldFor === user.endsAt) return [];
  if (!report.dryRun) await ports.standings.tellOfEnd(user, ports.clock.now());
  return [{ kind: 'tell-end', subject: user.userId }];
}

async function close(
  { ports, report }: Pass,
  { userId, email }: User,
  because: 'ended' | 'dormant',
): Promise<Action[]> {
  const to = ports.mailer === undefined || !email ? undefined : email;
  if (!report.dryRun) await ports.standings.close(userId, because, ports.clock.now(), to);
  return [{ kind: 'close', subject: userId }];
}

/** When a call was last charged to one of the user's keys; 0: never. */
async function lastUseOf({ ports }: Pass, userId: string): Promise<number> {
  const ids = (await liveKeys(ports.records, userId)).map((key) => meterIdOf(key) ?? '');
  const counters = await ports.meters.read(ids);
  return Math.max(0, ...[...counters.values()].map(({ lastUsedAt = 0 }) => lastUsedAt));
}

/** If it is unknown whether the mail was taken, it counts as sent: nobody is told twice. */
async function tell(
  { ports }: Pass,
  to: string,
  { lastUsedAt, closesAt }: { lastUsedAt: number; closesAt: number },
): Promise<void> {
  const mail: Mail = {
    to,
    kind: 'closing',
    values: { day: dayOf(closesAt), lastUse: dayOf(lastUsedAt) },
    subject: 'Your API account is about to be closed',
    text: [
      `Nobody has used your account for this service since ${dayOf(lastUsedAt)}.`,
      `It will be closed on ${dayOf(closesAt)}: your API keys stop working then.`,
      'To keep it, log in or make a call with one of your keys before that day. If it is closed, logging in opens it again.',
    ].join('\n\n'),
  };
  await ports.mailer?.send(mail).catch((error: unknown) => {
    if (!(error instanceof MailNotSent && error.outcome === 'unknown')) throw error;
  });
}
