import type { Clock } from '../clock.ts';

/** What is kept of a message, apart from its sealed text. */
export interface MessageRecord {
  createdAt: number;
  expiresAt: number;
  /** SHA-256 of the receipt, hexadecimal. */
  receiptHash: string;
  /** The key that opens the sealed text, itself encrypted. Undefined once the message has ended. */
  wrappedKey?: Uint8Array | undefined;
  ended?: { how: MessageEnd; at: number } | undefined;
}

export type MessageEnd = 'revealed' | 'burned';

/** Messages are found by the SHA-256 of their id, so that the table can't show anyone an id to read them with. */
export interface MessageRecords {
  create(idHash: string, record: Required<Omit<MessageRecord, 'ended'>>, sealed: Uint8Array): Promise<void>;
  find(idHash: string): Promise<MessageRecord | undefined>;
  readSealed(idHash: string): Promise<Uint8Array | undefined>;
  /**
   * Ends a message that waits, and takes its key away in the same write.
   * @param end `callId` tells a repeat after a lost reply from another caller
   * @returns whether this call ended it: of any number of calls, one
   */
  end(idHash: string, end: { how: MessageEnd; now: number; callId: string }): Promise<boolean>;
  /** Deletes the sealed text of a message that has ended. */
  removeSealed(idHash: string): Promise<void>;
}

export interface DataKey {
  key: Uint8Array;
  /** The key as KMS encrypts it: it can be stored beside what the key sealed. */
  wrapped: Uint8Array;
}

/** Keys that each seal one text, kept encrypted by KMS for a purpose and opened for that purpose only. */
export interface DataKeys {
  create(purpose: DataKeyPurpose): Promise<DataKey>;
  open(purpose: DataKeyPurpose, wrapped: Uint8Array): Promise<Uint8Array>;
}

/** KMS writes it to its log of calls, so there is no secret in it. */
export type DataKeyPurpose = Readonly<Record<string, string>>;

export interface MessagePorts {
  messages: MessageRecords;
  dataKeys: DataKeys;
  clock: Clock;
  /** Called when the sealed text of an ended message could not be deleted. Its key is gone, and it expires. */
  onNotRemoved(error: unknown): void;
}
