import { DaypassError } from '../errors.ts';
import type { Directory, PendingSignUp, SignUps } from './ports.ts';
import { invalidCode } from './refusals.ts';
import { hashOf } from './register.ts';

export interface ConfirmPorts {
  directory: Pick<Directory, 'confirm'>;
  signUps: Pick<SignUps, 'find' | 'forget'>;
}

/**
 * Confirms a sign-up. The code proves the mailbox; `registration` proves whose password counts from here on. Without it
 * a code of a stranger's sign-up, mailed to the owner, would give the stranger the account.
 * @throws DaypassError `registration_changed`, `invalid_code`, `too_many_attempts`
 */
export async function confirmRegistration(
  { directory, signUps }: ConfirmPorts,
  { email, code, registration }: { email: string; code: string; registration?: string | undefined },
): Promise<void> {
  const latest = await signUps.find(email);
  // Never signed up, confirmed already, or long ago; the answer is that of a wrong code.
  if (latest === undefined) throw invalidCode();
  if (!belongsTo(latest, registration)) throw registrationChanged();
  await directory.confirm(latest.userId ?? nobody(latest), code);
  // Done either way: left behind, it only makes the next sign-up of the address need its `registration`.
  await signUps.forget(email, latest.registrationHash).catch(() => {});
}

function belongsTo({ count, registrationHash }: PendingSignUp, registration: string | undefined): boolean {
  return registration === undefined ? count === 1 : hashOf(registration) === registrationHash;
}

/** An id that no user has, always the same one: wrong codes for it are counted as anybody's. */
function nobody({ registrationHash: hex }: PendingSignUp): string {
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function registrationChanged(): DaypassError {
  return new DaypassError(
    'registration_changed',
    'This address was signed up again since. Send the `registration` that the latest sign-up answered, or sign up once more.',
    { param: 'registration' },
  );
}
