import { liveKeys } from '../keys/hold-keys.ts';
import { meterIdOf } from '../keys/standing.ts';
import { type Mail, MailNotSent } from '../mail/ports.ts';
import { dayMs, dayOf } from '../metering/windows.ts';
import type { Pass } from './attempt-and-park.ts';
import { act } from './pause.ts';
import type { StandingRecord } from './ports.ts';

type User = StandingRecord & { userId: string };

/**
 * Closes the account of an active user if it has ended, or if nobody has used it for long and the user was told in time. Only
 * users with live keys are looked at: without one, an account does nothing until its user logs in.
 * @returns whether it is closed now
 */
export async function closeIfOver(pass: Pass, user: User): Promise<boolean> {
  const { ports } = pass;
  const now = ports.clock.now();
  if (user.endsAt !== undefined && user.endsAt <= now) return close(pass, user, 'ended');
  if (ports.mailer === undefined || !user.email) return false;
  const { dormantAfterDays, noticeDays } = ports.accounts;
  if (user.endsAt !== undefined && user.endsAt - now <= noticeDays * dayMs) {
    await tellOfEnd(pass, { ...user, email: user.email, endsAt: user.endsAt });
    return false;
  }
  if (dormantAfterDays === undefined) return false;
  const since = now - dormantAfterDays * dayMs;
  const { lastSeenAt = user.createdAt ?? now, dormancyToldAt } = user;
  // Reading the keys is left out for whoever was there lately.
  if (lastSeenAt > since) return false;
  const lastUsedAt = Math.max(lastSeenAt, await lastUseOf(pass, user.userId));
  if (lastUsedAt > since) return false;
  const wasTold = dormancyToldAt !== undefined && dormancyToldAt > lastUsedAt;
  if (wasTold) return now - dormancyToldAt < noticeDays * dayMs ? false : close(pass, user, 'dormant');
  const { email, userId } = user;
  await act(pass, { kind: 'tell-dormant', subject: userId }, async () => {
    await tell(pass, email, { lastUsedAt, closesAt: now + noticeDays * dayMs });
    await ports.standings.toldOfDormancy(userId, now);
  });
  return false;
}

/** Whoever is told of the end isn't told of dormancy, too. */
async function tellOfEnd(pass: Pass, user: User & { email: string; endsAt: number }): Promise<void> {
  const { standings, clock } = pass.ports;
  if (user.endToldFor === user.endsAt) return;
  await act(pass, { kind: 'tell-end', subject: user.userId }, () => standings.tellOfEnd(user, clock.now()));
}

async function close(pass: Pass, { userId, email }: User, because: 'ended' | 'dormant'): Promise<true> {
  const { standings, mailer, clock } = pass.ports;
  const to = mailer === undefined || !email ? undefined : email;
  await act(pass, { kind: 'close', subject: userId }, () =>
    standings.close(userId, because, clock.now(), to),
  );
  return true;
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
