import { smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import { functionsOf, grantsOf, onlyResource } from './template.ts';

const logIn = { passkeys: { domain: 'example.com' } };
const template = synth({ settings: { ...smallest, logIn } });

test('the pool takes passkeys beside passwords, of one domain, and only with the user’s check', () => {
  const { Properties: pool } = onlyResource(template, 'AWS::Cognito::UserPool');
  expect(pool).toMatchObject({
    UserPoolTier: 'ESSENTIALS',
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    WebAuthnRelyingPartyID: 'example.com',
    WebAuthnUserVerification: 'required',
  });
  const { Properties: client } = onlyResource(template, 'AWS::Cognito::UserPoolClient');
  expect(client.ExplicitAuthFlows).toEqual([
    'ALLOW_USER_PASSWORD_AUTH',
    'ALLOW_USER_AUTH',
    'ALLOW_REFRESH_TOKEN_AUTH',
  ]);
});

test('its function may read the pool’s domain and write the audit trail, and no more', () => {
  const actions = grantsOf(template, 'passkeys').map(({ action }) => action);
  expect(actions.filter((action) => !/^(logs|xray):/.test(action)).toSorted()).toEqual([
    'cognito-idp:DescribeUserPoolClient',
    'cognito-idp:GetUserPoolMfaConfig',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
  ]);
});

test('there are none unless the settings name a domain', () => {
  const without = synth({});
  const { Properties: pool } = onlyResource(without, 'AWS::Cognito::UserPool');
  expect(Object.keys(pool).filter((name) => /WebAuthn|Tier/.test(name))).toEqual([]);
  // Said, since Cognito keeps the factors where a template says nothing.
  expect(pool.Policies.SignInPolicy).toEqual({ AllowedFirstAuthFactors: ['PASSWORD'] });
  expect(functionsOf(without).has('passkeys')).toBe(false);
});
