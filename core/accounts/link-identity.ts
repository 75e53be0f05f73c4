import type { DirectoryUser } from '../admin/ports.ts';
import type { LogInPolicy, SignUpPolicy } from '../catalog.ts';
import { DaypassError } from '../errors.ts';
import { type ProviderClaims, requireBelievable } from './provider-login.ts';

/** A user's account with a provider. */
export interface Identity extends ProviderClaims {
  /** The provider's id of the user, which never changes. */
  subject: string;
}

export interface LinkPorts {
  findByEmail(email: string): Promise<(DirectoryUser & { isOfProvider: boolean }) | undefined>;
  /** Makes a user with a verified address and marks it as a provider's. @returns undefined when the address has an account */
  createOfProvider(email: string, subject: string): Promise<DirectoryUser | undefined>;
  /** Gives a user a password that nobody knows. */
  makeUsable(userId: string): Promise<void>;
  deleteUser(userId: string): Promise<void>;
  link(userId: string, identity: { provider: string; subject: string }): Promise<void>;
}

/**
 * Makes a first login with a provider the login of an account of our own: that of the address if both sides have proven it, or a
 * new one. So every user is a user of the pool, found by one id, however they log in.
 * @throws DaypassError as `requireBelievable`, and `email_taken` if the account was never proven to be of its address's owner
 */
export async function linkIdentity(
  ports: LinkPorts,
  { logIn, signUp }: { logIn: LogInPolicy; signUp: SignUpPolicy },
  identity: Identity,
): Promise<void> {
  requireBelievable(logIn, signUp, identity);
  const user = await accountFor(ports, signUp, identity);
  // Cognito links no user with a temporary password.
  if (user.state === 'invited') await ports.makeUsable(user.userId);
  await ports.link(user.userId, identity);
}

async function accountFor(
  ports: LinkPorts,
  signUp: SignUpPolicy,
  { email, subject }: Identity,
): Promise<DirectoryUser> {
  const known = await ports.findByEmail(email);
  if (known !== undefined) {
    // An address belongs to no one until it is confirmed. Whoever signed up knows the password, so it can't be linked.
    if (known.state === 'unconfirmed') await ports.deleteUser(known.userId);
    else if (isProven(known, signUp)) return known;
    else throw emailTaken();
  }
  const made = await ports.createOfProvider(email, subject);
  if (made !== undefined) return made;
  throw emailTaken();
}

/** Without confirmation by mail, accounts are marked as verified though anyone may have signed up with the address. */
function isProven(user: DirectoryUser & { isOfProvider: boolean }, { confirmation }: SignUpPolicy): boolean {
  if (!user.emailVerified) return false;
  return confirmation === 'email' || user.isOfProvider || user.state === 'invited';
}

function emailTaken(): DaypassError {
  return new DaypassError(
    'email_taken',
    'This address has an account that was never proven to be its owner’s. Ask the operator.',
    { param: 'email' },
  );
}
