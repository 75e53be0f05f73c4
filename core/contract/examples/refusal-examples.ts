import { commonMessages, type ErrorCode } from '../../errors.ts';
import { unknownKey } from '../../metering/refusal.ts';
import { passwordNeeds } from '../accounts/password-policy.ts';
import { gatewayMessages } from '../gateway-messages.ts';
import { model, plan } from './example-values.ts';
import type { RefusalExample } from './route-example.ts';

/** By API Gateway itself. */
const byGateway = (code: keyof typeof gatewayMessages): RefusalExample => ({
  message: gatewayMessages[code],
  byGateway: true,
});

/** Of a route that checks the key itself. */
export const ofFunction = { invalid_api_key: { message: unknownKey().message } };

/** Of a list, whose pages have at most so many entries. */
export const badLimit = (most: number) => ({
  invalid_request: { message: `limit must be a whole number from 1 to ${most}.`, param: 'limit' },
});

/** Of codes that no route documents: the edge's, and a caller's who has left. */
type Elsewhere = 'method_not_allowed' | 'caller_left';

/**
 * How each code is worded most often. The words are those of the code: test/core/contract/refusal-words.test.ts finds them
 * there, and test/e2e/examples.test.ts gets them over HTTP.
 */
export const refusalExamples = {
  invalid_json: { message: 'The body is not valid JSON.' },
  invalid_request: { message: 'This call needs a JSON body.' },
  unsupported_parameter: { message: 'colour is not a field of this call.', param: 'colour' },
  weak_password: {
    message: `This password is too weak: password must have numeric characters. It needs ${passwordNeeds}.`,
    param: 'password',
  },
  wrong_password: { message: 'This is not your current password.', param: 'currentPassword' },
  invalid_code: { message: 'This code is wrong or has expired. Ask for a new one.', param: 'code' },
  invalid_signature: {
    message: 'The stripe-signature is missing, wrong or more than five minutes old, or it is of other bytes.',
    param: 'stripe-signature',
  },
  unknown_plan: {
    message: `There is no such plan. Choose one of '${plan}', '20-per-day', '30-per-day'.`,
    param: 'plan',
  },
  context_length_exceeded: {
    message:
      'prompt is too long: the model’s context does not hold it. Send less, or choose a model with a larger context.',
  },
  model_refused_request: { message: 'The model refused this request: the input is malformed' },
  unauthorized: { message: commonMessages.unauthorized, byGateway: true },
  invalid_credentials: { message: 'E-mail address or password is wrong.' },
  email_not_confirmed: {
    message:
      'Confirm your e-mail address first, with the code sent to it. POST /v1/register/resend sends a new one.',
  },
  invalid_refresh_token: { message: 'This session has ended. Log in again.', param: 'refreshToken' },
  provider_login_failed: { message: 'The login with the provider did not come to its end. Begin again.' },
  session_expired: { message: 'There is no session, or it has ended. Log in again.' },
  invalid_api_key: byGateway('invalid_api_key'),
  provider_key_required: {
    message:
      "'openai/gpt-5' needs a key of your own for the provider 'openai'. Send it as X-PROVIDER-KEY, or keep it by PUT /v1/provider-keys/openai.",
  },
  forbidden: {
    message: 'Only admins may make this call. Whoever was made an admin just now has to log in again.',
  },
  cross_site_request: { message: 'Only pages of this origin may make this call.' },
  domain_not_allowed: { message: 'Addresses of this domain may not sign up here.', param: 'email' },
  provider_login_required: {
    message: 'This address logs in in a browser, with okta.',
    param: 'email',
  },
  sign_up_closed: { message: 'Sign-up is closed here. Ask the operator for an account.' },
  plan_not_allowed: { message: "Your account may not use the plan 'unlimited'.", param: 'plan' },
  host_not_allowed: {
    message:
      'This key may be used from pages of certain hosts only, and this call’s Origin names none of them.',
  },
  model_not_allowed: { message: `This key may not call '${model}'.`, param: 'model' },
  provider_key_refused: {
    message: 'The provider refuses your own key. Check the key and what it may be used for.',
  },
  awaiting_approval: {
    message:
      'An admin of this service has not approved your account yet. GET /v1/me tells when it is active.',
  },
  user_suspended: { message: 'This account is suspended. Ask the operator of this service.' },
  not_found: { message: 'You have no such key. GET /v1/api-keys lists yours.' },
  model_not_found: {
    message: 'There is no such model. GET /v1/models lists the models on offer.',
    param: 'model',
  },
  registration_changed: {
    message:
      'This address was signed up again since. Send the `registration` that the latest sign-up answered, or sign up once more.',
    param: 'registration',
  },
  email_taken: {
    message: 'This e-mail address already has an account. Log in instead.',
    param: 'email',
  },
  key_exists: {
    message: `You already have an active key on the plan '${plan}'. Revoke one first, or choose another plan.`,
    param: 'plan',
  },
  key_ended: { message: 'This key is revoked or expired and can’t be changed. Create a new one.' },
  key_busy: { message: 'This key is being changed right now. Try again in a moment.' },
  idempotency_busy: {
    message: 'The first call with this Idempotency-Key is still under way.',
    param: 'Idempotency-Key',
  },
  idempotency_mismatch: {
    message: 'This Idempotency-Key was used with another body. Use a new one.',
    param: 'Idempotency-Key',
  },
  payload_too_large: { message: 'The body must have at most 65536 bytes.' },
  unsupported_media_type: { message: commonMessages.unsupported_media_type },
  quota_exceeded: {
    message: 'You have used all 10 requests of this day. The next day begins at 2026-11-23T00:00:00.000Z.',
  },
  rate_limit_exceeded: byGateway('rate_limit_exceeded'),
  ceiling_reached: {
    message: 'This service has reached its limit for today. The next day begins at 2026-11-23T00:00:00.000Z.',
  },
  too_many_attempts: { message: 'Too many attempts. Wait a few minutes and try again.' },
  model_overloaded: { message: 'The model is overloaded right now. Try again shortly.' },
  internal_error: { message: commonMessages.internal_error },
  model_failed: { message: 'The model failed on this request. Try again.' },
  service_unavailable: byGateway('service_unavailable'),
  mail_not_set_up: {
    message: 'This service takes no feedback here: its operator has set up no mail for it.',
  },
  model_timeout: { message: 'The model took too long. Try again, or ask for less.' },
  gateway_timeout: byGateway('gateway_timeout'),
} as const satisfies Record<Exclude<ErrorCode, Elsewhere>, RefusalExample>;
