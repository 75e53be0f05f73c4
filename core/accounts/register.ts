import { createHash, randomBytes } from 'node:crypto';
import type { SignUpPolicy } from '../catalog.ts';
import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import { requireAllowedDomain } from './allowed-domains.ts';
import { takeCode } from './codes-per-hour.ts';
import type { CodeCounts, Directory, Session, SignUps } from './ports.ts';
import { requireStrongPassword } from './strong-password.ts';

export type Registration =
  | { status: 'confirmation_required'; registration: string }
  | ({ status: 'confirmed' } & Session);

interface Credentials {
  email: string;
  password: string;
}

export interface RegisterPorts {
  directory: Pick<Directory, 'signUp' | 'confirmWithoutCode' | 'logIn'>;
  signUps: Pick<SignUps, 'begin' | 'made'>;
  codes: CodeCounts;
  clock: Clock;
}

/**
 * Signs a user up. With confirmation by e-mail the answer is the same for a known address, so that nobody can
 * find out who has an account; without it there is nothing to hide behind, and a known address is refused.
 * @throws DaypassError `domain_not_allowed`, `weak_password`, `too_many_attempts`, `email_taken`
 */
export async function register(
  ports: RegisterPorts,
  policy: SignUpPolicy,
  credentials: Credentials,
): Promise<Registration> {
  requireAllowedDomain(policy, credentials.email);
  // Before anything is counted: a password that Cognito would refuse must not outdate an earlier sign-up.
  requireStrongPassword(credentials.password);
  return policy.confirmation === 'email'
    ? registerByCode(ports, credentials)
    : registerAtOnce(ports, credentials);
}

/**
 * The last sign-up of an address counts. It is written down before the directory knows it: from then on no earlier one
 * can be confirmed, and it can itself only once its own user is written down.
 */
async function registerByCode(
  { directory, signUps, codes, clock }: RegisterPorts,
  { email, password }: Credentials,
): Promise<Registration> {
  await takeCode({ codes, clock }, email);
  const registration = `reg_${randomBytes(24).toString('base64url')}`;
  const registrationHash = hashOf(registration);
  await signUps.begin(email, { registrationHash, now: clock.now() });
  const userId = await directory.signUp(email, password);
  if (userId !== undefined) await signUps.made(email, { registrationHash, userId });
  return { status: 'confirmation_required', registration };
}

async function registerAtOnce(
  { directory }: Pick<RegisterPorts, 'directory'>,
  { email, password }: Credentials,
): Promise<Registration> {
  const userId = await directory.signUp(email, password);
  if (userId === undefined) {
    throw new DaypassError('email_taken', 'This e-mail address already has an account. Log in instead.', {
      param: 'email',
    });
  }
  await directory.confirmWithoutCode(userId);
  return { status: 'confirmed', ...(await directory.logIn(email, password)) };
}

export function hashOf(registration: string): string {
  return createHash('sha256').update(registration).digest('hex');
}
