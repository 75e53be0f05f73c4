type AccountPath = '/sign-in' | '/sign-up' | '/confirm' | '/forgot-password' | '/reset-password';

interface Carried {
  email?: string | undefined;
  /** Where the person wanted to go in the first place. */
  next?: string | null | undefined;
}

/** To another of the screens before log-in, without losing what is known already. */
export function accountPath(path: AccountPath, { email, next }: Carried): string {
  const search = new URLSearchParams();
  if (email) search.set('email', email);
  if (next) search.set('next', next);
  return search.size === 0 ? path : `${path}?${search}`;
}
