interface Credentials {
  email: string;
  password: string;
  /** What the sign-up answered; a log-in that leads to the code has none. */
  registration?: string;
}

/** A password between two screens, so that nobody types it twice. In memory only: a reload forgets it. */
export function createPendingCredentials() {
  let kept: Credentials | undefined;
  return {
    keep(credentials: Credentials): void {
      kept = credentials;
    },
    email: () => kept?.email,
    /** What shows that the sign-up of this address was made here. */
    registration: (email: string) => (kept?.email === email ? kept.registration : undefined),
    /** @returns the password of this address; it is then forgotten */
    take(email: string): string | undefined {
      const password = kept?.email === email ? kept.password : undefined;
      kept = undefined;
      return password;
    },
  };
}

export const pendingCredentials = createPendingCredentials();
