import { domainNotAllowed } from '../../../core/accounts/allowed-domains.ts';
import { invalidCode } from '../../../core/accounts/confirm-registration.ts';
import { weakPassword } from '../../../core/accounts/weak-password.ts';
import { commonMessages, DaypassError, ThrottledError } from '../../../core/errors.ts';

/** Cognito's refusals by exception name, in our words: its own tell more than a stranger should know. */
const refusals: Record<string, (message: string) => DaypassError> = {
  NotAuthorizedException: (message) =>
    /SignUp is not permitted/i.test(message)
      ? new DaypassError('sign_up_closed', 'Sign-up is closed here. Ask the operator for an account.')
      : /attempts exceeded/i.test(message)
        ? tooManyAttempts()
        : new DaypassError('invalid_credentials', 'E-mail address or password is wrong.'),
  UserNotFoundException: () =>
    new DaypassError('invalid_credentials', 'E-mail address or password is wrong.'),
  UserNotConfirmedException: () =>
    new DaypassError(
      'email_not_confirmed',
      'Confirm your e-mail address first, with the code sent to it. POST /v1/register/resend sends a new one.',
    ),
  PasswordResetRequiredException: () =>
    new DaypassError(
      'invalid_credentials',
      'This account needs a new password first: reset it as one that was forgotten.',
    ),
  InvalidPasswordException: (message) => weakPassword(ruleIn(message)),
  PasswordHistoryPolicyViolationException: () =>
    new DaypassError('weak_password', 'This password was used before. Choose another one.', {
      param: 'password',
    }),
  CodeMismatchException: () => invalidCode(),
  ExpiredCodeException: () => invalidCode(),
  InvalidParameterException: () => new DaypassError('invalid_request', 'The directory refused these values.'),
  AliasExistsException: () => invalidCode(),
  // Of the trigger check-sign-up, which has no other refusal.
  UserLambdaValidationException: () => domainNotAllowed(),
  // Of one user's attempts at a code or password; but the same name has the pool's daily number of e-mails.
  LimitExceededException: (message) =>
    /email limit/i.test(message) ? mailNotSent(lookAgainAtMailSeconds) : tooManyAttempts(),
  TooManyFailedAttemptsException: () => tooManyAttempts(),
  // Of all users' requests together, which share a quota a second: no caller's own fault.
  TooManyRequestsException: () => tooManyPeople(),
  CodeDeliveryFailureException: () => mailNotSent(60),
};

/**
 * What Cognito says of values that the caller gave.
 * @returns the refusal for the caller, or the error itself where it is no refusal
 */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error) || isAboutUs(error)) return error;
  return refusals[error.name]?.(error.message) ?? error;
}

/** What Cognito says of calls in our own right, whose values are ours: nothing of it is the caller's to mend. */
export function failureOfOurs(error: unknown): unknown {
  if (!(error instanceof Error) || !Object.hasOwn(refusals, error.name)) return error;
  if (['TooManyRequestsException', 'LimitExceededException'].includes(error.name)) return tooManyPeople();
  return new DaypassError('internal_error', commonMessages.internal_error, { cause: error });
}

/** `Unable to verify secret hash for client …` and the like, under the name that a wrong password has too. */
export function isAboutTheSecret(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotAuthorizedException' && /secret/i.test(error.message);
}

/** How we are set up: a secret that is not taken, a flow that is not turned on, a trigger that broke. */
function isAboutUs(error: Error): boolean {
  if (isAboutTheSecret(error)) return true;
  if (error.name === 'UserLambdaValidationException') return !error.message.includes('domain_not_allowed');
  return (
    error.name === 'InvalidParameterException' && /not (enabled|supported|turned on)/i.test(error.message)
  );
}

/** Cognito names the rule after a fixed introduction: `Password did not conform with policy: …`. */
function ruleIn(message: string): string {
  return (message.split(':').at(-1)?.trim() ?? '').toLowerCase();
}

function tooManyPeople(): DaypassError {
  return new ThrottledError(
    'Cognito',
    'Too many people are using their accounts right now. Try again in a moment.',
    { retryAfterSeconds: 5 },
  );
}

const lookAgainAtMailSeconds = 3600;

function mailNotSent(retryAfterSeconds: number): DaypassError {
  return new DaypassError('service_unavailable', 'The e-mail could not be sent. Try again later.', {
    retryAfterSeconds,
  });
}

function tooManyAttempts(): DaypassError {
  return new DaypassError('too_many_attempts', 'Too many attempts. Wait a few minutes and try again.', {
    retryAfterSeconds: 300,
  });
}
