import { randomUUID, timingSafeEqual } from 'node:crypto';
import { receiptHeaderName } from '../contract/one-time-messages.ts';
import { DaypassError } from '../errors.ts';
import type { MessagePorts, MessageRecord } from './ports.ts';
import { removeSealed } from './reveal-message.ts';
import { hashOf } from './sealed-text.ts';

/** @throws DaypassError `not_found` for another message's receipt too, `invalid_request` without one */
export async function getReceipt(
  { messages, clock }: Pick<MessagePorts, 'messages' | 'clock'>,
  id: string,
  receipt: string | undefined,
) {
  if (!receipt) {
    throw new DaypassError(
      'invalid_request',
      `Send the message’s receipt in the header ${receiptHeaderName}.`,
      {
        param: receiptHeaderName,
      },
    );
  }
  const record = await messages.find(hashOf(id));
  if (record === undefined || !isSame(record.receiptHash, hashOf(receipt))) {
    throw new DaypassError(
      'not_found',
      'There is no message with this receipt. Receipts are kept until seven days after their message expires.',
    );
  }
  return describe(id, record, clock.now());
}

/**
 * Takes a message back. From the answer on nobody can read it, whether or not somebody has.
 * @throws DaypassError as `getReceipt`
 */
export async function burnMessage(
  ports: Omit<MessagePorts, 'dataKeys'>,
  id: string,
  receipt: string | undefined,
) {
  const { status } = await getReceipt(ports, id, receipt);
  if (status === 'waiting') {
    const idHash = hashOf(id);
    await ports.messages.end(idHash, { how: 'burned', now: ports.clock.now(), callId: randomUUID() });
    await removeSealed(ports, idHash);
  }
  return getReceipt(ports, id, receipt);
}

function describe(id: string, { createdAt, expiresAt, ended }: MessageRecord, now: number) {
  const endedAs = (how: 'revealed' | 'burned') =>
    ended?.how === how ? new Date(ended.at).toISOString() : null;
  return {
    id,
    status: ended?.how ?? (expiresAt > now ? 'waiting' : 'expired'),
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    revealedAt: endedAs('revealed'),
    burnedAt: endedAs('burned'),
  };
}

/** Of two hashes in hexadecimal. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
