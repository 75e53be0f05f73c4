import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Aws, CfnOutput, SecretValue, Stack } from 'aws-cdk-lib';
import {
  CfnManagedLoginBranding,
  type CfnUserPoolClient,
  CfnUserPoolDomain,
  CfnUserPoolIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Catalog } from '../../core/catalog.ts';
import { callbackPath, federationRoutes } from '../../core/contract/accounts/federation.ts';
import type { ProviderLoginEnvironment } from '../../lambda/env.ts';
import type { LogInSettings, ProviderOfUsers } from '../log-in-settings.ts';
import { Endpoint } from './functions/endpoint.ts';
import { allowAsClient, allowOnPool, poolEnvironment } from './functions/pool-access.ts';
import type { HttpApi } from './http-api.ts';
import type { Identity } from './identity.ts';
import type { Records } from './table.ts';

export interface ProviderLoginProps {
  readonly catalog: Catalog;
  readonly consoleUrl: string;
  readonly http: HttpApi;
  readonly identity: Identity;
  readonly logIn: LogInSettings;
  readonly records: Records;
}

/** Login with providers of users, by Cognito's federation. Made only where the settings list some. */
export class ProviderLogin extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { catalog, consoleUrl, http, identity, logIn, records }: ProviderLoginProps,
  ) {
    super(scope, id);
    const { userPool } = identity;
    const providers = logIn.providers.map(
      (settings) =>
        new CfnUserPoolIdentityProvider(this, settings.name, {
          userPoolId: userPool.userPoolId,
          providerName: settings.name,
          providerType: settings.type === 'oidc' ? 'OIDC' : 'SAML',
          providerDetails: detailsOf(settings),
          attributeMapping: mappingOf(settings),
        }),
    );
    // One of all accounts in the Region, so it has the account's number.
    const prefix = `${Stack.of(this).stackName.toLowerCase()}-${Aws.ACCOUNT_ID}`;
    const domain = new CfnUserPoolDomain(this, 'Domain', {
      userPoolId: userPool.userPoolId,
      domain: prefix,
      managedLoginVersion: 2,
    });
    const client = openClient(identity, logIn, consoleUrl);
    for (const provider of providers) client.addResourceDependency(provider);
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: userPool.userPoolId,
      clientId: identity.client.userPoolClientId,
      useCognitoProvidedValues: true,
    });

    const loginUrl = `https://${domain.ref}.auth.${Aws.REGION}.amazoncognito.com`;
    const endpoint = Endpoint.create<ProviderLoginEnvironment>(this, {
      handler: 'sessions/provider-login',
      catalog,
      environment: {
        ...poolEnvironment(identity),
        TABLE_NAME: records.table.tableName,
        LOGIN_URL: loginUrl,
      },
    });
    allowAsClient(endpoint, identity);
    allowOnPool(endpoint, identity, 'AdminGetUser', 'AdminUpdateUserAttributes');
    records.grant(endpoint, 'UpdateItem');
    for (const route of Object.values(federationRoutes)) http.add(route, endpoint);

    new CfnOutput(this, 'OidcRedirectUrl', {
      value: `${loginUrl}/oauth2/idpresponse`,
      description: 'To enter at an OIDC provider',
    });
    new CfnOutput(this, 'SamlReplyUrl', {
      value: `${loginUrl}/saml2/idpresponse`,
      description: 'To enter at a SAML provider; its audience is urn:amazon:cognito:sp: and the UserPoolId',
    });
  }
}

/**
 * Lets the app client be used at Cognito's domain, for codes alone. Without `COGNITO` among its providers nobody signs up or logs in by
 * password there, past our routes.
 */
function openClient(
  { client }: Identity,
  { providers }: LogInSettings,
  consoleUrl: string,
): CfnUserPoolClient {
  const resource = client.node.defaultChild as CfnUserPoolClient;
  resource.allowedOAuthFlowsUserPoolClient = true;
  resource.allowedOAuthFlows = ['code'];
  resource.allowedOAuthScopes = ['openid', 'email'];
  resource.callbackUrLs = [consoleUrl + callbackPath];
  resource.supportedIdentityProviders = providers.map(({ name }) => name);
  // Cognito writes what it maps as the client does.
  resource.writeAttributes = ['email', 'profile'];
  return resource;
}

function detailsOf(settings: ProviderOfUsers): Record<string, string> {
  if (settings.type === 'saml') {
    return {
      ...(settings.metadataUrl !== undefined
        ? { MetadataURL: settings.metadataUrl }
        : { MetadataFile: readMetadata(settings.metadataFile ?? '') }),
      IDPSignout: 'false',
    };
  }
  return {
    oidc_issuer: settings.issuer,
    client_id: settings.clientId,
    client_secret: SecretValue.secretsManager(settings.clientSecret.secret).unsafeUnwrap(),
    authorize_scopes: settings.scopes.join(' '),
    attributes_request_method: 'GET',
  };
}

/** `profile` keeps the user's id at the provider as it is: Cognito's own names of users are in lower case. */
function mappingOf(settings: ProviderOfUsers): Record<string, string> {
  return settings.type === 'saml'
    ? {
        email: settings.emailAttribute,
        profile: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier',
      }
    : { email: 'email', email_verified: 'email_verified', profile: 'sub' };
}

/** Beside the settings file, which is where the path stands. */
function readMetadata(file: string): string {
  const settings = process.env.DAYPASS_SETTINGS ?? 'daypass.yml';
  return readFileSync(resolve(dirname(settings), file), 'utf8');
}
