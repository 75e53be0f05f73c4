import type { UnknownStop } from '../core/chat/settle-at-end.ts';
import { DaypassError } from '../core/errors.ts';
import type { MailNotSent } from '../core/mail/ports.ts';
import { requestIds } from './request-ids.ts';

/** JSON lines for CloudWatch, with the ids of the request. Fields are logged one by one: no bodies, headers, secrets or tokens. */
export const logger = {
  info: (message: string, fields: object) => write('INFO', message, fields),
  warn: (message: string, fields: object) => write('WARN', message, fields),
  error: (message: string, fields: object) => write('ERROR', message, fields),
};

/** From this one on, lines are written; by any other name, none. */
const levels = ['INFO', 'WARN', 'ERROR'] as const;

function write(level: (typeof levels)[number], message: string, fields: object): void {
  const { SERVICE_NAME: service, LOG_LEVEL: least = 'INFO' } = process.env;
  const from = levels.indexOf(least as (typeof levels)[number]);
  if (from < 0 || levels.indexOf(level) < from) return;
  const timestamp = new Date().toISOString();
  // X-Ray's id of this call: `Root=1-…;Parent=…`
  const xray_trace_id = process.env._X_AMZN_TRACE_ID?.split(';')[0]?.replace('Root=', '');
  process.stdout.write(
    `${JSON.stringify({ level, message, timestamp, service, xray_trace_id, ...requestIds(), ...fields })}\n`,
  );
}

/** An error's name and stack without its message, since messages of parsers and services may quote what the caller sent. */
export function describeCause(error: unknown): { name: string; at: string[] } | undefined {
  const cause = error instanceof DaypassError && error.cause !== undefined ? error.cause : error;
  if (!(cause instanceof Error)) return undefined;
  return { name: cause.name, at: framesOf(cause).slice(0, 6) };
}

/** A stack begins with the message, whose lines may look like frames, so only what follows counts. */
function framesOf({ message, stack = '' }: Error): string[] {
  const lines = stack
    .slice(stack.includes(message) ? stack.indexOf(message) + message.length : 0)
    .split('\n');
  const last = lines.findLastIndex((line) => !/^ {4}at .+(:\d+:\d+\)?|\))$/.test(line));
  return lines.slice(last + 1).map((line) => line.trim());
}

/** An undo or clean-up failed. Its intent stays, and the reconciler finishes it. */
export function logUndoFailed(step: string, keyId: string, error: unknown): void {
  logger.error('clean-up failed', { step, keyId, cause: describeCause(error) });
}

/** Keys were not moved after an event of Stripe's. Its intent stays, and the reconciler finishes it. */
export function logRebindFailed(userId: string, error: unknown): void {
  logger.warn('keys not moved yet', { userId, cause: describeCause(error) });
}

/** A repair failed. The next pass tries it again. */
export function logReconcileFailed(subject: string, error: unknown): void {
  logger.error('repair failed', { subject, cause: describeCause(error) });
}

/** An answer was sent, but its Idempotency-Key can't repeat it. */
export function logAnswerNotKept(error: unknown): void {
  logger.error('answer not kept', { cause: describeCause(error) });
}

/** The sealed text of a one-time message was left where it was. Its key is gone, and it expires. */
export function logTextNotRemoved(error: unknown): void {
  logger.error('sealed text not removed', { cause: describeCause(error) });
}

/** An answer broke off after its 200, so that only its body says what failed. */
export function logAnswerBroke(requestId: string, model: string, error: unknown): void {
  const code = error instanceof DaypassError ? error.code : undefined;
  // The caller has left, and the call is settled.
  if (code === 'caller_left') return;
  logger.error('answer broke off', {
    requestId,
    model,
    ...(code !== undefined && { code }),
    cause: describeCause(error),
  });
}

/** The provider has a new stop reason. Callers are told that the answer may be incomplete. */
export function logUnknownStop({ requestId, model, provider, stopReason }: UnknownStop): void {
  logger.warn('unknown stop reason', { requestId, model, provider, stopReason });
}

/** A user's list of calls lacks a refusal. Nothing else depends on it. */
export function logRefusalNotRecorded(error: unknown): void {
  logger.warn('refusal not recorded', { cause: describeCause(error) });
}

/** A warning of spend may not be mailed before a later call notes it again. */
export function logWarningNotNoted(error: unknown): void {
  logger.warn('spend warning not noted', { cause: describeCause(error) });
}

/** A session is missing from its user's list until it is used again, or is shown as used earlier than it was. */
export function logSessionNotRecorded(error: unknown): void {
  logger.warn('session not recorded', { cause: describeCause(error) });
}

/** The admins' view of health lacks the alarms. */
export function logAlarmsNotRead(error: unknown): void {
  logger.warn('alarms not read', { cause: describeCause(error) });
}

/** SES did not take a mail. Without its address, and with SES's own word for why. */
export function logMailNotSent({ outcome, reason }: MailNotSent): void {
  logger.error('mail not sent', { outcome, reason });
}
