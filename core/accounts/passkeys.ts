import type { AuditAction } from '../audit.ts';
import type { Clock } from '../clock.ts';
import { passkeyAddedMail } from '../mail/passkey-mail.ts';
import type { Mail } from '../mail/ports.ts';
import type { Session } from './ports.ts';
import type { Caller } from './users.ts';

/** What a browser gives for a passkey, as JSON. The directory checks it. */
export type PasskeyCredential = Readonly<Record<string, unknown>>;

export interface Passkey {
  id: string;
  /** The directory's own name for it. */
  name: string;
  /** `device`: built in, such as a fingerprint reader; `key`: can be moved from one device to another. */
  kind: 'device' | 'key' | undefined;
  createdAt: number;
}

/** A session's user, whom the directory lets look after their passkeys. */
export interface PasskeyOwner {
  /** Of the login token. */
  claims: Record<string, unknown>;
  list(): Promise<Passkey[]>;
  /** @returns what a browser needs to make a passkey */
  begin(): Promise<Readonly<Record<string, unknown>>>;
  /** @throws DaypassError `invalid_request` */
  finish(credential: PasskeyCredential): Promise<void>;
  /** @throws DaypassError `not_found` */
  remove(id: string): Promise<void>;
}

export interface Passkeys {
  /** The answer is of the same form for every address, whether or not it has a passkey. */
  beginLogin(email: string): Promise<{ session: string; publicKey: Readonly<Record<string, unknown>> }>;
  /** @throws DaypassError `invalid_credentials` */
  finishLogin(session: string, credential: PasskeyCredential): Promise<Session>;
  /** @throws DaypassError `invalid_refresh_token` */
  ownerOf(refreshToken: string): Promise<PasskeyOwner>;
  /**
   * @throws DaypassError `invalid_credentials`, and `invalid_request` where an authenticator app is on: the directory takes no
   *   passkey then
   */
  provePassword(email: string, password: string): Promise<void>;
}

export interface ChangePasskeysPorts {
  clock: Clock;
  record(event: { action: AuditAction; userId: string; at: number }): Promise<void>;
  /** Sends the mail if the settings name a sender. What was done stays done if it can't. */
  tell(mail: Mail): Promise<void>;
}

type Of = Pick<Caller, 'userId' | 'email'>;

/** Records it first: the trail may tell of what failed, but nothing is untold. */
export async function addPasskey(
  ports: ChangePasskeysPorts,
  { userId, email }: Of,
  finish: () => Promise<void>,
): Promise<void> {
  await ports.record({ action: 'user.passkey_added', userId, at: ports.clock.now() });
  await finish();
  await ports.tell(passkeyAddedMail(email));
}

export async function removePasskey(
  ports: Omit<ChangePasskeysPorts, 'tell'>,
  { userId }: Of,
  remove: () => Promise<void>,
): Promise<void> {
  await ports.record({ action: 'user.passkey_removed', userId, at: ports.clock.now() });
  await remove();
}
