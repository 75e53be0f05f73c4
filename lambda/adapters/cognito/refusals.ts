import { domainNotAllowed, invalidCode, weakPassword } from '../../../core/accounts/refusals.ts';
import { commonMessages, DaypassError, ThrottledError } from '../../../core/errors.ts';

/** Cognito's refusals by exception name, in our words: Cognito's own reveal too much to strangers. */
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
      'This account needs a new password first. Reset it like a forgotten one.',
    ),
  InvalidPasswordException: (message) => weakPassword(ruleIn(message)),
  PasswordHistoryPolicyViolationException: () =>
    new DaypassError('weak_password', 'This password was used before. Choose another one.', {
      param: 'password',
    }),
  CodeMismatchException: () => invalidCode(),
  ExpiredCodeException: () => invalidCode(),
  InvalidParameterException: refusedValue,
  AliasExistsException: () => invalidCode(),
  // The trigger check-sign-up has no other refusal.
  UserLambdaValidationException: () => domainNotAllowed(),
  // Too many attempts of one user at a code or password, but also the pool's daily e-mail limit.
  LimitExceededException: (message) =>
    /email limit/i.test(message) ? mailNotSent(lookAgainAtMailSeconds) : tooManyAttempts(),
  TooManyFailedAttemptsException: () => tooManyAttempts(),
  // All users share a rate limit, so this is not the caller's fault.
  TooManyRequestsException: () => throttled(),
  CodeDeliveryFailureException: () => mailNotSent(60),
};

/**
 * For calls with the caller's values.
 * @returns the refusal for the caller, or the error itself if it is not a refusal
 */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error) || isAboutUs(error)) return error;
  return refusals[error.name]?.(error.message) ?? error;
}

/** For calls with our own values, whose refusals the caller can't mend. */
export function ownFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !Object.hasOwn(refusals, error.name)) return error;
  if (['TooManyRequestsException', 'LimitExceededException'].includes(error.name)) return throttled();
  return new DaypassError('internal_error', commonMessages.internal_error, { cause: error });
}

/**
 * Such as `Unable to verify secret hash for client …`, under the same name as a wrong password, or, of RevokeToken alone,
 * `Invalid client or secret`.
 */
export function isAboutTheSecret(error: unknown): boolean {
  return (
    error instanceof Error &&
    ['NotAuthorizedException', 'UnauthorizedException'].includes(error.name) &&
    /secret/i.test(error.message)
  );
}

/** Whether the error is about our setup: a refused client secret, a disabled flow, a failing trigger. */
function isAboutUs(error: Error): boolean {
  if (isAboutTheSecret(error)) return true;
  if (error.name === 'UserLambdaValidationException') return !error.message.includes('domain_not_allowed');
  return (
    error.name === 'InvalidParameterException' && /not (enabled|supported|turned on)/i.test(error.message)
  );
}

/** The rule follows a fixed introduction: `Password did not conform with policy: …`. */
function ruleIn(message: string): string {
  return (message.split(':').at(-1)?.trim() ?? '').toLowerCase();
}

/** Our fields by the members of Cognito's requests that they become. */
const fields: Readonly<Record<string, string>> = {
  username: 'email',
  password: 'password',
  proposedPassword: 'newPassword',
  confirmationCode: 'code',
};

/** Such as `1 validation error detected: Value at 'username' failed to satisfy constraint: Member must have length …`. */
function refusedValue(message: string): DaypassError {
  const [, member = '', rule = ''] =
    /at '(\w+)' failed to satisfy constraint: Member (must [^;]+)/.exec(message) ?? [];
  const param = Object.hasOwn(fields, member) ? fields[member] : undefined;
  return param === undefined
    ? new DaypassError('invalid_request', 'The directory refused these values.')
    : new DaypassError('invalid_request', `${param} was refused by the directory: it ${rule}.`, { param });
}

function throttled(): DaypassError {
  return new ThrottledError(
    'Cognito',
    'Too many users are logging in or changing their accounts right now. Try again in a moment.',
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
