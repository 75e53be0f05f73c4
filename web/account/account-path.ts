type AccountPath = '/sign-in' | '/sign-up' | '/confirm' | '/forgot-password' | '/reset-password';

interface Carried {
  email?: string | undefined;
  /** Where the user wanted to go in the first place. */
  next?: string | null | undefined;
}

/** The path of another account screen that keeps the address and the destination. */
export function accountPath(path: AccountPath, { email, next }: Carried): string {
  const search = new URLSearchParams();
  if (email) search.set('email', email);
  if (next) search.set('next', next);
  return search.size === 0 ? path : `${path}?${search}`;
}
