import type { ErrorCode } from '../core/errors.ts';
import { t } from './language/t.ts';

interface Sentence {
  words: () => string;
  /** The API's own words add nothing. */
  isWhole: boolean;
}

const whole = (words: () => string): Sentence => ({ words, isWhole: true });
const general = (words: () => string): Sentence => ({ words, isWhole: false });

/** What a code means, for readers of another language than the API's. Codes that no screen shows stand in docs/errors.md alone. */
export const refusalSentences: Readonly<Partial<Record<string, Sentence>>> = {
  invalid_request: general(() => t('The service did not accept this input.')),
  weak_password: general(() => t('This password is not safe enough.')),
  wrong_password: whole(() => t('The password is wrong.')),
  invalid_code: whole(() => t('The code is wrong or has expired.')),
  unsupported_parameter: general(() => t('The model doesn’t take one of the settings.')),
  context_length_exceeded: general(() => t('The conversation is too long for this model.')),
  model_refused_request: general(() => t('The model refused the call.')),
  unknown_plan: whole(() => t('This plan does not exist.')),
  unauthorized: whole(() => t('Log in first.')),
  invalid_credentials: whole(() => t('The e-mail address or the password is wrong.')),
  email_not_confirmed: whole(() => t('The e-mail address is not confirmed yet.')),
  session_expired: whole(() => t('Your session has ended. Log in again.')),
  invalid_api_key: general(() => t('This API key does not work.')),
  provider_key_required: general(() => t('This model needs your own key for its provider.')),
  provider_key_refused: general(() => t('The provider refused your key.')),
  forbidden: general(() => t('You may not do this.')),
  domain_not_allowed: whole(() => t('Addresses of this domain can’t be used here.')),
  provider_login_required: general(() => t('This address logs in with its provider.')),
  sign_up_closed: whole(() => t('New accounts can’t be created here.')),
  plan_not_allowed: general(() => t('You can’t use this plan.')),
  model_not_allowed: general(() => t('The key can’t use this model.')),
  awaiting_approval: whole(() => t('An admin has to approve this account first.')),
  user_suspended: whole(() => t('This account is suspended.')),
  not_found: general(() => t('This does not exist, or no longer.')),
  model_not_found: general(() => t('This model does not exist.')),
  registration_changed: whole(() => t('This address has been signed up again. Use the newest code.')),
  email_taken: whole(() => t('This address has an account already.')),
  key_exists: general(() => t('There are already as many keys on this plan as it allows.')),
  key_ended: whole(() => t('This key has been revoked or has expired.')),
  key_busy: whole(() => t('The key is being changed. Try again in a moment.')),
  payload_too_large: general(() => t('This is too large.')),
  quota_exceeded: general(() => t('A limit is used up.')),
  rate_limit_exceeded: general(() => t('Too many requests at once.')),
  ceiling_reached: general(() => t('The limit of the whole service is used up.')),
  too_many_attempts: general(() => t('Too many attempts.')),
  model_overloaded: whole(() => t('The model is overloaded.')),
  internal_error: whole(() => t('Something went wrong on our side.')),
  model_failed: general(() => t('The model failed.')),
  service_unavailable: general(() => t('The service is not available at the moment.')),
  model_timeout: whole(() => t('The model took too long.')),
  gateway_timeout: whole(() => t('The service took too long.')),
} satisfies Partial<Record<ErrorCode, Sentence>>;

/**
 * What the API says in the same words each time, without when to try again: to be told in the reader's language alone, with nothing
 * of the API's English beside it.
 */
export const knownSentences: readonly [RegExp, () => string][] = [
  [/^A part of this service did not answer\.$/, () => t('A part of this service did not answer.')],
  [
    /^Many keys are being created or changed right now\.$/,
    () => t('Many keys are being created or changed right now.'),
  ],
  [/^Too many changes at once\.$/, () => t('Too many changes at once.')],
  [
    /^Too many users are logging in or changing their accounts right now\.$/,
    () => t('Too many users are logging in or changing their accounts right now.'),
  ],
  [/^Your account is being changed right now\.$/, () => t('Your account is being changed right now.')],
  [/^The model can’t be reached right now\.$/, () => t('The model can’t be reached right now.')],
  [/^Stripe can’t be reached right now\.$/, () => t('Stripe can’t be reached right now.')],
  [/^The e-mail could not be sent\.$/, () => t('The e-mail could not be sent.')],
  [
    /^This service can’t create any more keys\. Tell its operator\.$/,
    () => t('This service can’t create any more keys. Tell its operator.'),
  ],
  [/^The model’s answer was malformed\.$/, () => t('The model’s answer was malformed.')],
  [/^The model failed on this request\.$/, () => t('The model failed on this request.')],
  [/^The model’s answer broke off\.$/, () => t('The model’s answer broke off.')],
  [/^The model gave no answer\.$/, () => t('The model gave no answer.')],
  [
    /^This password was used before\. Choose another one\.$/,
    () => t('This password was used before. Choose another one.'),
  ],
  [
    /^Too many attempts\. Wait a few minutes and try again\.$/,
    () => t('Too many attempts. Wait a few minutes and try again.'),
  ],
  [
    /^The new password is set, but other sessions and keys may not have ended\. Log in with it, end all sessions and revoke your keys\.$/,
    () =>
      t(
        'The new password is set, but other sessions and keys may not have ended. Log in with it, end all sessions and revoke your keys.',
      ),
  ],
  [
    /^There is no message with this receipt\. Receipts are kept until seven days after their message expires\.$/,
    () =>
      t(
        'There is no message with this receipt. Receipts are kept until seven days after their message expires.',
      ),
  ],
  [
    /^Codes for this address were asked for \d+ times in this hour\. Use the last one, or try again in the next hour\.$/,
    () =>
      t(
        'Codes for this address were asked for too often in this hour. Use the last one, or try again in the next hour.',
      ),
  ],
];

/** A span of days that the API takes none of. */
export function spanFault(said: string): (() => string) | undefined {
  const [, days] =
    /^from must not be after to, and the two may span at most (\d+) days(?:, unless actor or subject is given)?\.$/.exec(
      said,
    ) ?? [];
  if (days === undefined) return;
  return () =>
    t('The first day must not be after the last, and the two may span at most {days} days.', { days });
}
