import { randomUUID } from 'node:crypto';
import { DaypassError } from '../errors.ts';
import type { MessagePorts, MessageRecord } from './ports.ts';
import { hashOf, openText, purposeOf } from './sealed-text.ts';

/** @throws DaypassError `not_found` */
export async function findWaiting(
  { messages, clock }: Pick<MessagePorts, 'messages' | 'clock'>,
  id: string,
): Promise<MessageRecord & { wrappedKey: Uint8Array }> {
  const record = await messages.find(hashOf(id));
  if (record?.wrappedKey === undefined || record.expiresAt <= clock.now()) throw noSuchMessage();
  return { ...record, wrappedKey: record.wrappedKey };
}

/**
 * Answers the message to one caller. It is opened first and ended after that, so that a failure of KMS loses nothing, and
 * only the caller whose write ended it gets it.
 * @throws DaypassError `not_found`
 */
export async function revealMessage(ports: MessagePorts, id: string): Promise<string> {
  const { messages, dataKeys, clock } = ports;
  const idHash = hashOf(id);
  const { wrappedKey } = await findWaiting(ports, id);
  const [sealed, key] = await Promise.all([
    messages.readSealed(idHash),
    dataKeys.open(purposeOf(id), wrappedKey),
  ]);
  // Another reader was faster.
  if (sealed === undefined) throw noSuchMessage();
  const text = openText(key, id, sealed);
  const isMine = await messages.end(idHash, { how: 'revealed', now: clock.now(), callId: randomUUID() });
  if (!isMine) throw noSuchMessage();
  await removeSealed(ports, idHash);
  return text;
}

/** Not worth failing for: without its key nobody can open it, and it expires. */
export function removeSealed(
  { messages, onNotRemoved }: Pick<MessagePorts, 'messages' | 'onNotRemoved'>,
  idHash: string,
): Promise<void> {
  return messages.removeSealed(idHash).catch(onNotRemoved);
}

/** The same for every id without a message to read, so that it reveals nothing about others'. */
function noSuchMessage(): DaypassError {
  return new DaypassError(
    'not_found',
    'There is no message to read here: it was read or burned, its time is over, or there never was one.',
  );
}
