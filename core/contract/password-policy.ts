/** What a password must have. Cognito holds it, and sign-up checks it before anything is done. */
export const passwordPolicy = { minLength: 12 } as const;

/** In the order in which Cognito checks them, and in its words. */
const rules: readonly [broken: (password: string) => boolean, words: string][] = [
  [(password) => password.length < passwordPolicy.minLength, 'password not long enough'],
  [(password) => !/[A-Z]/.test(password), 'password must have uppercase characters'],
  [(password) => !/[a-z]/.test(password), 'password must have lowercase characters'],
  [(password) => !/[0-9]/.test(password), 'password must have numeric characters'],
];

/** @returns the first rule that the password breaks; undefined: it is strong enough */
export function brokenPasswordRule(password: string): string | undefined {
  return rules.find(([broken]) => broken(password))?.[1];
}
