import { type RefusedLogin, refusedLogins } from '../contract/accounts/federation.ts';
import { DaypassError } from '../errors.ts';

/** What Cognito's trigger says when it has linked an account: Cognito takes that up at the next attempt only. */
export const linkedNow = 'daypass_linked';

/**
 * What an error of Cognito's authorization endpoint means. Errors of our trigger come through in its own words.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export function readAuthorizationError(description: string | undefined): RefusedLogin | 'linked' {
  const [, word = ''] = /PreSignUp failed with error (\w+)/.exec(description ?? '') ?? [];
  // The second is what Cognito says if it had already made a user of its own when the account was linked.
  if (word === linkedNow || /Already found an entry for username/i.test(description ?? '')) return 'linked';
  return isRefusedLogin(word) ? word : 'provider_login_failed';
}

/** The word that the log-in screen gets. */
export function refusedLoginOf(error: unknown): RefusedLogin {
  if (!(error instanceof DaypassError)) return 'service_unavailable';
  return isRefusedLogin(error.code) ? error.code : 'provider_login_failed';
}

function isRefusedLogin(word: string): word is RefusedLogin {
  return (refusedLogins as readonly string[]).includes(word);
}
