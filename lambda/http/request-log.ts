import { Logger } from '@aws-lambda-powertools/logger';
import type middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { UnknownStop } from '../../core/chat/settle-at-end.ts';
import { DaypassError } from '../../core/errors.ts';
import { requestIdOf } from './api-request.ts';

/** JSON lines for CloudWatch. What is logged is chosen field by field: no bodies, headers, keys or tokens. */
export const logger = new Logger();

/** One line a request, and the cause of whatever was answered with a 5xx. */
export function logRequest(): middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const startedAt = new WeakMap<object, number>();
  const finish: middy.MiddlewareFn<APIGatewayProxyEvent, APIGatewayProxyResult> = ({
    event,
    context,
    response,
    error,
  }) => {
    const status = response?.statusCode ?? 500;
    const { requestContext } = event;
    const fields = {
      requestId: requestIdOf(event, context),
      method: event.httpMethod,
      route: event.resource,
      status,
      durationMs: Math.round(performance.now() - (startedAt.get(event) ?? performance.now())),
      userId: requestContext.authorizer?.claims?.sub as string | undefined,
      apiKeyId: requestContext.identity.apiKeyId ?? undefined,
      ...(error instanceof DaypassError && { code: error.code }),
    };
    if (status >= 500) logger.error('request failed', { ...fields, cause: describeCause(error) });
    else logger.info('request', fields);
  };
  return {
    before: ({ event }) => void startedAt.set(event, performance.now()),
    after: finish,
    onError: finish,
  };
}

/**
 * An error's name and where it was thrown. Its message is left out: those of parsers and services may quote
 * what the caller sent.
 */
function describeCause(error: unknown): { name: string; at: string[] } | undefined {
  const cause = error instanceof DaypassError && error.cause !== undefined ? error.cause : error;
  if (!(cause instanceof Error)) return undefined;
  return { name: cause.name, at: framesOf(cause).slice(0, 6) };
}

/** A stack begins with the message, whose lines may look like frames; the frames are what stands after it. */
function framesOf({ message, stack = '' }: Error): string[] {
  const lines = stack
    .slice(stack.includes(message) ? stack.indexOf(message) + message.length : 0)
    .split('\n');
  const last = lines.findLastIndex((line) => !/^ {4}at .+(:\d+:\d+\)?|\))$/.test(line));
  return lines.slice(last + 1).map((line) => line.trim());
}

/** An undo or clean-up that failed: its written intent stays, and the reconciler finishes it. */
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

/** An answer that can't be repeated for its Idempotency-Key. */
export function logAnswerNotKept(error: unknown): void {
  logger.error('answer not kept', { cause: describeCause(error) });
}

/** An answer that broke off after its 200: what failed is told in its body alone. */
export function logAnswerBroke(requestId: string, error: unknown): void {
  const code = error instanceof DaypassError ? error.code : undefined;
  // Nobody waits for this one, and the books tell of it.
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

/** How much of the day's spend ceiling is used up; alarms watch the number. */
export function logSpendRead(reading: { spentNanoDollars: number; ceilingNanoDollars: number }): void {
  const { spentNanoDollars, ceilingNanoDollars } = reading;
  const spentPercent = Math.floor((1000 * spentNanoDollars) / ceilingNanoDollars) / 10;
  logger.info('spend read', { spentPercent, spentDollars: spentNanoDollars / 1e9 });
}

/** A charge that could not be settled or given back. */
export function logBooksFailed(step: string, error: unknown): void {
  logger.error('books failed', { step, cause: describeCause(error) });
}
