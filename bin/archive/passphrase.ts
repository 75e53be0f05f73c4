import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** How an export's secrets are sealed: AES-256-GCM with a key that scrypt makes of a passphrase. */
export interface SealedBy {
  kdf: 'scrypt';
  cost: number;
  salt: string;
  /** A known text, sealed, by which a wrong passphrase is told apart from a damaged line. */
  check: string;
}

const known = 'daypass';
/** 128 MB and about half a second for each guess. */
const cost = 2 ** 17;
const shortest = 16;

export interface Sealer {
  by: SealedBy;
  /** @param purpose bound to it: nothing sealed as one secret opens as another */
  seal(purpose: string, text: string): string;
}

/**
 * The passphrase, from a file or from `DAYPASS_PASSPHRASE`: other users of the machine can see arguments.
 * @throws Error in an operator's words
 */
export function readPassphrase(file: string | undefined): string {
  const text =
    file === undefined ? (process.env.DAYPASS_PASSPHRASE ?? '') : readFileSync(file, 'utf8').trim();
  if (text.length >= shortest) return text;
  throw new Error(
    `Secrets are sealed by a passphrase of at least ${shortest} characters, in the variable DAYPASS_PASSPHRASE or a file that --passphrase-file names.`,
  );
}

export function createSealer(passphrase: string): Sealer {
  const salt = randomBytes(16);
  const key = keyOf(passphrase, salt, cost);
  const by = {
    kdf: 'scrypt',
    cost,
    salt: salt.toString('base64'),
    check: sealWith(key, 'check', known),
  } as const;
  return { by, seal: (purpose, text) => sealWith(key, purpose, text) };
}

/** @throws Error for another passphrase than the file's */
export function createOpener(passphrase: string, by: SealedBy): (purpose: string, sealed: string) => string {
  const key = keyOf(passphrase, Buffer.from(by.salt, 'base64'), by.cost);
  try {
    openWith(key, 'check', by.check);
  } catch {
    throw new Error('This is not the passphrase with which the export was made.');
  }
  return (purpose, sealed) => openWith(key, purpose, sealed);
}

function keyOf(passphrase: string, salt: Buffer, N: number): Buffer {
  return scryptSync(passphrase.normalize('NFKC'), salt, 32, { N, r: 8, p: 1, maxmem: 256 * N * 8 });
}

function sealWith(key: Buffer, purpose: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  );
}

function openWith(key: Buffer, purpose: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
}
