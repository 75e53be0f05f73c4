import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { DataKeyPurpose } from './ports.ts';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** What a message is stored under. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Binds a message's data key to the message. */
export function purposeOf(id: string): DataKeyPurpose {
  return { operation: 'one-time-message', message: hashOf(id) };
}

/** @returns initialization vector, tag and encrypted text, one after the other */
export function sealText(dataKey: Uint8Array, id: string, text: string): Uint8Array {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, keyFor(dataKey, id), iv);
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
  return Buffer.concat([iv, sealing.getAuthTag(), sealed]);
}

/** @throws Error for anything but what `sealText` made of this key and id */
export function openText(dataKey: Uint8Array, id: string, sealed: Uint8Array): string {
  const iv = sealed.subarray(0, ivBytes);
  const opening = createDecipheriv(cipher, keyFor(dataKey, id), iv, { authTagLength: tagBytes });
  opening.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([opening.update(sealed.subarray(ivBytes + tagBytes)), opening.final()]).toString();
}

/**
 * The id is a part of the key, and nothing stored has it: table, backups and KMS together open no message without its link.
 */
function keyFor(dataKey: Uint8Array, id: string): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, '', `daypass one-time message ${id}`, 32));
}
