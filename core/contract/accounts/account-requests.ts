import * as z from 'zod';
import { warningStepWords } from '../warning-steps.ts';
import { outerSpace, passwordNeeds } from './password-policy.ts';

const address = z.email('must be an e-mail address').max(254, 'must have at most 254 characters');
const inLowerCase = (text: string) => text.toLowerCase();
export const email = address
  .transform(inLowerCase)
  .describe('An e-mail address; upper and lower case are the same');

/** More is nothing that mail has to reach: RFC 5321, 4.5.3.1.1. What Cognito takes is not documented. */
export const mostBeforeAt = 64;
/** Of a new account. One that exists already goes on logging in. */
export const newEmail = address
  .refine((text) => text.lastIndexOf('@') <= mostBeforeAt, {
    error: `must have at most ${mostBeforeAt} characters before the @`,
  })
  .transform(inLowerCase)
  .describe(
    `An e-mail address with at most ${mostBeforeAt} characters before the @; upper and lower case are the same`,
  );
export const newPassword = z
  .string()
  .min(1, { error: 'must not be empty', abort: true })
  .max(256, 'must have at most 256 characters')
  .regex(outerSpace.allowed, outerSpace.broken)
  .describe(passwordNeeds);
export const knownPassword = z
  .string()
  .min(1, 'must not be empty')
  .max(256, 'must have at most 256 characters')
  .describe('The password');
const code = z.string().trim().min(1, 'must not be empty').max(2048).describe('The code from the e-mail');
const refreshToken = z
  .string()
  .min(1, 'must not be empty')
  .max(8192)
  .describe('The `refreshToken` of a session');

export const registerBody = z.strictObject({ email: newEmail, password: newPassword });
const registration = z.string().min(1, 'must not be empty').max(256, 'must have at most 256 characters');
export const confirmBody = z.strictObject({
  email,
  code,
  registration: registration
    .optional()
    .describe(
      'The `registration` that the sign-up returned. Required if the address has been signed up more than once',
    ),
});
export const meBody = z.strictObject({
  spendWarnings: z
    .boolean()
    .describe(`Whether to mail warnings when ${warningStepWords} of a limit in dollars are spent`),
});
export const emailBody = z.strictObject({ email });
export const loginBody = z.strictObject({ email, password: knownPassword });
export const refreshBody = z.strictObject({ refreshToken });
export const logoutBody = z.strictObject({
  refreshToken: refreshToken
    .optional()
    .describe('The session to end; without it, every session of the user ends'),
});
export const resetPasswordBody = z.strictObject({
  email,
  code,
  password: newPassword,
  revokeKeys: z
    .boolean()
    .optional()
    .describe(
      '`true` also revokes every API key of the user, for when someone else may know the old password; default false',
    ),
});
