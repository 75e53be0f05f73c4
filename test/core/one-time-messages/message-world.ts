import { createHash, randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { CreateMessagePorts } from '../../../core/one-time-messages/create-message.ts';
import type { DataKeyPurpose, MessagePorts, MessageRecord } from '../../../core/one-time-messages/ports.ts';

const nameOf = (purpose: DataKeyPurpose) => createHash('sha256').update(JSON.stringify(purpose)).digest();
const mixed = (one: Uint8Array, other: Uint8Array) => one.map((byte, at) => byte ^ (other[at] ?? 0));

/** A table and KMS in memory. Every call takes a turn, so that callers come between each other's steps. */
export function messageWorld(perAddressPerHour = 1000) {
  const records = new Map<string, MessageRecord>();
  const sealed = new Map<string, Uint8Array>();
  const written = new Map<string, number>();
  const time = { now: Date.UTC(2026, 10, 28, 10, 30) };
  const notRemoved: unknown[] = [];
  const ports: MessagePorts & CreateMessagePorts = {
    clock: { now: () => time.now },
    perAddressPerHour,
    onNotRemoved: (error) => void notRemoved.push(error),
    async takeWrite(address, { id }, limit) {
      await turn();
      const counter = `${address} ${id}`;
      const used = written.get(counter) ?? 0;
      if (used >= limit) return false;
      written.set(counter, used + 1);
      return true;
    },
    dataKeys: {
      async create(purpose) {
        await turn();
        const key = randomBytes(32);
        return { key, wrapped: mixed(key, nameOf(purpose)) };
      },
      async open(purpose, wrapped) {
        await turn();
        return mixed(wrapped, nameOf(purpose));
      },
    },
    messages: {
      async create(idHash, record, text) {
        await turn();
        sealed.set(idHash, text);
        records.set(idHash, record);
      },
      async find(idHash) {
        await turn();
        return records.get(idHash);
      },
      async readSealed(idHash) {
        await turn();
        return sealed.get(idHash);
      },
      async end(idHash, { how, now }) {
        await turn();
        const record = records.get(idHash);
        if (record?.wrappedKey === undefined || record.expiresAt <= now) return false;
        records.set(idHash, { ...record, wrappedKey: undefined, ended: { how, at: now } });
        return true;
      },
      async removeSealed(idHash) {
        await turn();
        sealed.delete(idHash);
      },
    },
  };
  return { ports, records, sealed, time, notRemoved };
}
