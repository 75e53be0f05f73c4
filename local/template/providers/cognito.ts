import type { CognitoIdp } from '../../aws/cognito/cognito.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName, userPoolClientId, userPoolId } from '../stable-id.ts';

/** @param consoleUrl where the console is on this machine, in place of its https:// address */
export function cognitoProviders(cognito: CognitoIdp, consoleUrl: string): ResourceProvider[] {
  return [
    {
      type: 'AWS::Cognito::UserPool',
      create(logicalId, properties, { stackName, environment }) {
        const id = userPoolId({ stackName, logicalId }, environment.region);
        const local = withLocalRelyingParty(properties, consoleUrl);
        return { ref: id, attributes: { ...cognito.definePool({ id, properties: local }) } };
      },
    },
    {
      type: 'AWS::Cognito::UserPoolClient',
      create(logicalId, given, { stackName }) {
        const properties = withLocalCallbacks(given, consoleUrl);
        const client = cognito.defineClient({ id: userPoolClientId({ stackName, logicalId }), properties });
        return { ref: client.ClientId, attributes: { ...client } };
      },
    },
    {
      type: 'AWS::Cognito::UserPoolGroup',
      create(logicalId, properties, { stackName }) {
        const id = String(properties.GroupName ?? physicalName({ stackName, logicalId }));
        const { GroupName } = cognito.defineGroup({ id, properties });
        return { ref: GroupName, attributes: {} };
      },
    },
    {
      type: 'AWS::Cognito::UserPoolIdentityProvider',
      create: (_logicalId, properties) => ({
        ref: cognito.defineIdentityProvider(properties).ProviderName,
        attributes: {},
      }),
    },
    {
      type: 'AWS::Cognito::UserPoolDomain',
      create: (_logicalId, properties) => ({ ref: cognito.defineDomain(properties).Domain, attributes: {} }),
    },
  ];
}

/** Browsers take passkeys of the page's own domain only. */
function withLocalRelyingParty(
  properties: Record<string, unknown>,
  consoleUrl: string,
): Record<string, unknown> {
  if (properties.WebAuthnRelyingPartyID === undefined) return properties;
  return { ...properties, WebAuthnRelyingPartyID: new URL(consoleUrl).hostname };
}

/** The distribution's name leads nowhere here: what the template calls by it is on this machine. */
function withLocalCallbacks(
  properties: Record<string, unknown>,
  consoleUrl: string,
): Record<string, unknown> {
  const { CallbackURLs } = properties;
  if (!Array.isArray(CallbackURLs)) return properties;
  return {
    ...properties,
    CallbackURLs: CallbackURLs.map((url) => String(url).replace(/^https:\/\/[^/]+/, consoleUrl)),
  };
}
