/** Tells password managers whose password this is. Hidden: users see the address elsewhere. */
export function UsernameForManagers({ email }: { email: string }) {
  return <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />;
}
