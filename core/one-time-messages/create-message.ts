import { randomBase32 } from '../base32.ts';
import { type CreateMessageBody, messageLife, mostMessageBytes } from '../contract/one-time-messages.ts';
import { DaypassError } from '../errors.ts';
import { expiryTime } from '../keys/expiry.ts';
import { addressGroup } from '../metering/client-address.ts';
import { secondsUntil, type Window, windowAt } from '../metering/windows.ts';
import type { MessagePorts } from './ports.ts';
import { hashOf, purposeOf, sealText } from './sealed-text.ts';

export interface CreateMessagePorts extends Pick<MessagePorts, 'messages' | 'dataKeys' | 'clock'> {
  /** Counts a message of an address. @returns false when the window is full */
  takeWrite(addressGroup: string, window: Window, limit: number): Promise<boolean>;
  /** Undefined: none can be written. Those that wait can still be read. */
  perAddressPerHour: number | undefined;
}

export interface CreatedMessage {
  /** 130 random bits, as has the receipt. */
  id: string;
  receipt: string;
  expiresAt: number;
}

/** @throws DaypassError `not_found` where they are turned off, `invalid_request`, `payload_too_large`, `rate_limit_exceeded` */
export async function createMessage(
  ports: CreateMessagePorts,
  { message, expiresIn }: CreateMessageBody,
  clientAddress: string,
): Promise<CreatedMessage> {
  const { perAddressPerHour } = ports;
  if (perAddressPerHour === undefined) {
    throw new DaypassError('not_found', 'One-time messages are turned off here.');
  }
  requireReadable(message);
  const now = ports.clock.now();
  const expiresAt = readLife(expiresIn, now);
  await requireRoom({ ...ports, perAddressPerHour }, clientAddress, now);
  const [id, receipt] = [`sec_${randomBase32(26)}`, `rcp_${randomBase32(26)}`];
  const { key, wrapped } = await ports.dataKeys.create(purposeOf(id));
  const record = { createdAt: now, expiresAt, receiptHash: hashOf(receipt), wrappedKey: wrapped };
  await ports.messages.create(hashOf(id), record, sealText(key, id, message));
  return { id, receipt, expiresAt };
}

function requireReadable(message: string): void {
  const param = 'message';
  if (Buffer.byteLength(message) > mostMessageBytes) {
    throw new DaypassError(
      'payload_too_large',
      `message must have at most ${mostMessageBytes} bytes in UTF-8.`,
      { param },
    );
  }
  if (message.trim() === '')
    throw new DaypassError('invalid_request', 'message must not be blank.', { param });
  if (!message.isWellFormed()) {
    throw new DaypassError('invalid_request', 'message must not hold half of a surrogate pair.', { param });
  }
}

function readLife(expiresIn: string, now: number): number {
  const at = expiryTime(expiresIn, now);
  const bound = (span: string) => expiryTime(span, now) ?? now;
  if (at !== undefined && at >= bound(messageLife.shortest) && at <= bound(messageLife.longest)) return at;
  throw new DaypassError(
    'invalid_request',
    "expiresIn must be such as '90m', '12h' or '2d', an ISO 8601 duration such as 'PT12H', or a time with its zone such as '2027-01-31T18:00:00Z'; one minute to seven days away.",
    { param: 'expiresIn' },
  );
}

async function requireRoom(
  { takeWrite, perAddressPerHour }: Pick<CreateMessagePorts, 'takeWrite'> & { perAddressPerHour: number },
  clientAddress: string,
  now: number,
): Promise<void> {
  const hour = windowAt('hour', now);
  if (await takeWrite(addressGroup(clientAddress), hour, perAddressPerHour)) return;
  throw new DaypassError(
    'rate_limit_exceeded',
    `Your address has written ${perAddressPerHour} one-time messages in this hour, which is the most it may. Try again in the next hour.`,
    { retryAfterSeconds: secondsUntil(hour.endsAt, now) },
  );
}
