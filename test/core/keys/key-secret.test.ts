import { hashKeySecret, isKeySecret, newKeySecret } from '../../../core/keys/key-secret.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

test('a key has the public form: dpk, 32 random and 6 checksum characters, letters and digits only', () => {
  expect(newKeySecret()).toMatch(/^dpk[0-9A-Za-z]{38}$/);
});

test('a new key passes its own check', () => {
  for (let count = 0; count < 1000; count += 1) expect(isKeySecret(newKeySecret())).toBe(true);
});

test('every edit of one character fails the check', () => {
  const secret = newKeySecret();
  for (let at = 0; at < secret.length; at += 1) {
    for (const character of alphabet) {
      if (character === secret[at]) continue;
      expect(isKeySecret(secret.slice(0, at) + character + secret.slice(at + 1))).toBe(false);
    }
  }
});

test('a text that is too short, too long or has other characters is not a key', () => {
  const secret = newKeySecret();
  for (const text of [
    '',
    'dpk',
    secret.slice(0, -1),
    `${secret}0`,
    `${secret.slice(0, -1)}-`,
    ` ${secret}`,
  ]) {
    expect(isKeySecret(text)).toBe(false);
  }
});

test('100,000 new keys contain no duplicate', () => {
  const keys = new Set(Array.from({ length: 100_000 }, newKeySecret));
  expect(keys.size).toBe(100_000);
});

test('a key’s hash is SHA-256 in hexadecimal', () => {
  expect(hashKeySecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
