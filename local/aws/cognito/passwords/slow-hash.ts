import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What the store keeps of a password or a code. */
export interface SlowHash {
  salt: string;
  hash: string;
  /** scrypt's N; `defaultHashCost` where it isn't given. */
  cost?: number;
}

export interface SlowHashes {
  make(text: string): Promise<SlowHash>;
  /** Takes as long when there is nothing to compare with, and answers false, so that its time reveals nothing. */
  match(text: string, kept: SlowHash | undefined): Promise<boolean>;
}

/** With r=8 and p=1 about 40 ms, off the main thread. */
const defaultHashCost = 2 ** 14;
/** For tests, whose passwords protect nothing. */
export const cheapHashCost = 2;

/** @param deps.cost scrypt's N for new hashes; tests lower it */
export function createSlowHashes(deps: {
  randomness: { bytes(size: number): Buffer };
  cost?: number | undefined;
}): SlowHashes {
  const { cost = defaultHashCost } = deps;
  const decoy = {
    salt: randomBytes(16).toString('base64'),
    hash: randomBytes(32).toString('base64'),
    cost,
  };
  const derive = (text: string, salt: string, N: number) =>
    new Promise<Buffer>((resolve, reject) =>
      scrypt(text, Buffer.from(salt, 'base64'), 32, { N }, (error, key) =>
        error ? reject(error) : resolve(key),
      ),
    );

  return {
    async make(text) {
      const salt = deps.randomness.bytes(16).toString('base64');
      return { salt, hash: (await derive(text, salt, cost)).toString('base64'), cost };
    },
    async match(text, kept) {
      const expected = kept ?? decoy;
      const actual = await derive(text, expected.salt, expected.cost ?? defaultHashCost);
      return timingSafeEqual(actual, Buffer.from(expected.hash, 'base64')) && kept !== undefined;
    },
  };
}
