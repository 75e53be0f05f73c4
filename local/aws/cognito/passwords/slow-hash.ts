import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What the store keeps of a password or a code. */
export interface SlowHash {
  salt: string;
  hash: string;
}

// N=2^14, r=8, p=1 (Node's default): about 40 ms, off the main thread.
function derive(text: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(text, Buffer.from(salt, 'base64'), 32, (error, key) => (error ? reject(error) : resolve(key))),
  );
}

export async function slowHash(text: string, randomness: { bytes(size: number): Buffer }): Promise<SlowHash> {
  const salt = randomness.bytes(16).toString('base64');
  return { salt, hash: (await derive(text, salt)).toString('base64') };
}

const decoy: SlowHash = {
  salt: randomBytes(16).toString('base64'),
  hash: randomBytes(32).toString('base64'),
};

/** Takes as long and answers false when there is nothing to compare with, so that time tells nothing. */
export async function matchesSlowHash(text: string, kept: SlowHash | undefined): Promise<boolean> {
  const expected = kept ?? decoy;
  const actual = await derive(text, expected.salt);
  return timingSafeEqual(actual, Buffer.from(expected.hash, 'base64')) && kept !== undefined;
}
