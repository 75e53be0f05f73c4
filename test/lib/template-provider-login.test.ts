import { smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import { flat, functionsOf, grantsOf, methodsOf, onlyResource, resourcesOf } from './template.ts';

const acme = {
  name: 'acme',
  label: 'Acme',
  type: 'oidc',
  issuer: 'https://login.acme.example',
  clientId: 'daypass',
  clientSecret: { secret: 'daypass/acme' },
  domains: ['acme.example'],
};
const corp = { name: 'corp', type: 'saml', metadataUrl: 'https://idp.corp.example/metadata' };
const settings = { ...smallest, logIn: { providers: [acme, corp] } };

const without = synth({});
const template = synth({ settings });

test('costs nothing where no provider is listed, and a bounded number of resources where some are', () => {
  const federated = /IdentityProvider|UserPoolDomain|ManagedLoginBranding/;
  expect(Object.values(without.Resources).filter(({ Type }) => federated.test(Type))).toEqual([]);
  const more = Object.keys(template.Resources).length - Object.keys(without.Resources).length;
  expect(more).toBeGreaterThan(10);
  expect(more).toBeLessThanOrEqual(27);
});

test('an OIDC provider gets its secret from Secrets Manager, by CloudFormation', () => {
  const [oidc, saml] = [...resourcesOf(template, 'AWS::Cognito::UserPoolIdentityProvider').values()];
  expect(oidc?.Properties).toMatchObject({
    ProviderName: 'acme',
    ProviderType: 'OIDC',
    ProviderDetails: {
      oidc_issuer: 'https://login.acme.example',
      client_id: 'daypass',
      client_secret: '{{resolve:secretsmanager:daypass/acme:SecretString:::}}',
      authorize_scopes: 'openid email',
    },
    AttributeMapping: { email: 'email', email_verified: 'email_verified', profile: 'sub' },
  });
  expect(saml?.Properties).toMatchObject({
    ProviderType: 'SAML',
    ProviderDetails: { MetadataURL: 'https://idp.corp.example/metadata' },
  });
});

test('the client gives codes alone, to the console alone, and takes no passwords at Cognito’s domain', () => {
  const { Properties } = onlyResource(template, 'AWS::Cognito::UserPoolClient');
  expect(Properties).toMatchObject({
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', 'email'],
    SupportedIdentityProviders: ['acme', 'corp'],
    WriteAttributes: ['email', 'profile'],
    GenerateSecret: true,
  });
  const [id] = [...resourcesOf(template, 'AWS::CloudFront::Distribution').keys()];
  expect(Properties.CallbackURLs.map(flat)).toEqual([`https://<${id}.DomainName>/v1/login/callback`]);
  const before = onlyResource(without, 'AWS::Cognito::UserPoolClient').Properties;
  expect(before.AllowedOAuthFlowsUserPoolClient).toBe(false);
  expect(before.CallbackURLs).toBeUndefined();
});

test('two stages of an account have domains of their own, with managed login', () => {
  const dev = synth({ settings, stage: 'dev' });
  const domains = [template, dev].map((one) => onlyResource(one, 'AWS::Cognito::UserPoolDomain').Properties);
  expect(domains.map(({ Domain }) => flat(Domain))).toEqual([
    'daypass-<AWS::AccountId>',
    'daypass-dev-<AWS::AccountId>',
  ]);
  expect(domains.map(({ ManagedLoginVersion }) => ManagedLoginVersion)).toEqual([2, 2]);
  expect(onlyResource(template, 'AWS::Cognito::ManagedLoginBranding').Properties).toMatchObject({
    UseCognitoProvidedValues: true,
  });
});

test('its trigger takes the place of the one for domains, and may change users of this pool only', () => {
  const pool = onlyResource(template, 'AWS::Cognito::UserPool');
  const [id] = functionsOf(template).get('admit-sign-up') ?? [];
  expect(flat(pool.Properties.LambdaConfig.PreSignUp)).toBe(`<${id}.Arn>`);
  expect(functionsOf(template).has('check-sign-up')).toBe(false);
  const grants = grantsOf(template, 'admit-sign-up').filter(({ action }) => !/^(logs|xray):/.test(action));
  expect(grants.map(({ action }) => action).sort()).toEqual([
    'cognito-idp:AdminCreateUser',
    'cognito-idp:AdminDeleteUser',
    'cognito-idp:AdminGetUser',
    'cognito-idp:AdminLinkProviderForUser',
    'cognito-idp:AdminSetUserPassword',
  ]);
  expect(new Set(grants.map(({ resource }) => resource))).toEqual(new Set([`<${pool.id}.Arn>`]));
});

test('both routes are open, and the function that answers them can make no user', () => {
  const names = methodsOf(template)
    .filter(({ name, verb }) => verb === 'GET' && name.includes('/v1/login/'))
    .map(({ name, properties }) => [name, properties.AuthorizationType]);
  expect(names).toEqual([
    ['GET /v1/login/{provider}', 'NONE'],
    ['GET /v1/login/callback', 'NONE'],
  ]);
  const grants = grantsOf(template, 'provider-login').filter(({ action }) => !/^(logs|xray):/.test(action));
  expect(grants.map(({ action }) => action).sort()).toEqual([
    'cognito-idp:AdminGetUser',
    'cognito-idp:AdminUpdateUserAttributes',
    'cognito-idp:DescribeUserPoolClient',
    'dynamodb:UpdateItem',
  ]);
});
