import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import type { Once } from '../idempotency.ts';
import { describeKeys } from './describe-key.ts';
import { hashKeySecret } from './key-secret.ts';
import type { KeyMeters, KeyRecords } from './ports.ts';
import { secretWorks } from './standing.ts';

export interface RepeatedAnswerPorts {
  records: Pick<KeyRecords, 'find'>;
  meters: Pick<KeyMeters, 'read'>;
  clock: Clock;
}

/** A key's id and one of its secrets. */
interface Given {
  id: string;
  key: string;
}

/** What a repeat of a call that returned a secret gets. */
export function repeating(
  ports: RepeatedAnswerPorts,
  userId: string,
): Pick<Once<Given, Given>, 'keep' | 'repeat'> {
  return { keep: ({ id, key }) => ({ id, key }), repeat: (given) => repeatedAnswer(ports, userId, given) };
}

/**
 * The secret from the first answer, and the key as it is now: the first answer itself might describe a secret that no longer
 * works as one that is being activated.
 * @throws DaypassError `key_ended` if the secret no longer works
 */
async function repeatedAnswer(
  { records, meters, clock }: RepeatedAnswerPorts,
  userId: string,
  { id, key }: Given,
) {
  const now = clock.now();
  const record = await records.find(userId, id);
  if (record === undefined || !secretWorks(record, hashKeySecret(key), now)) throw secretHasEnded();
  const [described] = await describeKeys(meters, [record], now);
  if (described === undefined) throw secretHasEnded();
  return { ...described, key };
}

function secretHasEnded(): DaypassError {
  return new DaypassError(
    'key_ended',
    'This call was answered before, and the key it returned no longer works: it was revoked, expired or rotated. Use a new Idempotency-Key.',
    { param: 'Idempotency-Key' },
  );
}
