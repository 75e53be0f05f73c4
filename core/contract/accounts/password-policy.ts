/** What a password must have. It configures the user pool, and sign-up and the console check it before Cognito does. */
export const passwordPolicy = {
  minLength: 12,
  requireUppercase: true,
  requireLowercase: true,
  requireDigits: true,
  requireSymbols: false,
} as const;

export interface PasswordRule {
  /** What it needs, for people: `a digit`. */
  need: string;
  /** In Cognito's words, when it is broken. */
  broken: string;
  isMetBy(password: string): boolean;
}

/** In the order in which Cognito checks them. For it, letters are A to Z. */
export const passwordRules: readonly PasswordRule[] = [
  {
    need: `${passwordPolicy.minLength} characters or more`,
    broken: 'password not long enough',
    isMetBy: (password) => password.length >= passwordPolicy.minLength,
  },
  {
    need: 'an upper-case letter (A–Z)',
    broken: 'password must have uppercase characters',
    isMetBy: (password) => /[A-Z]/.test(password),
  },
  {
    need: 'a lower-case letter (a–z)',
    broken: 'password must have lowercase characters',
    isMetBy: (password) => /[a-z]/.test(password),
  },
  {
    need: 'a digit',
    broken: 'password must have numeric characters',
    isMetBy: (password) => /[0-9]/.test(password),
  },
];

/** All of the rules in a sentence. */
export const passwordNeeds = `${passwordPolicy.minLength} characters or more, with upper-case and lower-case letters and a digit, and no space at either end`;

/**
 * Cognito's own rule, whatever the policy of the pool: it refuses the call as malformed, and not the password as weak. Its
 * pattern also refuses line breaks.
 */
export const outerSpace = {
  allowed: /^\S([^\n\r\u0085\u2028\u2029]*\S)?$/,
  broken: 'must not begin or end with a space, or contain a line break',
};
