import type { Context, PreSignUpTriggerEvent } from 'aws-lambda';
import { isOfAllowedDomain } from '../../../core/accounts/allowed-domains.ts';
import { linkIdentity } from '../../../core/accounts/link-identity.ts';
import { linkedNow } from '../../../core/accounts/refused-login.ts';
import { codeOf } from '../../../core/errors.ts';
import { openLinks } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { describeCause, logger } from '../../log.ts';
import { withRequestId } from '../../request-ids.ts';

/**
 * Cognito's PreSignUp trigger, where the settings list providers. A first login with a provider never makes a user of Cognito's
 * own kind: it is linked to an account, refused with `daypass_linked`, and begun once more by the callback.
 */
export const handler = (event: PreSignUpTriggerEvent, { awsRequestId }: Context) =>
  withRequestId(awsRequestId, () => admit(event));

async function admit(event: PreSignUpTriggerEvent): Promise<PreSignUpTriggerEvent> {
  const { userAttributes } = event.request;
  const email = (userAttributes.email ?? '').toLowerCase();
  if (event.triggerSource === 'PreSignUp_AdminCreateUser') return event;
  if (event.triggerSource !== 'PreSignUp_ExternalProvider') {
    // Cognito hands the message on, and our own routes know it by this word.
    if (!isOfAllowedDomain(catalog.signUp, email)) throw new Error('domain_not_allowed');
    return event;
  }
  const emailVerified = userAttributes.email_verified === 'true';
  const identity = { ...identityOf(event), email, emailVerified };
  try {
    await linkIdentity(openLinks(event.userPoolId), catalog, identity);
  } catch (error) {
    const code = codeOf(error);
    logger.warn('provider login refused', { code, provider: identity.provider, cause: describeCause(error) });
    throw new Error(code);
  }
  throw new Error(linkedNow);
}

/**
 * The name is `provider_subject`, and in lower case in a pool that doesn't distinguish cases. A link needs the subject as it is, which
 * the attribute `profile` has.
 */
function identityOf({ userName, request }: PreSignUpTriggerEvent) {
  const at = userName.indexOf('_');
  return {
    provider: userName.slice(0, at).toLowerCase(),
    subject: request.userAttributes.profile || userName.slice(at + 1),
  };
}
