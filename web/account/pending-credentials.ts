interface Credentials {
  email: string;
  password: string;
  /** From the answer to the sign-up; a login that leads to the code screen has none. */
  registration?: string;
}

/** Carries a password from one screen to the next, so that it isn't typed twice. In memory only. */
export function createPendingCredentials() {
  let kept: Credentials | undefined;
  return {
    keep(credentials: Credentials): void {
      kept = credentials;
    },
    email: () => kept?.email,
    /** Proves that this address was signed up here. */
    registration: (email: string) => (kept?.email === email ? kept.registration : undefined),
    /** @returns the password of this address, and forgets it */
    take(email: string): string | undefined {
      const password = kept?.email === email ? kept.password : undefined;
      kept = undefined;
      return password;
    },
  };
}

export const pendingCredentials = createPendingCredentials();
