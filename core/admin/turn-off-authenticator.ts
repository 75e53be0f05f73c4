import { type EndAllPorts, endAllSessions } from '../accounts/sessions.ts';
import type { Caller } from '../accounts/users.ts';
import type { AuditAction } from '../audit.ts';
import { authenticatorOffMail } from '../mail/authenticator-off-mail.ts';
import type { Mail } from '../mail/ports.ts';
import { requireOther } from './change-user.ts';
import type { AdminDirectory, DirectoryUser } from './ports.ts';

export interface TurnOffAuthenticatorPorts extends EndAllPorts {
  directory: EndAllPorts['directory'] & Pick<AdminDirectory, 'turnOffAuthenticator'>;
  record(event: { action: AuditAction; userId: string; at: number }): Promise<void>;
  /** Sends the mail if the settings name a sender. What was done stays done if it can't. */
  tell(mail: Mail): Promise<void>;
}

/**
 * Lets a user who has lost their authenticator app log in with the password alone. Sessions end first, so that whoever holds
 * the lost device holds none. Calling again finishes what was cut off.
 * @throws DaypassError `forbidden` for oneself: that takes the password and a code
 */
export async function turnOffAuthenticator(
  ports: TurnOffAuthenticatorPorts,
  admin: Pick<Caller, 'userId'>,
  { userId, email }: Pick<DirectoryUser, 'userId' | 'email'>,
): Promise<void> {
  requireOther(admin, userId, 'turn off their own authenticator app');
  await ports.record({ action: 'user.authenticator_off', userId, at: ports.clock.now() });
  await endAllSessions(ports, userId);
  await ports.directory.turnOffAuthenticator(userId);
  await ports.tell(authenticatorOffMail(email));
}
