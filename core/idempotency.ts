import { createHash } from 'node:crypto';
import { DaypassError } from './errors.ts';
import type { InReservedTime } from './ports.ts';

/** What is kept of a call with an `Idempotency-Key`, for a day. */
export type IdempotencyState =
  | { state: 'new' }
  /** Another call with the key is under way. */
  | { state: 'running'; bodyHash: string }
  /** The answer of the first call, sealed: it may hold a key value. */
  | { state: 'done'; bodyHash: string; sealed: string };

export interface IdempotencyScope {
  userId: string;
  /** The operation, so that one key may be used for different ones. */
  operation: string;
  /** SHA-256 of the caller's `Idempotency-Key`. */
  keyHash: string;
}

export interface IdempotencyRecords {
  /** Takes the key for this call when it is free (or was left by a call cut off long ago). */
  begin(scope: IdempotencyScope, bodyHash: string, now: number): Promise<IdempotencyState>;
  finish(scope: IdempotencyScope, sealed: string): Promise<void>;
  /** Frees the key again after a failure, so that the caller can retry. */
  release(scope: IdempotencyScope): Promise<void>;
}

/** Encryption bound to a scope: what was sealed for one can't be opened for another. */
export interface Sealer {
  seal(scope: IdempotencyScope, text: string): Promise<string>;
  open(scope: IdempotencyScope, sealed: string): Promise<string>;
}

export interface IdempotencyPorts {
  idempotency: IdempotencyRecords;
  sealer: Sealer;
  clock: { now(): number };
  inReservedTime: InReservedTime;
  /** Told when an answer could not be kept for repeats. */
  onNotKept(error: unknown): void;
}

const keyForm = /^[\x21-\x7e]{1,255}$/;

/**
 * Runs `work` once for an `Idempotency-Key`: repeating the call within 24 hours gives the first answer again,
 * the key value included, which is kept only sealed.
 * @throws DaypassError `invalid_request` (form), `idempotency_mismatch` (another body), `idempotency_busy`
 */
export async function onceFor<T>(
  ports: IdempotencyPorts,
  call: { userId: string; operation: string; key: string | undefined; body: unknown },
  work: () => Promise<T>,
): Promise<T> {
  if (call.key === undefined) return work();
  if (!keyForm.test(call.key)) {
    throw new DaypassError('invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters.', {
      param: 'Idempotency-Key',
    });
  }
  const scope = { userId: call.userId, operation: call.operation, keyHash: sha256(call.key) };
  const bodyHash = sha256(JSON.stringify(call.body));
  const found = await ports.idempotency.begin(scope, bodyHash, ports.clock.now());
  if (found.state === 'new') return runOnce(ports, scope, work);
  if (found.bodyHash !== bodyHash) {
    throw new DaypassError(
      'idempotency_mismatch',
      'This Idempotency-Key was used with another body. Use a new one.',
      {
        param: 'Idempotency-Key',
      },
    );
  }
  if (found.state === 'running') {
    throw new DaypassError(
      'idempotency_busy',
      'The first call with this Idempotency-Key is still under way.',
      {
        param: 'Idempotency-Key',
        retryAfterSeconds: 1,
      },
    );
  }
  return JSON.parse(await ports.sealer.open(scope, found.sealed)) as T;
}

async function runOnce<T>(
  ports: IdempotencyPorts,
  scope: IdempotencyScope,
  work: () => Promise<T>,
): Promise<T> {
  const release = () => ports.inReservedTime(() => ports.idempotency.release(scope)).catch(ports.onNotKept);
  let answer: T;
  try {
    answer = await work();
  } catch (error) {
    await release();
    throw error;
  }
  try {
    await ports.inReservedTime(async () => {
      await ports.idempotency.finish(scope, await ports.sealer.seal(scope, JSON.stringify(answer)));
    });
  } catch (error) {
    // The work is done and its answer exists only here: handing it over matters more than repeating it later.
    ports.onNotKept(error);
    await release();
  }
  return answer;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
