import { Logger } from '@aws-lambda-powertools/logger';
import type { UnknownStop } from '../core/chat/settle-at-end.ts';
import { DaypassError } from '../core/errors.ts';

/** JSON lines for CloudWatch. Fields are logged one by one: no bodies, headers, secrets or tokens. */
export const logger = new Logger();

/**
 * An error's name and where it was thrown, without its message: those of parsers and services may quote what the caller
 * sent.
 */
export function describeCause(error: unknown): { name: string; at: string[] } | undefined {
  const cause = error instanceof DaypassError && error.cause !== undefined ? error.cause : error;
  if (!(cause instanceof Error)) return undefined;
  return { name: cause.name, at: framesOf(cause).slice(0, 6) };
}

/** A stack begins with the message, whose lines may look like frames: take only what follows it. */
function framesOf({ message, stack = '' }: Error): string[] {
  const lines = stack
    .slice(stack.includes(message) ? stack.indexOf(message) + message.length : 0)
    .split('\n');
  const last = lines.findLastIndex((line) => !/^ {4}at .+(:\d+:\d+\)?|\))$/.test(line));
  return lines.slice(last + 1).map((line) => line.trim());
}

/** An undo or clean-up that failed. Its intent stays, and the reconciler finishes it. */
export function logUndoFailed(step: string, keyId: string, error: unknown): void {
  logger.error('clean-up failed', { step, keyId, cause: describeCause(error) });
}

/** A repair that failed and is tried again by the next pass. */
export function logReconcileFailed(subject: string, error: unknown): void {
  logger.error('repair failed', { subject, cause: describeCause(error) });
}

/** An intent that failed so often that an operator must look at it; an alarm counts this line. */
export function logReconcileParked(subject: string, failures: number): void {
  logger.error('intent parked', { subject, failures });
}

export function logPass({
  actions,
  ...report
}: {
  actions: readonly { kind: string; subject: string }[];
}): void {
  logger.info('reconciled', { ...report, actions: actions.slice(0, 50), actionCount: actions.length });
}

/** An answer that its Idempotency-Key can't repeat. */
export function logAnswerNotKept(error: unknown): void {
  logger.error('answer not kept', { cause: describeCause(error) });
}

/** An answer that broke off after its 200, so that only its body says what failed. */
export function logAnswerBroke(requestId: string, error: unknown): void {
  const code = error instanceof DaypassError ? error.code : undefined;
  // Nobody waits for this answer, and its usage is on record.
  if (code === 'caller_left') return;
  logger.error('answer broke off', {
    requestId,
    ...(code !== undefined && { code }),
    cause: describeCause(error),
  });
}

/** A stop reason that the provider has added: its callers are told that the answer may not be whole. */
export function logUnknownStop({ requestId, model, provider, stopReason }: UnknownStop): void {
  logger.warn('unknown stop reason', { requestId, model, provider, stopReason });
}

/** How much of the day's spend ceiling is used up. Alarms watch the number. */
export function logSpendRead(reading: { spentNanoDollars: number; ceilingNanoDollars: number }): void {
  const { spentNanoDollars, ceilingNanoDollars } = reading;
  const spentPercent = Math.floor((1000 * spentNanoDollars) / ceilingNanoDollars) / 10;
  logger.info('spend read', { spentPercent, spentDollars: spentNanoDollars / 1e9 });
}

/** A charge that could not be settled or refunded. */
export function logMeterFailed(step: string, error: unknown): void {
  logger.error('metering failed', { step, cause: describeCause(error) });
}
