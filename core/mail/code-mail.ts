import type { MailText } from './kinds.ts';

/** Sent by Cognito, for sign-up and for a forgotten password. */
export const codeMail: MailText = {
  subject: 'Your {name} code',
  text: 'Your {name} code is {code}. It works once. If you did not ask for it, ignore this mail.',
};
