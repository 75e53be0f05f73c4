import type { Mail } from './ports.ts';

export function authenticatorOffMail(to: string): Mail {
  return {
    to,
    kind: 'authenticator-off',
    subject: 'Your authenticator app was turned off',
    text:
      'An admin has turned off the authenticator app of your account and ended all of its sessions. From now on your password ' +
      'is enough to log in. You can set an app up again in your settings.\n\n' +
      'If you did not ask for this, change your password and tell the operator of this service.\n',
  };
}
