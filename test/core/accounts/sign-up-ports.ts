import type { PendingSignUp } from '../../../core/accounts/ports.ts';
import { invalidCode } from '../../../core/accounts/refusals.ts';

/**
 * A directory and a table in memory that note what was asked of them. A user is `user-1`, `user-2`, …; the code of
 * each is its number, and only the last user of an address is there.
 */
export function signUpPorts({
  known = [] as string[],
  codesLeft = 5,
  now = 1000,
}: {
  known?: string[];
  codesLeft?: number;
  now?: number;
} = {}) {
  const calls: unknown[][] = [];
  const pending = new Map<string, PendingSignUp>();
  const users = new Map<string, { userId: string; password: string }>();
  const confirmed = new Map<string, string>();
  let left = codesLeft;
  let made = 0;
  const note = (...call: unknown[]) => void calls.push(call);
  return {
    calls,
    /** Passwords of confirmed users, by address. */
    confirmed,
    /** The code that was mailed last. */
    newestCode: () => String(made),
    clock: { now: () => now },
    codes: {
      async take() {
        note('take');
        left -= 1;
        return left >= 0;
      },
    },
    directory: {
      async signUp(email: string, password: string) {
        note('signUp', email);
        if (known.includes(email) || confirmed.has(email)) return undefined;
        made += 1;
        users.set(email, { userId: `user-${made}`, password });
        return `user-${made}`;
      },
      async confirm(userId: string, code: string) {
        note('confirm', userId);
        const [email, user] = [...users].find(([, one]) => one.userId === userId) ?? [];
        if (email === undefined || user === undefined || userId !== `user-${code}`) throw invalidCode();
        confirmed.set(email, user.password);
        users.delete(email);
      },
      async confirmWithoutCode() {},
      logIn: async () => ({ token: 't', refreshToken: 'r', expiresIn: 3600 }),
    },
    signUps: {
      async begin(email: string, signUp: { registrationHash: string; now: number }) {
        note('begin', email, signUp);
        const { registrationHash } = signUp;
        pending.set(email, { count: (pending.get(email)?.count ?? 0) + 1, registrationHash });
      },
      async made(email: string, signUp: { registrationHash: string; userId: string }) {
        note('made', email, signUp);
        const kept = pending.get(email);
        if (kept?.registrationHash === signUp.registrationHash) kept.userId = signUp.userId;
      },
      find: async (email: string) => pending.get(email),
      async forget(email: string) {
        pending.delete(email);
      },
    },
  };
}
