import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AwsError } from '../service.ts';
import type { KeyRing, KmsKey } from './keys.ts';
import type { EncryptionContext } from './parse-input.ts';

/**
 * Ciphertext blobs: version (1 byte), key id (16), nonce (12), authentication tag (16), ciphertext. The header and the
 * encryption context are authenticated, so no byte of the blob and no pair of the context can be changed.
 */
const version = 1;
const headerBytes = 17;
const nonceBytes = 12;
const tagBytes = 16;

export function seal(key: KmsKey, plaintext: Buffer, context: EncryptionContext): Buffer {
  const header = Buffer.concat([Buffer.of(version), Buffer.from(key.keyId.replaceAll('-', ''), 'hex')]);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key.material, 'base64'), nonce);
  cipher.setAAD(authenticatedData(header, context));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), ciphertext]);
}

/** @throws AwsError InvalidCiphertextException, without saying what was wrong; AccessDeniedException for a deleted key */
export function keyOf(ring: Pick<KeyRing, 'byId' | 'isDeleted'>, blob: Buffer): KmsKey {
  const key = blob[0] === version ? ring.byId(uuid(blob.subarray(1, headerBytes))) : undefined;
  if (key === undefined) throw invalidCiphertext();
  if (ring.isDeleted(key)) throw unknownKey();
  return key;
}

/** @throws AwsError InvalidCiphertextException, without saying what was wrong */
export function open(key: KmsKey, blob: Buffer, context: EncryptionContext): Buffer {
  const tagAt = headerBytes + nonceBytes;
  if (blob.length < tagAt + tagBytes) throw invalidCiphertext();
  const nonce = blob.subarray(headerBytes, tagAt);
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key.material, 'base64'), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(authenticatedData(blob.subarray(0, headerBytes), context));
  decipher.setAuthTag(blob.subarray(tagAt, tagAt + tagBytes));
  try {
    return Buffer.concat([decipher.update(blob.subarray(tagAt + tagBytes)), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

/** Sorts the pairs, since the order of a context doesn't matter. */
function authenticatedData(header: Buffer, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs), 'utf8')]);
}

function uuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const invalidCiphertext = () =>
  new AwsError('InvalidCiphertextException', 'The ciphertext or its encryption context is not valid.');

/** KMS's answer, whose reader can't tell a key that is gone from one that is not for them. */
const unknownKey = () =>
  new AwsError(
    'AccessDeniedException',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  );
