import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { deleteExpired } from '../delete-expired.ts';
import { codeMismatch, expiredCode } from '../errors.ts';
import type { SlowHash, SlowHashes } from '../passwords/slow-hash.ts';
import type { AttemptLimits } from './attempt-limits.ts';

/** AWS documents 24 hours for a sign-up code and one for a reset code. */
const lifeSeconds = {
  'confirm-sign-up': 24 * 3600,
  'confirm-forgot-password': 3600,
} as const;

export type CodePurpose = keyof typeof lifeSeconds;

/** `who` is a user's sub, or the name itself where there is no such user, so that the two can't be told apart. */
export interface Codes {
  /** Replaces an earlier code. Six digits. */
  issue(poolId: string, purpose: CodePurpose, who: string): Promise<string>;
  /**
   * Uses a code up.
   * @throws ExpiredCodeException, CodeMismatchException, LimitExceededException
   */
  redeem(poolId: string, purpose: CodePurpose, who: string, code: string): Promise<void>;
  forget(poolId: string, purpose: CodePurpose, who: string): void;
}

interface KeptCode extends SlowHash {
  expiresAt: number;
}

export function createCodes(deps: {
  store: Store;
  clock: Clock;
  randomness: { digits(count: number): string };
  hashes: SlowHashes;
  limits: Pick<AttemptLimits, 'take' | 'reset'>;
}): Codes {
  const codes = deps.store.collection<KeptCode>('cognito/codes');
  deleteExpired(codes, ({ expiresAt }) => expiresAt <= deps.clock.now());
  const idOf = (...parts: string[]) => parts.join('/');

  return {
    async issue(poolId, purpose, who) {
      const code = deps.randomness.digits(6);
      const hashed = await deps.hashes.make(code);
      const expiresAt = deps.clock.now() + lifeSeconds[purpose] * 1000;
      codes.put(idOf(poolId, purpose, who), { ...hashed, expiresAt });
      return code;
    },
    async redeem(poolId, purpose, who, code) {
      const id = idOf(poolId, purpose, who);
      deps.limits.take(poolId, purpose, who);
      const kept = codes.get(id);
      const matches = await deps.hashes.match(code, kept);
      if (!kept || deps.clock.now() >= kept.expiresAt) throw expiredCode();
      if (!matches) throw codeMismatch();
      // Of several calls at once only one finds the code that it compared with still there.
      if (codes.get(id)?.hash !== kept.hash) throw expiredCode();
      codes.delete(id);
      deps.limits.reset(poolId, purpose, who);
    },
    forget: (poolId, purpose, who) => void codes.delete(idOf(poolId, purpose, who)),
  };
}
