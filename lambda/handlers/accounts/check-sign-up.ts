import type { PreSignUpTriggerEvent } from 'aws-lambda';
import { isOfAllowedDomain } from '../../../core/accounts/allowed-domains.ts';
import { catalog } from '../../catalog.ts';

/**
 * Cognito's PreSignUp trigger, where the settings allow certain domains only: it holds whatever way a sign-up comes in.
 * Whom an operator adds is the operator's decision.
 */
export async function handler(event: PreSignUpTriggerEvent): Promise<PreSignUpTriggerEvent> {
  const { email = '' } = event.request.userAttributes;
  if (event.triggerSource === 'PreSignUp_AdminCreateUser') return event;
  // Cognito hands the message on, and our own routes know it by this word.
  if (!isOfAllowedDomain(catalog.signUp, email)) throw new Error('domain_not_allowed');
  return event;
}
