import type { Mail } from './ports.ts';

export function passkeyAddedMail(to: string): Mail {
  return {
    to,
    kind: 'passkey-added',
    subject: 'A passkey was added to your account',
    text:
      'Whoever has it can log in to your account without the password. Your settings list all passkeys.\n\n' +
      'If you did not add it, log in with your password, remove it, change the password and log out everywhere.\n',
  };
}
