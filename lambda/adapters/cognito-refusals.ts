import { DaypassError, ThrottledError } from '../../core/errors.ts';

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
  InvalidPasswordException: (message) =>
    new DaypassError('weak_password', weakPasswordMessage(message), { param: 'password' }),
  PasswordHistoryPolicyViolationException: () =>
    new DaypassError('weak_password', 'This password was used before. Choose another one.', {
      param: 'password',
    }),
  CodeMismatchException: () => invalidCode(),
  ExpiredCodeException: () => invalidCode(),
  InvalidParameterException: () => new DaypassError('invalid_request', 'The directory refused these values.'),
  AliasExistsException: () => invalidCode(),
  // Of one user's attempts at a code or password; but the same name has the pool's daily number of e-mails.
  LimitExceededException: (message) =>
    /email limit/i.test(message) ? mailNotSent(lookAgainAtMailSeconds) : tooManyAttempts(),
  TooManyFailedAttemptsException: () => tooManyAttempts(),
  // Of all users' requests together, which share a quota a second: no caller's own fault.
  TooManyRequestsException: () =>
    new ThrottledError(
      'Cognito',
      'Too many people are using their accounts right now. Try again in a moment.',
      {
        retryAfterSeconds: 5,
      },
    ),
  CodeDeliveryFailureException: () => mailNotSent(60),
};

/** @returns the refusal for the caller, or the error itself where it is no refusal */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return refusals[error.name]?.(error.message) ?? error;
}

/** Cognito names the rule after a fixed introduction: `Password did not conform with policy: …`. */
function weakPasswordMessage(message: string): string {
  const rule = message.split(':').at(-1)?.trim() ?? '';
  return `This password is too weak: ${rule.toLowerCase()}. It needs 12 characters or more, with upper-case and lower-case letters and a digit.`;
}

export function invalidCode(): DaypassError {
  return new DaypassError('invalid_code', 'This code is wrong or has expired. Ask for a new one.', {
    param: 'code',
  });
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
