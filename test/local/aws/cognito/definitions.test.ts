import { SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import {
  clientId,
  clientProperties,
  logIn,
  newPassword,
  poolArn,
  poolId,
  poolProperties,
  type RunningCognito,
  refusalOf,
  signUpConfirmed,
  startCognito,
} from './start-cognito.ts';

let running: RunningCognito;
beforeEach(async () => {
  running = await startCognito();
});
afterEach(() => running.close());

const pool = (properties: Record<string, unknown>) => () =>
  running.cognito.definePool({ id: poolId, properties: { ...poolProperties, ...properties } });
const client = (properties: Record<string, unknown>) => () =>
  running.cognito.defineClient({ id: clientId, properties: { ...clientProperties, ...properties } });

describe('definitions from a template', () => {
  test('give what GetAtt and Ref need, and the issuer serves the key set', () => {
    expect(pool({})()).toEqual({
      Arn: poolArn,
      ProviderName: `${running.url}/${poolId}`.replace('http://', ''),
      ProviderURL: `${running.url}/${poolId}`,
      UserPoolId: poolId,
    });
    expect(client({})()).toEqual({ ClientId: clientId, Name: 'api' });
    const properties = { UserPoolId: poolId, Description: 'See all' };
    expect(running.cognito.defineGroup({ id: 'admins', properties })).toEqual({ GroupName: 'admins' });
  });

  test('may be applied again, which changes the settings and keeps the users and the client secret', async () => {
    const password = newPassword();
    await signUpConfirmed(running, 'ada@example.com', password);
    const { ClientSecret } = client({ GenerateSecret: true })();
    expect(ClientSecret).toMatch(/^[a-z0-9]{40,}$/);
    expect(client({ GenerateSecret: true })().ClientSecret).toBe(ClientSecret);
    client({})();
    pool({ Policies: { PasswordPolicy: { MinimumLength: 30 } } })();
    expect(await refusalOf(logIn(running, 'ada@example.com', password))).toBe('answered');
    const weak = new SignUpCommand({
      ClientId: clientId,
      Username: 'b@example.com',
      Password: newPassword(),
    });
    expect(await refusalOf(running.client.send(weak))).toContain('Password not long enough');
  });

  test('keep policies and attributes that need proof where the new template leaves them out, as Cognito does', async () => {
    const proofFirst = { AttributesRequireVerificationBeforeUpdate: ['email'] };
    const Policies = { PasswordPolicy: { MinimumLength: 30 } };
    pool({ UserAttributeUpdateSettings: proofFirst, Policies })();
    const withoutCodes = { AutoVerifiedAttributes: [], Policies: undefined };
    expect(pool(withoutCodes)).toThrow('AutoVerifiedAttributes lacks');
    const none = { AttributesRequireVerificationBeforeUpdate: [] };
    expect(pool({ ...withoutCodes, UserAttributeUpdateSettings: none })).not.toThrow();
    const short = new SignUpCommand({
      ClientId: clientId,
      Username: 'b@example.com',
      Password: newPassword(),
    });
    expect(await refusalOf(running.client.send(short))).toContain('Password not long enough');
  });

  test('may hold properties that mean nothing on one machine', () => {
    const harmless = { UserPoolTier: 'PLUS', SmsVerificationMessage: '{####}', DeletionProtection: 'ACTIVE' };
    expect(pool({ ...harmless, MfaConfiguration: 'OPTIONAL', LambdaConfig: {} })).not.toThrow();
    expect(client({ EnablePropagateAdditionalUserContextData: true })).not.toThrow();
  });

  test.each([
    ['LambdaConfig.PostConfirmation', { LambdaConfig: { PostConfirmation: 'arn:aws:lambda:x' } }],
    ['UsernameAttributes "phone_number"', { UsernameAttributes: ['phone_number'] }],
    ['AliasAttributes "email"', { AliasAttributes: ['email'] }],
    ['AutoVerifiedAttributes "phone_number"', { AutoVerifiedAttributes: ['phone_number'] }],
    ['MfaConfiguration "ON"', { MfaConfiguration: 'ON' }],
    ['DeviceConfiguration', { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } }],
    ['PasswordHistorySize', { Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } }],
    ['"EMAIL_OTP"', { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } }],
    ['WEB_AUTHN needs another', { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['WEB_AUTHN'] } } }],
    [
      'WEB_AUTHN needs another',
      {
        UserPoolTier: 'LITE',
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
      },
    ],
    ['"CONFIRM_WITH_LINK"', { VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } }],
    [
      'AccountRecoverySetting "verified_phone_number"',
      { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }] } },
    ],
    ['MinimumLength', { Policies: { PasswordPolicy: { MinimumLength: 'ten' } } }],
    [
      // AWS takes none: they need a code, which only verified attributes get.
      'AutoVerifiedAttributes lacks',
      {
        AutoVerifiedAttributes: [],
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      },
    ],
  ])('of a pool with %s are refused by that name', (name, properties) => {
    expect(pool(properties)).toThrow(name);
  });

  test.each([
    ['SupportedIdentityProviders "MySaml"', { SupportedIdentityProviders: ['COGNITO', 'MySaml'] }],
    [
      'AllowedOAuthFlows "implicit"',
      { AllowedOAuthFlows: ['implicit'], AllowedOAuthFlowsUserPoolClient: true },
    ],
    ['PreventUserExistenceErrors', { PreventUserExistenceErrors: 'MAYBE' }],
  ])('of a client with %s are refused by that name', (name, properties) => {
    expect(client(properties)).toThrow(name);
  });

  test('of a pool with plain usernames log in by username, in exact case by default', async () => {
    running.cognito.definePool({ id: poolId, properties: {} });
    const password = newPassword();
    const signUp = (Username: string) =>
      refusalOf(running.client.send(new SignUpCommand({ ClientId: clientId, Username, Password: password })));
    expect(await signUp('ada')).toBe('answered');
    expect(await signUp('ada')).toBe('UsernameExistsException: User already exists');
    expect(await signUp('Ada')).toBe('answered');
    expect(await refusalOf(logIn(running, 'ada', password))).toContain('UserNotConfirmedException');
  });
});
