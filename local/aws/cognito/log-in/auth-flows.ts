import { invalidParameter } from '../errors.ts';
import type { Client } from '../pools/clients.ts';

export type AuthFlow = 'USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH' | 'USER_AUTH';

/** What a client may do when its template names no flows. */
const defaultFlows = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];

const refusal: Record<AuthFlow, string> = {
  USER_PASSWORD_AUTH: 'USER_PASSWORD_AUTH flow not enabled for this client',
  USER_AUTH: 'USER_AUTH flow not enabled for this client',
  REFRESH_TOKEN_AUTH: 'Auth flow not enabled for this client',
};

/** @throws InvalidParameterException unless the client's ExplicitAuthFlows allow the flow */
export function assertFlowEnabled(client: Client, flow: AuthFlow): void {
  const allowed = client.properties.ExplicitAuthFlows ?? defaultFlows;
  if (!spellings(flow).some((name) => allowed.includes(name))) throw invalidParameter(refusal[flow]);
}

/** Old templates use names without `ALLOW_`; with those every client may refresh. */
function spellings(flow: AuthFlow): string[] {
  const legacy = ['ADMIN_NO_SRP_AUTH', 'USER_PASSWORD_AUTH', 'CUSTOM_AUTH_FLOW_ONLY'];
  if (flow === 'REFRESH_TOKEN_AUTH') return ['ALLOW_REFRESH_TOKEN_AUTH', ...legacy];
  return [`ALLOW_${flow}`, flow];
}

/** @throws InvalidParameterException when an entry of AuthParameters or ChallengeResponses is missing */
export function requiredEntry(entries: Record<string, string>, name: string): string {
  const value = entries[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
