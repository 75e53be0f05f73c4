import { mostMessageBytes } from '../../core/contract/one-time-messages.ts';

/** Marks what this file sealed, and the format. */
const prefix = 'daypass1.';
const ivBytes = 12;
const tagBytes = 16;
const keyBytes = 32;
const checkBytes = 4;

/** UTF-8 bytes of a text that still fits into a message once it is sealed and written in base64. */
export const mostSealableBytes =
  Math.floor(((mostMessageBytes - prefix.length) * 3) / 4) - ivBytes - tagBytes;

/** A page of an origin without HTTPS has no WebCrypto. */
export const canSeal = (): boolean => globalThis.crypto?.subtle !== undefined;

export interface SealedMessage {
  /** What the service keeps. */
  message: string;
  /** The only key to it, for the part of the link that browsers never send. */
  key: string;
}

/** Encrypts with AES-GCM and a key of its own. */
export async function sealMessage(text: string): Promise<SealedMessage> {
  const bytes = crypto.getRandomValues(new Uint8Array(keyBytes));
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const key = await importKey(bytes, 'encrypt');
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text));
  return {
    message: prefix + toBase64Url(joined(iv, new Uint8Array(sealed))),
    key: toBase64Url(joined(bytes, await checkOf(bytes))),
  };
}

/** @throws Error for anything but what was sealed with this key */
export async function openMessage(message: string, key: string): Promise<string> {
  const bytes = await readKey(key);
  if (bytes === undefined || !message.startsWith(prefix)) throw new Error('not sealed with this key');
  const sealed = fromBase64Url(message.slice(prefix.length));
  const algorithm = { name: 'AES-GCM', iv: sealed.slice(0, ivBytes) };
  const opened = await crypto.subtle.decrypt(
    algorithm,
    await importKey(bytes, 'decrypt'),
    sealed.slice(ivBytes),
  );
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(opened);
}

/** Whether a key is whole. It is asked before a message is read, since a message is read only once. */
export async function isWholeKey(key: string): Promise<boolean> {
  return (await readKey(key)) !== undefined;
}

async function readKey(key: string): Promise<Bytes | undefined> {
  const bytes = /^[\w-]{48}$/.test(key) ? fromBase64Url(key) : new Uint8Array();
  const own = bytes.slice(0, keyBytes);
  return toBase64Url(joined(own, await checkOf(own))) === key ? own : undefined;
}

/** The beginning of the key's hash, by which a key that was cut or mistyped is recognized. */
async function checkOf(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, checkBytes);
}

type Bytes = Uint8Array<ArrayBuffer>;

const importKey = (bytes: Bytes, use: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [use]);

function joined(one: Bytes, other: Bytes): Bytes {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}

function toBase64Url(bytes: Bytes): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Bytes {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
