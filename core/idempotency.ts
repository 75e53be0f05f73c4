import { createHash, randomUUID } from 'node:crypto';
import type { InReservedTime } from './clock.ts';
import { idempotencyKey } from './contract/key-requests.ts';
import { DaypassError } from './errors.ts';

/** How long the answer to a call with an `Idempotency-Key` is kept. */
export const answerLifeMs = 24 * 3_600_000;

/** What is kept of such a call. */
export type IdempotencyState =
  | { state: 'new' }
  /** Another call with the key is in progress. */
  | { state: 'running'; bodyHash: string }
  /** The first call's answer, sealed, since it may contain a secret. */
  | { state: 'done'; bodyHash: string; sealed: string };

export interface IdempotencyScope {
  userId: string;
  /** The operation, so that one key may be used for different ones. */
  operation: string;
  /** SHA-256 of the caller's `Idempotency-Key`. */
  keyHash: string;
}

/** One call with the key. Each call has its own id. */
export interface IdempotentCall extends IdempotencyScope {
  callId: string;
}

export interface IdempotencyRecords {
  /** Takes the key for this call if it is free, or was taken long ago by an interrupted call. */
  begin(call: IdempotentCall, bodyHash: string, now: number): Promise<IdempotencyState>;
  /** Keeps the answer, if the key still belongs to this call. */
  finish(call: IdempotentCall, sealed: string): Promise<void>;
  /** Frees the key after a failure, so that the caller can retry; does nothing if another call has it, or an answer is kept. */
  release(call: IdempotentCall): Promise<void>;
}

/** Encrypts for a scope: what is sealed for one can't be opened for another. */
export interface Sealer {
  seal(scope: IdempotencyScope, text: string): Promise<string>;
  open(scope: IdempotencyScope, sealed: string): Promise<string>;
}

export interface IdempotencyPorts {
  idempotency: IdempotencyRecords;
  sealer: Sealer;
  clock: { now(): number };
  inReservedTime: InReservedTime;
  /** Called when an answer could not be kept for repeats. */
  onNotKept(error: unknown): void;
}

export interface Once<Answer, Kept> {
  work(): Promise<Answer>;
  /** The part of the answer that a repeat needs. It is sealed by KMS, which takes at most 4,096 bytes. */
  keep(answer: Answer): Kept;
  /** The answer to a repeat. */
  repeat(kept: Kept): Promise<Answer>;
}

/**
 * Runs `work` once for an `Idempotency-Key`. What a repeat needs is kept for 24 hours, sealed, since it may contain a
 * secret.
 * @throws DaypassError `invalid_request` (form), `idempotency_mismatch` (another body), `idempotency_busy`
 */
export async function onceFor<Answer, Kept>(
  ports: IdempotencyPorts,
  call: { userId: string; operation: string; key: string | undefined; body: unknown },
  once: Once<Answer, Kept>,
): Promise<Answer> {
  if (call.key === undefined) return once.work();
  if (!idempotencyKey.safeParse(call.key).success) {
    throw new DaypassError('invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters.', {
      param: 'Idempotency-Key',
    });
  }
  const mine = {
    userId: call.userId,
    operation: call.operation,
    keyHash: sha256(call.key),
    callId: randomUUID(),
  };
  const bodyHash = sha256(JSON.stringify(call.body));
  const found = await begin(ports, mine, bodyHash);
  if (found.state === 'new') return runOnce(ports, mine, once);
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
  return once.repeat(JSON.parse(await ports.sealer.open(mine, found.sealed)) as Kept);
}

/** Frees the key if the reply was lost, since it would otherwise block the caller's retry. */
async function begin(
  ports: IdempotencyPorts,
  call: IdempotentCall,
  bodyHash: string,
): Promise<IdempotencyState> {
  try {
    return await ports.idempotency.begin(call, bodyHash, ports.clock.now());
  } catch (error) {
    await release(ports, call);
    throw error;
  }
}

async function runOnce<Answer, Kept>(
  ports: IdempotencyPorts,
  call: IdempotentCall,
  { work, keep }: Once<Answer, Kept>,
): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await work();
  } catch (error) {
    await release(ports, call);
    throw error;
  }
  try {
    await ports.inReservedTime(async () => {
      await ports.idempotency.finish(call, await ports.sealer.seal(call, JSON.stringify(keep(answer))));
    });
  } catch (error) {
    // The work is done and only this answer has its result, so returning it matters more than repeating it.
    ports.onNotKept(error);
    await release(ports, call);
  }
  return answer;
}

function release(ports: IdempotencyPorts, call: IdempotentCall): Promise<void> {
  return ports.inReservedTime(() => ports.idempotency.release(call)).catch(ports.onNotKept);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
